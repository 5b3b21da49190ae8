/*
 * places.h - where two versions of a page differ, in words: each place with
 * where it is ("in the first paragraph", "under Sources"), how many words it
 * adds and takes away, and its text with the changed words marked. What the
 * form of a save, "my changes" and comparing versions show. Pure.
 */
#ifndef PLEIN_VIEW_PLACES_H
#define PLEIN_VIEW_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"
#include "layout/prose.h"
#include "plein/vec.h"

#define PLACES_MAX 200 /* described; the others are counted */

struct changed_place {
	char *where; /* translated; NULL: in the fields */
	struct prose passage; /* with marks, and some of what is around */
	size_t added, removed; /* words */
	size_t line; /* of the later text where it begins, from 0 */
};

struct places {
	struct vec list; /* struct changed_place *; fields come last */
	size_t n_text; /* of them, before those of the fields */
	size_t more; /* places that are not in the list */
	size_t added, removed; /* words, in all */
};

/* Both are texts as stored, with or without fields. Release it after. */
void
places_find(struct places *p, const char *was, size_t was_len, const char *is,
	    size_t is_len);

void
places_release(struct places *p);

const struct changed_place *
places_at(const struct places *p, size_t i);

/* "2 places changed: 13 words added, 3 words taken away.", appended. */
void
places_sum(const struct places *p, struct buf *out);

/* "Place 1 of 2, in the first paragraph", or "Properties", appended. */
void
places_head(const struct places *p, size_t i, struct buf *out);

/* ", 8 words added, 1 word taken away", or nothing, appended. */
void
places_count(const struct changed_place *one, struct buf *out);

/*
 * All of it as lines of a screen of `cols` columns: each place begins with
 * its head, a line that is a heading of level 1; its passage is below.
 */
void
places_layout(const struct places *p, int cols, struct layout *out);

#endif
