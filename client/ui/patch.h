/*
 * patch.h - what a key does to a screen, as bytes for a terminal that moves
 * its cursor, clears to the end of a line and shows styles as ECMA-48 has it
 * (CUP, EL, SGR). Pure, and far quicker than finding out the least bytes there could be.
 */
#ifndef PLEIN_UI_PATCH_H
#define PLEIN_UI_PATCH_H

#include <stdbool.h>

#include "plein/buf.h"
#include "ui/canvas.h"
#include "ui/theme.h"

#define PATCH_CUP "\033[%i%p1%d;%p2%dH" /* as terminfo writes them */
#define PATCH_EL "\033[K"
#define PATCH_BOLD "\033[1m"
#define PATCH_REVERSE "\033[7m"
#define PATCH_UNDERLINE "\033[4m"

#define PATCH_PLAIN "\033[m" /* SGR */

/* One row that differs, as canvas_differs() tells. */
struct patch_span {
	int row, from, to;
};

/*
 * Bytes appended that turn the screen `old`, with the cursor where it has it,
 * into `now`, of the same size, which differs in these spans. `styles` begin
 * each style, whatever was written before. False, and nothing is appended,
 * when letters differ that are not simple, or more of them than a screen has.
 */
bool
patch_bytes(const struct canvas *old, const struct canvas *now,
	    const struct patch_span *spans, int n,
	    const char *const styles[STYLE_N], struct buf *out);

/* Bytes appended that begin this style, whatever was written before. */
void
patch_style(const struct theme_entry *e, struct buf *out);

/* Bytes appended that put the cursor there. */
void
patch_move(int row, int col, struct buf *out);

#endif
