/*
 * import_places.h - where each file of an import went in the wiki, and what
 * the import left there last. The same files in the same order always go to
 * the same places, so an import can be taken up again where it stopped.
 */
#ifndef PLEIN_SERVER_IMPORT_PLACES_H
#define PLEIN_SERVER_IMPORT_PLACES_H

#include <stdbool.h>

#include "plein/vec.h"
#include "store/repo.h"

struct import_place {
	char *source; /* path there */
	char *target; /* path here; NULL: there is none */
	struct vec former; /* char *: other paths here that were its own */
	struct repo_id last; /* of the source, put there last; "" = nothing */
	struct repo_id made; /* the same as it became, with its `aliassen` */
	unsigned told; /* what people were told of it already, bit by bit */
	bool is_new; /* nobody was told of it yet */
};

struct import_places;

/* `folder` is for what fits none (plein/newname.h). */
struct import_places *
import_places_new(const char *folder);

void
import_places_free(struct import_places *p);

/* This path of the wiki is somebody's already. */
void
import_places_take(struct import_places *p, const char *target);

/* The place of a file, made when it is first asked for. */
struct import_place *
import_places_find(struct import_places *p, const char *source);

/*
 * The file of the place `*from` goes on as `source`: as import_places_find(),
 * but it may have a name here that was its own before. When that is where it
 * is already it stays there, and *from, which is then no more, becomes NULL.
 */
struct import_place *
import_places_follow(struct import_places *p, struct import_place **from,
		     const char *source);

/* The file of `old` has gone to `place`, and its name here with it: whatever
 * comes where it was gets another. `old` is no more. */
void
import_places_leave(struct import_places *p, struct import_place *old,
		    struct import_place *place);

#endif
