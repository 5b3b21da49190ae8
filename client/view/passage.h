/*
 * passage.h - passages of a text that somebody can speak about, where the
 * reading line is: the sentences on it, and the paragraph they are in. As the
 * text has them written, since that is what they are found by later. Pure.
 */
#ifndef PLEIN_VIEW_PASSAGE_H
#define PLEIN_VIEW_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"
#include "plein/vec.h"

struct passage {
	size_t at, len; /* bytes of the text */
	bool whole; /* the paragraph, of several sentences */
};

/*
 * Those around a line that reads so: struct passage *, for free(), appended;
 * the sentences first. Nothing where the line is not found.
 */
void
passages_on(struct vec *out, const char *markdown, size_t len, const char *line,
	    const struct layout_wiki *wiki);

#endif
