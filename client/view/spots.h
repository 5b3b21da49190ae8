/*
 * spots.h - the places where two versions of a page differ, for people: one
 * a sentence, or one for lines that are other lines altogether; changes in
 * the fields of the page are one by themselves. Pure.
 */
#ifndef PLEIN_VIEW_SPOTS_H
#define PLEIN_VIEW_SPOTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/marked.h"
#include "layout/layout.h"
#include "plein/vec.h"

struct spot {
	struct marked text; /* as the page shows it */
	bool written; /* as Markdown: on the page no difference is seen */
	bool fields; /* the properties of the page */
	char *where; /* "under Bronnen", translated; NULL: in the fields */
	size_t line; /* in the later version, from 1 */
	size_t gone, come; /* words */
	size_t lines; /* that were replaced as a whole, or 0 */
};

struct spots {
	struct vec list; /* struct spot *; those of fields last */
};

/* `diff` is a result of page.diff with words, `text` the later version; `wiki`
 * may be NULL. */
void
spots_make(struct spots *s, const json_t *diff, const char *text, size_t len,
	   const struct layout_wiki *wiki);

void
spots_release(struct spots *s);

size_t
spots_size(const struct spots *s);

const struct spot *
spots_at(const struct spots *s, size_t i);

/* Places in the text itself: without that of the fields. */
size_t
spots_in_text(const struct spots *s);

/* Of all of them. */
void
spots_words(const struct spots *s, size_t *gone, size_t *come);

/* "2 words removed, 8 words added", "1 line replaced"; appended. */
void
spot_what(const struct spot *s, struct buf *out);

/* "4 places, 18 words removed, 6 words added"; appended. */
void
spots_tell_change(size_t n, size_t gone, size_t come, struct buf *out);

/* "18 words removed, 6 words added"; appended. */
void
spots_tell_words(size_t gone, size_t come, struct buf *out);

#endif
