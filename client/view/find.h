/*
 * find.h - words on a laid-out page, whatever their capitals and accents, and
 * also where a line ends between them. Pure.
 */
#ifndef PLEIN_VIEW_FIND_H
#define PLEIN_VIEW_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"

/* Where to look from. */
struct find_cursor {
	size_t line; /* of the layout */
	int col;
	bool here; /* a place right there will do */
};

struct find_place {
	size_t line;
	int col, width; /* on that line; the rest may be on the next */
	size_t n, all; /* this is the n-th of all, from 1 */
};

/*
 * The next (by 1) or previous (-1) place, round the end. False when there is
 * none at all: then all is 0.
 */
bool
find_words(const struct layout *l, const char *words,
	   const struct find_cursor *from, int by, struct find_place *out);

#endif
