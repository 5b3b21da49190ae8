/*
 * newcount.h - beside a page in a list: how much on it this person has not
 * read, the `new` of a row of the wiki. Lists show what came with their rows,
 * and ask again when one comes back to them.
 */
#ifndef PLEIN_VIEW_NEWCOUNT_H
#define PLEIN_VIEW_NEWCOUNT_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"

struct listing;
struct view;

/* "new" or "3 new", appended; nothing when all was read. */
void
newcount_tell(struct buf *out, const json_t *row);

/* Beside the last item. */
void
newcount_show(struct listing *l, const json_t *row);

/* Counts on their way. */
struct newcount {
	struct view *view;
	json_t *rows; /* that they are for, or NULL */
	void (*taken)(struct view *v); /* the rows have other counts now */
};

/*
 * Ask again for the rows that have a count, or for all; a row may hold `pages`
 * instead. What was asked before is forgotten. Nothing is, in time travel.
 */
void
newcount_ask(struct newcount *n, json_t *rows, bool all);

void
newcount_release(struct newcount *n);

#endif
