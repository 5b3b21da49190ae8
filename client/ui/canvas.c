/*
 * canvas.c - the cells lie row by row in one array. Text becomes cells a
 * grapheme at a time; plain ASCII, nearly all of what is painted at a key
 * press, takes a short way without filter or Unicode tables.
 *
 * A cell is eight bytes, for all of them are cleared, painted and compared at
 * every key. A grapheme of several code points does not fit in there: it lies
 * in `long_ones`, up to the next clearing, and the cell holds its place.
 *
 * A wide grapheme holds two cells, the right one empty with width 0. Writing
 * over either half blanks the other, so that no half is ever shown.
 */
#include "ui/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define CURSOR_MARK "\xE2\x96\xAE" /* U+25AE */
#define ELLIPSIS 0x2026
#define LONG 0x80000000u /* of a glyph: the rest is a place in long_ones */

struct canvas {
	int rows, cols;
	int cursor_row, cursor_col;
	struct cell *cells;
	struct buf long_ones; /* NUL-terminated, one after the other */
};

/* Where text goes: a row, the next column, and the first beyond it. */
struct pen {
	struct canvas *canvas;
	int row, col, end;
	struct cell cell; /* what one that is written looks like */
};

static const struct cell blank = { ' ', 1, STYLE_PLAIN, 0 };

static struct cell *
find_cell(const struct canvas *c, int row, int col)
{
	return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

struct canvas *
canvas_new(int rows, int cols)
{
	struct canvas *c = mem_alloc(sizeof(*c));

	buf_init(&c->long_ones);
	canvas_resize(c, rows, cols);
	return c;
}

void
canvas_free(struct canvas *c)
{
	if (!c)
		return;
	buf_release(&c->long_ones);
	free(c->cells);
	free(c);
}

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	assert(rows > 0 && cols > 0);
	free(c->cells);
	c->cells = mem_array((size_t)rows * (size_t)cols, sizeof(*c->cells));
	c->rows = rows;
	c->cols = cols;
	canvas_clear(c);
}

void
canvas_blank(struct canvas *c, int row, int rows)
{
	struct cell *first = find_cell(c, row, 0);
	size_t len = (size_t)c->cols * sizeof(*c->cells);

	assert(row >= 0 && rows >= 0 && row + rows <= c->rows);
	for (int col = 0; rows > 0 && col < c->cols; col++)
		first[col] = blank;
	for (int i = 1; i < rows; i++)
		memcpy(find_cell(c, row + i, 0), first, len);
}

bool
canvas_has_long(const struct canvas *c)
{
	return c->long_ones.len > 0;
}

void
canvas_clear(struct canvas *c)
{
	canvas_blank(c, 0, c->rows);
	buf_reset(&c->long_ones);
	c->cursor_row = 0;
	c->cursor_col = 0;
}

int
canvas_rows(const struct canvas *c)
{
	return c->rows;
}

int
canvas_cols(const struct canvas *c)
{
	return c->cols;
}

static void
blank_keeping_style(struct cell *cell)
{
	uint8_t style = cell->style;

	*cell = blank;
	cell->style = style;
}

/* Before [col, col + width) is written: blank what would be cut in half. */
static void
split_wide_neighbours(struct canvas *c, int row, int col, int width)
{
	int after = col + width;

	if (col > 0 && find_cell(c, row, col)->width == 0)
		blank_keeping_style(find_cell(c, row, col - 1));
	if (after < c->cols && find_cell(c, row, after)->width == 0)
		blank_keeping_style(find_cell(c, row, after));
}

/* As many whole code points of a grapheme as a cell holds. */
static size_t
bound_to_cell(const char *s, size_t len)
{
	size_t n = 0;
	uint32_t cp;

	if (len <= CELL_BYTES)
		return len;
	for (;;) {
		size_t step = utf8_decode(s + n, len - n, &cp);

		if (!step || n + step > CELL_BYTES)
			return n;
		n += step;
	}
}

static uint32_t
make_glyph(struct canvas *c, const char *s, size_t len)
{
	uint32_t cp;
	size_t at = c->long_ones.len;

	if (utf8_decode(s, len, &cp) == len && cp < LONG)
		return cp;
	buf_add(&c->long_ones, s, bound_to_cell(s, len));
	buf_char(&c->long_ones, '\0');
	return LONG | (uint32_t)at;
}

/* False when it does not fit any more. */
static bool
put_glyph(struct pen *p, uint32_t glyph, int width)
{
	struct cell *cell;

	if (p->col + width > p->end)
		return false;
	split_wide_neighbours(p->canvas, p->row, p->col, width);
	cell = find_cell(p->canvas, p->row, p->col);
	*cell = p->cell;
	cell->glyph = glyph;
	cell->width = (uint8_t)width;
	if (width == 2) {
		cell[1] = p->cell;
		cell[1].width = 0;
	}
	p->col += width;
	return true;
}

static bool
put_grapheme(struct pen *p, const char *s, size_t len, int width)
{
	return put_glyph(p, make_glyph(p->canvas, s, len), width);
}

