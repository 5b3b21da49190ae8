/*
 * canvas.c - the cells lie row by row in one array. Text becomes cells a
 * grapheme at a time; plain ASCII, nearly all of what is painted at a key
 * press, takes a short way without filter or Unicode tables.
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
#define ELLIPSIS "\xE2\x80\xA6" /* U+2026 */

struct canvas {
	int rows, cols;
	int cursor_row, cursor_col;
	struct cell *cells;
};

/* Where text goes: a row, the next column, and the first beyond it. */
struct pen {
	struct canvas *canvas;
	int row, col, end;
	enum style style;
};

static const struct cell blank = { " ", 1, STYLE_PLAIN };

static struct cell *
find_cell(const struct canvas *c, int row, int col)
{
	return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

struct canvas *
canvas_new(int rows, int cols)
{
	struct canvas *c = mem_alloc(sizeof(*c));

	canvas_resize(c, rows, cols);
	return c;
}

void
canvas_free(struct canvas *c)
{
	if (!c)
		return;
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
canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->rows * (size_t)c->cols;

	for (size_t i = 0; i < n; i++)
		c->cells[i] = blank;
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

/* False when it does not fit any more. */
static bool
put_grapheme(struct pen *p, const char *s, size_t len, int width)
{
	struct cell *cell;

	if (p->col + width > p->end)
		return false;
	split_wide_neighbours(p->canvas, p->row, p->col, width);
	cell = find_cell(p->canvas, p->row, p->col);
	*cell = (struct cell){ "", (uint8_t)width, (uint8_t)p->style };
	memcpy(cell->text, s, bound_to_cell(s, len));
	if (width == 2)
		cell[1] = (struct cell){ "", 0, (uint8_t)p->style };
	p->col += width;
	return true;
}

static bool
is_plain_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] < 0x20 || s[i] > 0x7e)
			return false;
	return true;
}

/* Most text by far: one byte, one column, no look at the neighbours between. */
static void
put_ascii(struct pen *p, const char *s, size_t len)
{
	size_t room = p->col < p->end ? (size_t)(p->end - p->col) : 0;
	size_t n = len < room ? len : room;
	struct cell cell = { "", 1, (uint8_t)p->style };
	struct cell *to;

	if (n == 0)
		return;
	split_wide_neighbours(p->canvas, p->row, p->col, (int)n);
	to = find_cell(p->canvas, p->row, p->col);
	for (size_t i = 0; i < n; i++) {
		cell.text[0] = s[i];
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

static void
put_filtered(struct pen *p, const char *s, size_t len)
{
	for (size_t pos = 0; pos < len;) {
		size_t next = utf8_next(s, len, pos);
		int width = utf8_cluster_width(s + pos, next - pos);
		bool fits =
			width > 0 ? put_grapheme(p, s + pos, next - pos, width)
				  : put_lone_marks(p, s + pos, next - pos);

		if (!fits)
			return;
		pos = next;
	}
}

static void
put_text(struct pen *p, const char *s, size_t len)
{
	struct buf shown = BUF_INIT;

	if (is_plain_ascii(s, len)) {
		put_ascii(p, s, len);
		return;
	}
	filter_line(&shown, s, len);
	put_filtered(p, shown.ptr, shown.len);
	buf_release(&shown);
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
	struct pen p = { .canvas = c, .style = style };

	if (!set_pen(&p, row, col, c->cols))
		return 0;
	put_text(&p, text, len);
	return p.col - col;
}

int
canvas_text(struct canvas *c, int row, int col, int width, enum style style,
	    const char *text)
{
	struct pen p = { .canvas = c, .style = style };

	if (!set_pen(&p, row, col, width))
		return 0;
	put_text(&p, text, strlen(text));
	return p.col - col;
}

int
canvas_ellipsis(struct canvas *c, int row, int col, int width, enum style style,
		const char *text)
{
	struct pen p = { .canvas = c, .style = style };
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
		(void)put_grapheme(&p, ELLIPSIS, strlen(ELLIPSIS), 1);
	}
	buf_release(&shown);
	return p.col - col;
}

void
canvas_style(struct canvas *c, int row, int col, int width, enum style style)
{
	struct pen p = { .canvas = c, .style = style };

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

static void
dump_row(const struct canvas *c, int row, int cursor_col, struct buf *out)
{
	size_t end = out->len;

	for (int col = 0; col < c->cols; col++) {
		const struct cell *cell = find_cell(c, row, col);

		if (col == cursor_col) {
			buf_str(out, cell->width == 2 ? CURSOR_MARK " "
						      : CURSOR_MARK);
			end = out->len;
			continue;
		}
		buf_str(out, cell->text);
		if (strcmp(cell->text, " ") != 0)
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
