/*
 * outline.h - the headings of a text at its right, where the window is wide
 * enough. They are there to be seen: the focus stays in the text, and what
 * they show does not depend on where it is.
 */
#ifndef PLEIN_VIEW_OUTLINE_H
#define PLEIN_VIEW_OUTLINE_H

#include "ui/canvas.h"
#include "view/reader.h"

#define OUTLINE_COLS 120 /* of a window that has room for it */

/* Nothing in a narrower window, or when there are no headings. */
void
outline_paint(const struct reader *r, struct canvas *c, int top, int rows);

#endif
