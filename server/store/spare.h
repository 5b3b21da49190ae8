/*
 * spare.h - the beginning of a pack, written before anybody waits for it: its
 * head and the folder that the next save will differ from (anchor.h). The disk
 * takes it in while nothing else goes on; a save adds what is its own, and has
 * all of it synced. A name of its own (SPARE_NAME) until it is a pack; who
 * starts anew takes away what a killed process left of them.
 */
#ifndef PLEIN_STORE_SPARE_H
#define PLEIN_STORE_SPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

#define SPARE_NAME "spare-"
#define SPARE_ROOM 64 /* bytes of a name, with its NUL */

struct spare;

/* In the folder at `path`; NULL when it cannot be: the save does it all. */
struct spare *
spare_new(const char *path, const char *id, const struct buf *head,
	  const struct buf *entry);

/* Take it away; NULL is allowed. */
void
spare_free(struct spare *s);

/* Is its file still there, by this name in its folder? */
bool
spare_is_there(const struct spare *s, char name[SPARE_ROOM]);

/*
 * Make it a whole file: this head in the place of its own, this behind it;
 * synced. `s` is freed, its file stays in any case.
 */
int
spare_finish(struct spare *s, const struct buf *head, const struct buf *tail,
	     unsigned mode, struct err *err);

#endif
