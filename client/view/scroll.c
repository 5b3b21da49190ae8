/* scroll.c - see scroll.h. */
#include "view/scroll.h"

static bool
takes_focus(const struct scroll *s, size_t i)
{
	return !s->can_focus || s->can_focus(s->ctx, i);
}

/* The nearest line from `i` on in that direction, or s->n. */
static size_t
find_line(const struct scroll *s, size_t i, int by)
{
	while (i < s->n && !takes_focus(s, i)) {
		if (by < 0 && i == 0)
			return s->n;
		i = by < 0 ? i - 1 : i + 1;
	}
	return i;
}

/* The blank lines above the first line that takes the focus come along. */
static void
follow_focus(struct scroll *s)
{
	size_t rows = s->rows > 0 ? (size_t)s->rows : 1;

	if (s->at < s->top)
		s->top = s->at;
	if (s->at >= s->top + rows)
		s->top = s->at - rows + 1;
	if (s->top + rows > s->n)
		s->top = s->n > rows ? s->n - rows : 0;
	if (s->at < rows && find_line(s, 0, 1) == s->at)
		s->top = 0;
}

void
scroll_to(struct scroll *s, size_t line)
{
	size_t found;

	if (!s->n) {
		s->at = s->top = 0;
		return;
	}
	if (line >= s->n)
		line = s->n - 1;
	found = find_line(s, line, 1);
	if (found >= s->n)
		found = find_line(s, line, -1);
	s->at = found < s->n ? found : line;
	follow_focus(s);
}

void
scroll_jump(struct scroll *s, size_t line)
{
	size_t rows = s->rows > 0 ? (size_t)s->rows : 1;

	if (line < s->top || line >= s->top + rows)
		s->top = line > SCROLL_CONTEXT ? line - SCROLL_CONTEXT : 0;
	scroll_to(s, line);
}

void
scroll_fit(struct scroll *s)
{
	scroll_to(s, s->at);
}

void
scroll_step(struct scroll *s, int by)
{
	size_t found = s->n;

	if (by > 0)
		found = find_line(s, s->at + 1, 1);
	else if (s->at > 0)
		found = find_line(s, s->at - 1, -1);
	if (found < s->n)
		s->at = found;
	else if (by > 0 && scroll_has_more(s))
		s->top++;
	else if (by < 0 && s->top > 0)
		s->top--;
	if (found < s->n)
		follow_focus(s);
}

void
scroll_page(struct scroll *s, int by)
{
	size_t step = s->rows > 2 * SCROLL_CONTEXT
			      ? (size_t)s->rows - SCROLL_CONTEXT
			      : 1;
	size_t to = s->at;

	if (by > 0) {
		s->top += step;
		to += step;
	} else {
		s->top = s->top > step ? s->top - step : 0;
		to = to > step ? to - step : 0;
	}
	scroll_to(s, to);
}

void
scroll_end(struct scroll *s)
{
	size_t found = s->n ? find_line(s, s->n - 1, -1) : 0;

	scroll_to(s, found < s->n ? found : 0);
	if (s->rows > 0 && s->n > (size_t)s->rows)
		s->top = s->n - (size_t)s->rows;
	if (s->at < s->top)
		s->top = s->at;
}

bool
scroll_move(struct scroll *s, enum command cmd)
{
	if (cmd == CMD_UP || cmd == CMD_DOWN)
		scroll_step(s, cmd == CMD_UP ? -1 : 1);
	else if (cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN)
		scroll_page(s, cmd == CMD_PAGE_UP ? -1 : 1);
	else if (cmd == CMD_FIRST)
		scroll_to(s, 0);
	else if (cmd == CMD_LAST)
		scroll_end(s);
	else
		return false;
	return true;
}

bool
scroll_move_item(struct scroll *s, enum command cmd)
{
	if (cmd == CMD_NEXT_ITEM)
		cmd = CMD_DOWN;
	else if (cmd == CMD_PREVIOUS_ITEM)
		cmd = CMD_UP;
	return scroll_move(s, cmd);
}

bool
scroll_has_more(const struct scroll *s)
{
	return s->rows > 0 && s->top + (size_t)s->rows < s->n;
}
