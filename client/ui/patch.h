/*
 * patch.h - what typing does to a screen, as bytes for a terminal that moves
 * its cursor and clears to the end of a line as ECMA-48 has it (CUP, EL).
 * Pure, and far quicker than finding out the least bytes there could be.
 */
#ifndef PLEIN_UI_PATCH_H
#define PLEIN_UI_PATCH_H

#include <stdbool.h>

#include "plein/buf.h"
#include "ui/canvas.h"

#define PATCH_CUP "\033[%i%p1%d;%p2%dH" /* as terminfo writes them */
#define PATCH_EL "\033[K"

/* One row that differs, as canvas_differs() tells. */
struct patch_span {
	int row, from, to;
};

/*
 * Bytes appended that turn the screen `old`, with the cursor where it has it,
 * into `now`, of the same size, which differs in these spans. False, and
 * nothing is appended, when more than a little of plain text differs.
 */
bool
patch_bytes(const struct canvas *old, const struct canvas *now,
	    const struct patch_span *spans, int n, struct buf *out);

/* Bytes appended that put the cursor there. */
void
patch_move(int row, int col, struct buf *out);

#endif
