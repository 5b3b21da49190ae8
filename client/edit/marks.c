/*
 * marks.c - the marks of the lines on the screen. Each line of the text that
 * shows is looked at from where it begins, which may be some way above; a
 * paragraph longer than any screen is shown plain until its end.
 */
#include "edit/editor_impl.h"

#include <string.h>

#include "edit/column.h"

#define LINES_AROUND 64 /* screen lines looked at above and below */

struct marker {
	struct editor *editor;
	size_t first, end; /* screen lines wanted */
	editor_mark_run *run;
	void *ctx;
	struct buf line, marks; /* of the line of the text at hand */
};

static void
show_run(const struct marker *m, size_t line, size_t start, size_t from,
	 size_t to, enum mark mark)
{
	const char *s = m->line.ptr + start;
	int col = column_of(s, from - start);

	m->run(m->ctx, line, col, column_of(s, to - start) - col, mark);
}

/* Screen line `line` is bytes [from, to) of the line of the text. */
static void
show_runs(const struct marker *m, size_t line, size_t from, size_t to)
{
	const char *marks = m->marks.ptr;
	size_t at = from, end;

	for (; at < to; at = end) {
		for (end = at + 1; end < to && marks[end] == marks[at]; end++)
			;
		if (marks[at] != MARK_NONE)
			show_run(m, line, from, at, end, (enum mark)marks[at]);
	}
}

/* The screen line after the line of the text that begins on screen line i. */
static size_t
find_line_behind(const struct marker *m, size_t i)
{
	const struct editor *e = m->editor;

	for (i++; i < e->wrap.n && i < m->end + LINES_AROUND; i++)
		if (editor_begins_line(e, i))
			break;
	return i;
}

/* The line of the text on screen lines [i, behind). */
static void
mark_line(struct marker *m, size_t i, size_t behind, struct fence *fence)
{
	const struct editor *e = m->editor;
	size_t from = wrap_start(&e->wrap, e->text, i), to;

	to = editor_line_end(e, behind - 1);
	buf_reset(&m->line);
	buf_reset(&m->marks);
	text_copy(e->text, from, to - from, &m->line);
	markup_line(fence, m->line.ptr, m->line.len,
		    (uint8_t *)buf_room(&m->marks, m->line.len));
	m->marks.len = m->line.len;
	for (; i < behind && i < m->end; i++) {
		if (i < m->first)
			continue;
		show_runs(m, i, wrap_start(&e->wrap, e->text, i) - from,
			  editor_line_end(e, i) - from);
	}
	(void)markup_pass(fence, m->line.ptr, m->line.len);
}

/* Where a line of the text begins: above the screen, or else on it. */
static size_t
find_begin(const struct editor *e, size_t first, size_t end)
{
	size_t i = first;

	while (first - i < LINES_AROUND && !editor_begins_line(e, i))
		i--;
	if (editor_begins_line(e, i))
		return i;
	for (i = first; i < end && !editor_begins_line(e, i); i++)
		;
	return i;
}

void
editor_marks(struct editor *e, size_t first, size_t n, editor_mark_run *run,
	     void *ctx)
{
	size_t end = first + n < e->wrap.n ? first + n : e->wrap.n, behind;
	struct marker m = { e, first, end, run, ctx, BUF_INIT, BUF_INIT };
	size_t i = first < end ? find_begin(e, first, end) : end;
	struct fence fence = { 0 };

	if (i < end)
		fence = fences_at(&e->fences, e->text,
				  wrap_start(&e->wrap, e->text, i));
	for (; i < end; i = behind) {
		behind = find_line_behind(&m, i);
		mark_line(&m, i, behind, &fence);
	}
	buf_release(&m.line);
	buf_release(&m.marks);
}

size_t
editor_heading(const struct editor *e, struct buf *out)
{
	struct buf all = BUF_INIT;
	struct fence fence = { 0 };
	size_t at = 0, n, from, to;
	size_t number = 0;

	text_copy(e->text, 0, editor_line_to(e, e->pos), &all);
	for (; at < all.len; at += n + 1) {
		const char *end = memchr(all.ptr + at, '\n', all.len - at);

		n = end ? (size_t)(end - all.ptr) - at : all.len - at;
		if (markup_pass(&fence, all.ptr + at, n) || fence.sign ||
		    !markup_heading(all.ptr + at, n, &from, &to))
			continue;
		buf_reset(out);
		buf_add(out, all.ptr + at + from, to - from);
		number++;
	}
	buf_release(&all);
	return number;
}
