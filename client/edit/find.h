/*
 * find.h - words in a text, whatever their case and accents. Line by line,
 * of the text: what is sought holds no newline. Pure.
 */
#ifndef PLEIN_EDIT_FIND_H
#define PLEIN_EDIT_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "edit/text.h"

struct span {
	size_t from, to; /* bytes [from, to) */
};

/* Called for each place, in order; they do not overlap. */
typedef void
find_place(void *ctx, struct span place);

/* How many places there are. */
size_t
find_all(const struct text *t, const char *sought, find_place *place,
	 void *ctx);

struct found {
	size_t n; /* all places */
	struct span next; /* the first from `pos` on, or the first of all */
	struct span previous; /* the last that begins before it, or the last */
	size_t next_number, previous_number; /* from 1 */
	bool next_wraps, previous_wraps; /* round the end */
};

void
find_around(const struct text *t, const char *sought, size_t pos,
	    struct found *out);

/*
 * The text with `by` in place of `n` places, from the first that begins at
 * `pos` or later, on round the end. Appended.
 */
void
find_replace(const struct text *t, const char *sought, const char *by,
	     size_t pos, size_t n, struct buf *out);

#endif
