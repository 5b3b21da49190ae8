/*
 * canvas.h - a screen in memory: cells of one grapheme and a style. Views
 * paint on it; a terminal back end shows it. The only way to a terminal, so
 * the output filter (plein/filter.h) sits in here.
 */
#ifndef PLEIN_UI_CANVAS_H
#define PLEIN_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/utf8.h"

enum style {
	STYLE_PLAIN,
	STYLE_BAR, /* title bar: reverse */
	STYLE_FOCUS, /* focused answer, selection: reverse */
	STYLE_HEADING, /* bold; also "new" and keys in the bar */
	STYLE_EMPHASIS, /* *…*: underline */
	STYLE_STRONG, /* **…**: bold */
	STYLE_LINK, /* underline */
	STYLE_ADDED,
	STYLE_REMOVED,
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_CODE,
	STYLE_PICTURE, /* dark on light, whatever the terminal has: a QR code */
	STYLE_N
};

#define CELL_BYTES 21 /* of a grapheme: a letter and FILTER_MARKS marks */

struct cell {
	uint32_t glyph; /* a code point; 0 = right half of a wide one; or the
			   canvas's own number of a longer grapheme */
	uint8_t width; /* 0 for that right half, 1 or 2 */
	uint8_t style; /* enum style */
	uint16_t unused; /* 0: cells are compared as bytes */
};

struct canvas;

struct canvas *
canvas_new(int rows, int cols);

void
canvas_free(struct canvas *c);

/* Contents become blank. */
void
canvas_resize(struct canvas *c, int rows, int cols);

void
canvas_clear(struct canvas *c);

/*
 * Only these rows become blank. Graphemes of several code points are not
 * forgotten by it; canvas_has_long() tells whether there are any.
 */
void
canvas_blank(struct canvas *c, int row, int rows);

bool
canvas_has_long(const struct canvas *c);

int
canvas_rows(const struct canvas *c);

int
canvas_cols(const struct canvas *c);

/*
 * Write filtered text at row, col (0-based), clipped to `width` columns and
 * the canvas; a wide character that does not fit is left out. Returns the
 * columns used. canvas_text() takes a string, canvas_bytes() a length and
 * clips to the canvas only.
 */
int
canvas_text(struct canvas *c, int row, int col, int width, enum style style,
	    const char *text);

int
canvas_bytes(struct canvas *c, int row, int col, enum style style,
	     const char *text, size_t len);

/* As canvas_text(), but ending in "…" when clipped. */
int
canvas_ellipsis(struct canvas *c, int row, int col, int width, enum style style,
		const char *text);

/* Give `width` cells a style, keeping their text. */
void
canvas_style(struct canvas *c, int row, int col, int width, enum style style);

/* Where the hardware cursor stands; always inside. */
void
canvas_cursor(struct canvas *c, int row, int col);

void
canvas_get_cursor(const struct canvas *c, int *row, int *col);

const struct cell *
canvas_cell(const struct canvas *c, int row, int col);

/*
 * The grapheme of one of its cells, "" for a right half. In `out`, or in the
 * canvas until it is painted on again.
 */
const char *
canvas_grapheme(const struct canvas *c, const struct cell *cell,
		char out[UTF8_MAX + 1]);

/* Everything, size and cursor too. */
void
canvas_copy(struct canvas *to, const struct canvas *from);

/* All of `from`, with its corner at row, col; it must fit. The cursor stays. */
void
canvas_place(struct canvas *to, int row, int col, const struct canvas *from);

/* One row; of one size, and neither with graphemes of several code points. */
void
canvas_copy_row(struct canvas *to, const struct canvas *from, int row);

/*
 * Do two canvases of one size differ in this row? Then [*from, *to) are the
 * columns, whole characters in both.
 */
bool
canvas_differs(const struct canvas *a, const struct canvas *b, int row,
	       int *from, int *to);

/*
 * The screen as text: one line a row, trailing blanks cut, ▮ in place of
 * the cell under the cursor. What golden files hold.
 */
void
canvas_dump(const struct canvas *c, struct buf *out);

#endif
