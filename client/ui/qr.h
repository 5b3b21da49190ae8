/* qr.h - a QR code drawn in a terminal. Pure. */
#ifndef PLEIN_UI_QR_H
#define PLEIN_UI_QR_H

#include <stdbool.h>

#include "plein/buf.h"

/* Cells a side of `rows`, as code.begin gives them (a line a row, `#` dark);
 * 0: that is no code. */
int
qr_size(const char *rows);

/* Outside of it all is light. */
bool
qr_is_dark(const char *rows, int x, int y);

/*
 * Append the code, `rows`,
 * with a light border, if it takes no more than cols × lines: two rows a line with
 * half blocks, or with `ascii` two blanks a cell. In colours of its own, dark
 * on light, whatever those of the terminal are. False when it does not fit.
 */
bool
qr_draw(struct buf *out, const char *rows, int cols, int lines, bool ascii);

#endif
