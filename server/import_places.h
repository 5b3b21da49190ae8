/*
 * import_places.h - where each file of an import went in the wiki, and what
 * the import left there last. The same files in the same order always go to
 * the same places, so an import can be taken up again where it stopped.
 */
#ifndef PLEIN_SERVER_IMPORT_PLACES_H
#define PLEIN_SERVER_IMPORT_PLACES_H

#include <stdbool.h>

#include "store/repo.h"

struct import_place {
	char *source; /* path there */
	char *target; /* path here; NULL: there is none */
	struct repo_id last; /* what the import put there; "" = nothing */
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

#endif
