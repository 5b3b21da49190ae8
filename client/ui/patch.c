/* patch.c - see patch.h. */
#include "ui/patch.h"

#include <string.h>

#include "plein/utf8.h"

#define CELLS_MAX 2000 /* of all spans: a screen of 24 by 80 */
#define SKIP_MIN 9 /* cells that are the same: to move costs up to 8 bytes */
#define BLANKS_MIN 4 /* that are cleared rather than written */

struct screens {
	const struct canvas *old, *now;
	const char *const *styles;
};

/* Where the cursor of the terminal is. */
struct place {
	int row, col;
	uint8_t style; /* of what is written there */
};

/* Letters of one column to every terminal. */
static bool
is_letter(uint32_t glyph)
{
	return (glyph >= ' ' && glyph < 0x7f) ||
	       (glyph > 0xa0 && glyph < 0x250) ||
	       (glyph > 0x200f && glyph < 0x2028); /* dashes, quotes, dots */
}

static bool
is_simple_cell(const struct cell *cell)
{
	return cell->width == 1 && is_letter(cell->glyph);
}

static bool
is_blank(const struct cell *cell)
{
	return cell->glyph == ' ' && cell->style == STYLE_PLAIN;
}

/* Is all of the row blank from there on? */
static bool
is_blank_from(const struct canvas *c, int row, int col)
{
	for (; col < canvas_cols(c); col++)
		if (!is_blank(canvas_cell(c, row, col)))
			return false;
	return true;
}

/* A letter there may move all up; to clear the end of the row does not. */
static bool
writes_last_corner(const struct canvas *now, const struct patch_span *s)
{
	int clear = canvas_cols(now) - BLANKS_MIN;

	return s->row + 1 == canvas_rows(now) && s->to == canvas_cols(now) &&
	       (s->from > clear || !is_blank_from(now, s->row, clear));
}

static bool
is_simple(const struct canvas *now, const struct patch_span *s)
{
	if (writes_last_corner(now, s))
		return false;
	for (int col = s->from; col < s->to; col++)
		if (!is_simple_cell(canvas_cell(now, s->row, col)))
			return false;
	return true;
}

static bool
are_simple(const struct canvas *now, const struct patch_span *spans, int n)
{
	int cells = 0;

	for (int i = 0; i < n; i++) {
		cells += spans[i].to - spans[i].from;
		if (cells > CELLS_MAX || !is_simple(now, &spans[i]))
			return false;
	}
	return true;
}

void
patch_move(int row, int col, struct buf *out)
{
	buf_printf(out, "\033[%d;%dH", row + 1, col + 1);
}

static void
go(struct place *at, int row, int col, struct buf *out)
{
	if (at->row == row && at->col == col)
		return;
	if (at->row == row && at->col == col + 1)
		buf_char(out, '\b');
	else
		patch_move(row, col, out);
	at->row = row;
	at->col = col;
}

void
patch_style(const struct theme_entry *e, struct buf *out)
{
	buf_str(out, PATCH_PLAIN);
	if (e->bold)
		buf_str(out, PATCH_BOLD);
	if (e->reverse)
		buf_str(out, PATCH_REVERSE);
	if (e->underline)
		buf_str(out, PATCH_UNDERLINE);
	if (e->colour >= 8)
		buf_printf(out, "\033[38;5;%dm", e->colour);
	else if (e->colour >= 0)
		buf_printf(out, "\033[3%dm", e->colour);
	if (e->paper > 8)
		buf_printf(out, "\033[48;5;%dm", e->paper - 1);
	else if (e->paper > 0)
		buf_printf(out, "\033[4%dm", e->paper - 1);
}

static void
dress(struct place *at, uint8_t style, const char *const styles[STYLE_N],
      struct buf *out)
{
	if (at->style != style)
		buf_str(out,
			style == STYLE_PLAIN ? PATCH_PLAIN : styles[style]);
	at->style = style;
}

/* From where the cursor is up to column `to`. */
static void
write_letters(const struct screens *s, int to, struct place *at,
	      struct buf *out)
{
	const struct cell *cells = canvas_cell(s->now, at->row, 0);
	char letter[UTF8_MAX];

	for (; at->col < to; at->col++) {
		const struct cell *cell = &cells[at->col];

		dress(at, cell->style, s->styles, out);
		buf_add(out, letter, utf8_encode(cell->glyph, letter));
	}
	/* the last column leaves the cursor who knows where */
	if (at->col >= canvas_cols(s->now))
		at->row = -1;
}

static bool
is_same(const struct screens *s, int row, int col)
{
	const struct cell *x = canvas_cell(s->old, row, col);
	const struct cell *y = canvas_cell(s->now, row, col);

	return x->glyph == y->glyph && x->width == y->width &&
	       x->style == y->style;
}

/* Where to stop writing: before cells to be skipped, or at `end`. */
static int
find_stop(const struct screens *s, int row, int col, int end)
{
	int same = 0;

	for (; col < end && same < SKIP_MIN; col++)
		same = is_same(s, row, col) ? same + 1 : 0;
	return same < SKIP_MIN ? end : col - SKIP_MIN;
}

static int
skip_same(const struct screens *s, int row, int col, int end)
{
	while (col < end && is_same(s, row, col))
		col++;
	return col;
}

static void
write_span(const struct screens *s, const struct patch_span *span,
	   struct place *at, struct buf *out)
{
	const struct canvas *now = s->now;
	int row = span->row, end = span->to, col = span->from, stop;

	while (end > col && is_blank(canvas_cell(now, row, end - 1)))
		end--;
	if (span->to - end < BLANKS_MIN || !is_blank_from(now, row, span->to))
		end = span->to;
	while (col < end) {
		stop = find_stop(s, row, col, end);
		go(at, row, col, out);
		write_letters(s, stop, at, out);
		col = skip_same(s, row, stop, end);
	}
	if (end < span->to) {
		go(at, row, end, out);
		dress(at, STYLE_PLAIN, s->styles, out);
		buf_str(out, PATCH_EL);
	}
}

bool
patch_bytes(const struct canvas *old, const struct canvas *now,
	    const struct patch_span *spans, int n,
	    const char *const styles[STYLE_N], struct buf *out)
{
	const struct screens s = { old, now, styles };
	struct place at = { 0, 0, STYLE_PLAIN };
	int row, col;

	if (!are_simple(now, spans, n))
		return false;
	canvas_get_cursor(old, &at.row, &at.col);
	for (int i = 0; i < n; i++)
		write_span(&s, &spans[i], &at, out);
	dress(&at, STYLE_PLAIN, styles, out);
	canvas_get_cursor(now, &row, &col);
	go(&at, row, col, out);
	return true;
}
