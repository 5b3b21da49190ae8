/* mouse.c - see mouse.h. */
#include "mouse.h"

#include <stddef.h>

#define WHEEL_LINES 3
#define STEPS_MAX 1000 /* keys for one click, whatever a screen does */

struct spot {
	int row, col;
};

static struct spot
where(const struct mouse *m)
{
	struct spot s;

	canvas_get_cursor(m->canvas, &s.row, &s.col);
	return s;
}

static bool
is_same(struct spot a, struct spot b)
{
	return a.row == b.row && a.col == b.col;
}

static bool
press(const struct mouse *m, enum key_code code)
{
	const struct key k = { .code = code, .text = "" };

	return m->press(m->ctx, &k);
}

/* Up and down until the cursor is in that row; false: it cannot be. */
static bool
seek_row(const struct mouse *m, int row)
{
	struct spot was = where(m), now = was;
	bool down = row > was.row;

	for (int i = 0; i < STEPS_MAX && now.row != row; i++) {
		was = now;
		if (!press(m, down ? KEY_DOWN_ : KEY_UP_))
			return false;
		now = where(m);
		if (is_same(was, now) || (now.row > row) == down)
			break;
	}
	return now.row == row;
}

/* In a text: left and right within the row. */
static void
seek_column(const struct mouse *m, struct spot to)
{
	struct spot was = where(m), now = was;
	bool right = to.col > was.col;

	for (int i = 0; i < STEPS_MAX && now.col != to.col; i++) {
		was = now;
		if (!press(m, right ? KEY_RIGHT_ : KEY_LEFT_))
			return;
		now = where(m);
		if (now.row != to.row) /* behind the end of the line */
			(void)press(m, right ? KEY_LEFT_ : KEY_RIGHT_);
		if (now.row != to.row || is_same(was, now) ||
		    (now.col > to.col) == right)
			return;
	}
}

/* In a form: of the items in this row the one that begins before `to`. */
static void
seek_item(const struct mouse *m, struct spot to)
{
	bool back = where(m).col > to.col;
	enum key_code on = back ? KEY_UP_ : KEY_DOWN_;

	for (int i = 0; i < STEPS_MAX; i++) {
		struct spot was = where(m), now;

		if (back && was.col <= to.col)
			return;
		if (!press(m, on))
			return;
		now = where(m);
		if (is_same(was, now))
			return;
		if (now.row == to.row && (back || now.col <= to.col))
			continue;
		(void)press(m, back ? KEY_DOWN_ : KEY_UP_);
		return;
	}
}

/* --- links in a text laid out --- */

static bool
is_link(const struct mouse *m, int row, int col)
{
	enum style s;

	if (col < 0)
		return false;
	s = canvas_cell(m->canvas, row, col)->style;
	return s == STYLE_LINK || s == STYLE_FOCUS;
}

/* Links that begin in this row up to a column. */
static int
count_links(const struct mouse *m, struct spot s)
{
	int n = 0;

	for (int col = 0; col <= s.col; col++)
		n += is_link(m, s.row, col) && !is_link(m, s.row, col - 1);
	return n;
}

static void
seek_link(const struct mouse *m, struct spot to)
{
	int by = count_links(m, to) - count_links(m, where(m));

	for (; by; by += by > 0 ? -1 : 1)
		if (!press(m, by > 0 ? KEY_TAB_ : KEY_BACKTAB))
			return;
}

/* --- what was clicked --- */

/* Only a link does something in a text; it may begin in the row above. */
static bool
click_prose(const struct mouse *m, struct spot to)
{
	if (!is_link(m, to.row, to.col))
		return false;
	seek_link(m, to);
	return true;
}

/* Enter would go to the next field: only a button is pressed by it, and what
 * can be changed is by Space. */
static void
use_item(const struct mouse *m, struct spot at)
{
	const struct key space = { .code = KEY_TEXT, .text = " ", .len = 1 };
	uint32_t sign = canvas_cell(m->canvas, at.row, at.col)->glyph;

	if (sign == '<')
		(void)press(m, KEY_RETURN);
	else if (sign == '(' || sign == '[')
		(void)m->press(m->ctx, &space);
}

static void
click_form(const struct mouse *m, struct spot to, struct spot was)
{
	seek_item(m, to);
	if (is_same(was, where(m)))
		use_item(m, was);
}

void
mouse_click(const struct mouse *m, const struct key *click)
{
	const struct spot to = { click->row, click->col };
	struct spot was = where(m);

	if (to.row >= canvas_rows(m->canvas) ||
	    to.col >= canvas_cols(m->canvas) || !seek_row(m, to.row))
		return;
	if (m->place & PLACE_FILLED) {
		click_form(m, to, was);
		return;
	}
	if (m->place & PLACE_TEXT) {
		seek_column(m, to);
		return;
	}
	if ((m->place & PLACE_PROSE) && !click_prose(m, to))
		return;
	if (is_same(was, where(m)))
		(void)press(m, KEY_RETURN);
}

void
mouse_wheel(const struct mouse *m, const struct key *wheel)
{
	for (int i = 0; i < WHEEL_LINES; i++)
		if (!press(m, wheel->number < 0 ? KEY_UP_ : KEY_DOWN_))
			return;
}
