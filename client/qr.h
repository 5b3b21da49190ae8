/* qr.h - a QR code drawn in a terminal. Pure. */
#ifndef PLEIN_QR_H
#define PLEIN_QR_H

#include <stdbool.h>

#include "plein/buf.h"

/*
 * Append the code, `rows` as code.begin gives it (a line a row, `#` dark),
 * with a light border, if it takes no more than cols × lines: two rows a line with
 * half blocks, or with `ascii` two blanks a cell. In colours of its own, dark
 * on light, whatever those of the terminal are. False when it does not fit.
 */
bool
qr_draw(struct buf *out, const char *rows, int cols, int lines, bool ascii);

#endif