/* Most text by far: one byte, one column, no look at the neighbours between. */
static void
put_plain(struct pen *p, const char *s, size_t len)
{
	size_t room = p->col < p->end ? (size_t)(p->end - p->col) : 0;
	size_t n = len < room ? len : room;
	struct cell cell = p->cell, *to;

	if (n == 0)
		return;
	split_wide_neighbours(p->canvas, p->row, p->col, (int)n);
	to = find_cell(p->canvas, p->row, p->col);
	for (size_t i = 0; i < n; i++) {
		cell.glyph = (unsigned char)s[i];
		to[i] = cell;
	}
	p->col += (int)n;
}

/* Marks without a letter below them get a blank to stand on. */
static bool
put_lone_marks(struct pen *p, const char *s, size_t len)
{
	char text[CELL_BYTES];
	size_t n = len < sizeof(text) ? len : bound_to_cell(s, len);

	if (n > sizeof(text) - 1)
		n = 0;
	text[0] = ' ';
	memcpy(text + 1, s, n);
	return put_grapheme(p, text, n + 1, 1);
}

/* The last byte before another character may be joined by it. */
static size_t
count_alone(const char *s, size_t len)
{
	size_t n = utf8_plain(s, len);

	return n > 0 && n < len ? n - 1 : n;
}

/* False when it does not fit any more. */
static bool
put_cluster(struct pen *p, const char *s, size_t len)
{
	int width = utf8_cluster_width(s, len);

	return width > 0 ? put_grapheme(p, s, len, width)
			 : put_lone_marks(p, s, len);
}

static void
put_filtered(struct pen *p, const char *s, size_t len)
{
	bool fits = true;
	size_t n;

	for (size_t pos = 0; pos < len && fits; pos += n) {
		n = count_alone(s + pos, len - pos);
		if (n > 0) {
			put_plain(p, s + pos, n);
		} else {
			n = utf8_next(s, len, pos) - pos;
			fits = put_cluster(p, s + pos, n);
		}
	}
}

static void
put_text(struct pen *p, const char *s, size_t len)
{
	struct buf shown = BUF_INIT;

	if (utf8_plain(s, len) == len) {
		put_plain(p, s, len);
		return;
	}
	filter_line(&shown, s, len);
	put_filtered(p, shown.ptr, shown.len);
	buf_release(&shown);
}

static struct pen
begin_pen(struct canvas *c, enum style style)
{
	return (struct pen){ .canvas = c, .cell = { 0, 1, (uint8_t)style, 0 } };
}

/* False when nothing of it is on the canvas. */
static bool
set_pen(struct pen *p, int row, int col, int width)
{
	if (row < 0 || row >= p->canvas->rows || width <= 0)
		return false;
	if (col < 0 || col >= p->canvas->cols)
		return false;
	p->row = row;
	p->col = col;
	p->end = width < p->canvas->cols - col ? col + width : p->canvas->cols;
	return true;
}

int
canvas_bytes(struct canvas *c, int row, int col, enum style style,
	     const char *text, size_t len)
{
	struct pen p = begin_pen(c, style);

	if (!set_pen(&p, row, col, c->cols))
		return 0;
	put_text(&p, text, len);
	return p.col - col;
}

int
canvas_text(struct canvas *c, int row, int col, int width, enum style style,
	    const char *text)
{
	struct pen p = begin_pen(c, style);

	if (!set_pen(&p, row, col, width))
		return 0;
	put_text(&p, text, strlen(text));
	return p.col - col;
}

int
canvas_ellipsis(struct canvas *c, int row, int col, int width, enum style style,
		const char *text)
{
	struct pen p = begin_pen(c, style);
	struct buf shown = BUF_INIT;

	if (!set_pen(&p, row, col, width))
		return 0;
	filter_line(&shown, text, strlen(text));
	if (utf8_width(shown.ptr, shown.len) <= p.end - p.col) {
		put_filtered(&p, shown.ptr, shown.len);
	} else {
		p.end--;
		put_filtered(&p, shown.ptr, shown.len);
		p.end++;
		(void)put_glyph(&p, ELLIPSIS, 1);
	}
	buf_release(&shown);
	return p.col - col;
}

void
canvas_style(struct canvas *c, int row, int col, int width, enum style style)
{
	struct pen p = begin_pen(c, style);

	if (!set_pen(&p, row, col, width))
		return;
	for (; p.col < p.end; p.col++)
		find_cell(c, p.row, p.col)->style = (uint8_t)style;
}

static int
clamp(int n, int low, int high)
{
	return n < low ? low : n > high ? high : n;
}

void
canvas_cursor(struct canvas *c, int row, int col)
{
	c->cursor_row = clamp(row, 0, c->rows - 1);
	c->cursor_col = clamp(col, 0, c->cols - 1);
}

/* On the left half of a wide character, whatever half was asked for. */
void
canvas_get_cursor(const struct canvas *c, int *row, int *col)
{
	*row = c->cursor_row;
	*col = c->cursor_col;
	if (*col > 0 && find_cell(c, *row, *col)->width == 0)
		(*col)--;
}

