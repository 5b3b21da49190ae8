/*
 * selection.c - from an anchor to the cursor. Moving with Shift sets the
 * anchor; a mark (F8) keeps it while the cursor moves without. Any change
 * takes what is selected and ends it.
 */
#include "edit/editor_impl.h"

#include "edit/column.h"

bool
editor_selection(const struct editor *e, size_t *from, size_t *to)
{
	bool ahead = e->anchor <= e->pos;

	*from = ahead ? e->anchor : e->pos;
	*to = ahead ? e->pos : e->anchor;
	return e->anchored && *from < *to;
}

static void
set_anchor(struct editor *e)
{
	if (!e->anchored)
		e->anchor = e->pos;
	e->anchored = true;
}

void
editor_extend(struct editor *e, enum editor_motion m)
{
	set_anchor(e);
	editor_go(e, m);
}

void
editor_mark(struct editor *e)
{
	e->anchored = false;
	set_anchor(e);
	e->marking = true;
	editor_break(e);
}

bool
editor_is_marking(const struct editor *e)
{
	return e->marking;
}

void
editor_end_mark(struct editor *e)
{
	e->marking = false;
	e->anchored = e->anchored && e->anchor != e->pos;
}

void
editor_select(struct editor *e, size_t from, size_t to)
{
	editor_put(e, to);
	e->anchor = from;
	e->anchored = true;
	e->marking = false;
}

void
editor_unselect(struct editor *e)
{
	e->anchored = false;
	e->marking = false;
}

bool
editor_copy(const struct editor *e, struct buf *out)
{
	size_t from, to;

	if (!editor_selection(e, &from, &to))
		return false;
	text_copy(e->text, from, to - from, out);
	return true;
}

bool
editor_erase_selection(struct editor *e)
{
	size_t from, to;

	if (!editor_selection(e, &from, &to))
		return false;
	editor_take_out(e, from, to);
	return true;
}

void
editor_select_line(struct editor *e)
{
	size_t to = editor_line_to(e, e->pos);

	while (to < text_len(e->text) && text_at(e->text, to) != '\n')
		to++; /* a return before it */
	editor_select(e, editor_line_from(e, e->pos),
		      to < text_len(e->text) ? to + 1 : to);
}

bool
editor_line_selection(const struct editor *e, size_t line, int *col, int *width)
{
	size_t start = wrap_start(&e->wrap, e->text, line);
	size_t end = wrap_start(&e->wrap, e->text, line + 1);
	struct buf shown = BUF_INIT;
	size_t from, to;

	if (!editor_selection(e, &from, &to) || to <= start || from >= end)
		return false;
	from = from > start ? from - start : 0;
	to = (to < end ? to : end) - start;
	editor_line(e, line, &shown);
	*col = column_of(shown.ptr, from < shown.len ? from : shown.len);
	*width = column_of(shown.ptr, to < shown.len ? to : shown.len) - *col;
	*width += to > shown.len; /* the end of the line shows too */
	buf_release(&shown);
	return true;
}
