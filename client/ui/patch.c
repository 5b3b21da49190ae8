/* patch.c - see patch.h. */
#include "ui/patch.h"

#include <string.h>

#include "plein/utf8.h"

#define CELLS_MAX 1000 /* of all spans; more is another screen */
#define SKIP_MIN 9 /* cells that are the same: to move costs up to 8 bytes */
#define BLANKS_MIN 4 /* that are cleared rather than written */

struct screens {
	const struct canvas *old, *now;
};

/* Where the cursor of the terminal is; row -1: not known. */
struct place {
	int row, col;
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
is_plain(const struct cell *cell)
{
	return cell->style == STYLE_PLAIN && cell->width == 1 &&
	       is_letter(cell->glyph);
}

/* Writing in the last column leaves the cursor who knows where. */
static bool
is_simple(const struct canvas *now, const struct patch_span *s)
{
	if (s->to >= canvas_cols(now))
		return false;
	for (int col = s->from; col < s->to; col++)
		if (!is_plain(canvas_cell(now, s->row, col)))
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
	*at = (struct place){ row, col };
}

static bool
is_blank(const struct cell *cell)
{
	return is_plain(cell) && cell->glyph == ' ';
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

static void
write_letters(const struct canvas *now, int row, int from, int to,
	      struct buf *out)
{
	const struct cell *cells = canvas_cell(now, row, 0);
	char *s = buf_room(out, (size_t)(to - from) * UTF8_MAX);

	for (int col = from; col < to; col++)
		s += utf8_encode(cells[col].glyph, s);
	out->len = (size_t)(s - out->ptr);
	*s = '\0';
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
		write_letters(now, row, col, stop, out);
		at->col = stop;
		col = skip_same(s, row, stop, end);
	}
	if (end < span->to) {
		go(at, row, end, out);
		buf_str(out, PATCH_EL);
	}
}

bool
patch_bytes(const struct canvas *old, const struct canvas *now,
	    const struct patch_span *spans, int n, struct buf *out)
{
	const struct screens s = { old, now };
	struct place at;
	int row, col;

	if (!are_simple(now, spans, n))
		return false;
	canvas_get_cursor(old, &at.row, &at.col);
	for (int i = 0; i < n; i++)
		write_span(&s, &spans[i], &at, out);
	canvas_get_cursor(now, &row, &col);
	go(&at, row, col, out);
	return true;
}