const struct cell *
canvas_cell(const struct canvas *c, int row, int col)
{
	assert(row >= 0 && row < c->rows && col >= 0 && col < c->cols);
	return find_cell(c, row, col);
}

const char *
canvas_grapheme(const struct canvas *c, const struct cell *cell,
		char out[UTF8_MAX + 1])
{
	if (cell->glyph & LONG)
		return c->long_ones.ptr + (cell->glyph & ~LONG);
	out[cell->glyph ? utf8_encode(cell->glyph, out) : 0] = '\0';
	return out;
}

void
canvas_copy(struct canvas *to, const struct canvas *from)
{
	size_t row = (size_t)from->cols * sizeof(*to->cells);

	if (to->rows != from->rows || to->cols != from->cols)
		canvas_resize(to, from->rows, from->cols);
	/* Nearly all rows are nearly always alike already. */
	for (int i = 0; i < from->rows; i++)
		if (memcmp(find_cell(to, i, 0), find_cell(from, i, 0), row) !=
		    0)
			memcpy(find_cell(to, i, 0), find_cell(from, i, 0), row);
	buf_reset(&to->long_ones);
	buf_add(&to->long_ones, from->long_ones.ptr, from->long_ones.len);
	to->cursor_row = from->cursor_row;
	to->cursor_col = from->cursor_col;
}

/* A grapheme of several code points lies in the canvas that holds it. */
static void
place_long(struct canvas *to, int row, int col, const struct canvas *from,
	   const struct cell *cell)
{
	char none[UTF8_MAX + 1];
	const char *text = canvas_grapheme(from, cell, none);

	(void)canvas_bytes(to, row, col, (enum style)cell->style, text,
			   strlen(text));
}

void
canvas_place(struct canvas *to, int row, int col, const struct canvas *from)
{
	assert(row >= 0 && row + from->rows <= to->rows);
	assert(col >= 0 && col + from->cols <= to->cols);
	for (int i = 0; i < from->rows; i++) {
		memcpy(find_cell(to, row + i, col), find_cell(from, i, 0),
		       (size_t)from->cols * sizeof(*to->cells));
		for (int k = 0; canvas_has_long(from) && k < from->cols; k++)
			if (find_cell(from, i, k)->glyph & LONG)
				place_long(to, row + i, col + k, from,
					   find_cell(from, i, k));
	}
}

void
canvas_copy_row(struct canvas *to, const struct canvas *from, int row)
{
	assert(to->cols == from->cols && row >= 0 && row < to->rows &&
	       row < from->rows);
	memcpy(find_cell(to, row, 0), find_cell(from, row, 0),
	       (size_t)to->cols * sizeof(*to->cells));
}

static bool
are_alike(const struct canvas *a, const struct cell *x, const struct canvas *b,
	  const struct cell *y)
{
	if (x->width != y->width || x->style != y->style)
		return false;
	if (x->glyph & y->glyph & LONG)
		return strcmp(a->long_ones.ptr + (x->glyph & ~LONG),
			      b->long_ones.ptr + (y->glyph & ~LONG)) == 0;
	return x->glyph == y->glyph;
}

bool
canvas_differs(const struct canvas *a, const struct canvas *b, int row,
	       int *from, int *to)
{
	const struct cell *x = find_cell(a, row, 0), *y = find_cell(b, row, 0);
	int first = 0, end = a->cols;

	assert(a->cols == b->cols && row >= 0 && row < a->rows &&
	       row < b->rows);
	if (a->long_ones.len + b->long_ones.len == 0 &&
	    memcmp(x, y, (size_t)end * sizeof(*x)) == 0)
		return false;
	while (first < end && are_alike(a, &x[first], b, &y[first]))
		first++;
	while (end > first && are_alike(a, &x[end - 1], b, &y[end - 1]))
		end--;
	if (first == end)
		return false;
	/* Whole characters, of one and of the other. */
	while (first > 0 && !(x[first].width && y[first].width))
		first--;
	while (end < a->cols && !(x[end].width && y[end].width))
		end++;
	*from = first;
	*to = end;
	return true;
}

static void
dump_row(const struct canvas *c, int row, int cursor_col, struct buf *out)
{
	size_t end = out->len;

	for (int col = 0; col < c->cols; col++) {
		const struct cell *cell = find_cell(c, row, col);
		char glyph[UTF8_MAX + 1];

		if (col == cursor_col) {
			buf_str(out, cell->width == 2 ? CURSOR_MARK " "
						      : CURSOR_MARK);
			end = out->len;
			continue;
		}
		buf_str(out, canvas_grapheme(c, cell, glyph));
		if (cell->glyph != ' ')
			end = out->len;
	}
	buf_erase(out, end, out->len - end);
	buf_char(out, '\n');
}

void
canvas_dump(const struct canvas *c, struct buf *out)
{
	int row, col;

	canvas_get_cursor(c, &row, &col);
	for (int i = 0; i < c->rows; i++)
		dump_row(c, i, i == row ? col : -1, out);
}
