/*
 * origins.h - who wrote what of a page, as pieces of the text as it is read:
 * sentences of one version together. Pure.
 */
#ifndef PLEIN_VIEW_ORIGINS_H
#define PLEIN_VIEW_ORIGINS_H

#include <jansson.h>

#include "layout/layout.h"
#include "plein/vec.h"

struct origin {
	size_t row; /* one of its version, with who, when and why */
	struct vec lines; /* char *: a paragraph, an item, or what is in it */
};

/*
 * `rows` are those of page.blame with words, from the first on; the fields of
 * the page are left out. A sentence is of the version that changed it last;
 * only what was put before or behind it, at least a few words, is a piece
 * apart. Returns struct origin *, in order; `wiki` may be NULL.
 */
struct vec
origins_make(const json_t *rows, const struct layout_wiki *wiki);

void
origins_free(void *item);

#endif
