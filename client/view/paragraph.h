/* paragraph.h - a sentence or two, wrapped where they are painted. */
#ifndef PLEIN_VIEW_PARAGRAPH_H
#define PLEIN_VIEW_PARAGRAPH_H

#include "ui/canvas.h"

/*
 * Paint `text` from row, col on, at most `rows` lines, the last of which ends
 * in "…" where that is not all. Returns the lines used.
 */
int
paragraph_paint(struct canvas *c, int row, int col, int rows, enum style style,
		const char *text);

#endif
