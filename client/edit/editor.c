/*
 * editor.c - a cursor in a wrapped text. Up and down keep the column that
 * was wanted; typing makes one undo step until the cursor is moved, a line
 * ends, or the kind of change differs.
 */
#include "edit/editor_impl.h"

#include <stdlib.h>
#include <string.h>

#include "edit/column.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define NO_COLUMN (-1)
#define CLUSTER_MAX 64 /* bytes looked at for one grapheme */
#define PAGE_OVERLAP 2 /* lines of context a page keeps */

static void
wrap_again(void *ctx, size_t pos, size_t old_len, size_t new_len)
{
	struct editor *e = ctx;

	fences_change(&e->fences, pos);
	wrap_change(&e->wrap, e->text, pos, old_len, new_len);
}

struct editor *
editor_new(const char *s, size_t len, size_t max)
{
	struct editor *e = mem_alloc(sizeof(*e));

	e->text = text_new(s, len);
	e->max = max;
	e->wanted = NO_COLUMN;
	e->rows = 20;
	e->cols = 79;
	fences_init(&e->fences);
	wrap_all(&e->wrap, e->text, e->cols);
	text_watch(e->text, (struct text_watcher){ wrap_again, e });
	return e;
}

void
editor_free(struct editor *e)
{
	if (!e)
		return;
	text_free(e->text);
	wrap_release(&e->wrap);
	fences_release(&e->fences);
	free(e);
}

static size_t
cursor_line(const struct editor *e)
{
	return wrap_line_of(&e->wrap, e->pos);
}

/* End of a line's own bytes: without its "\n" or "\r\n". */
size_t
editor_line_end(const struct editor *e, size_t line)
{
	size_t end = wrap_start(&e->wrap, e->text, line + 1);
	size_t start = wrap_start(&e->wrap, e->text, line);

	if (end == start || text_at(e->text, end - 1) != '\n')
		return end;
	end--;
	return end > start && text_at(e->text, end - 1) == '\r' ? end - 1 : end;
}

/* The last place of a line where a cursor may stand. */
static size_t
last_place(const struct editor *e, size_t line)
{
	size_t end = editor_line_end(e, line);
	struct buf b = BUF_INIT;

	/* At a soft break the end is already the next line's start. */
	if (line + 1 < e->wrap.n &&
	    end == wrap_start(&e->wrap, e->text, line + 1)) {
		editor_line(e, line, &b);
		end -= b.len - utf8_prev(b.ptr, b.len, b.len);
		buf_release(&b);
	}
	return end;
}

static void
keep_cursor_shown(struct editor *e)
{
	size_t line = cursor_line(e);

	if (line < e->top)
		e->top = line;
	if (line >= e->top + (size_t)e->rows)
		e->top = line - (size_t)e->rows + 1;
}

void
editor_resize(struct editor *e, int rows, int cols)
{
	e->rows = rows > 0 ? rows : 1;
	if (cols != e->cols) {
		e->cols = cols > 1 ? cols : 2;
		wrap_all(&e->wrap, e->text, e->cols);
	}
	keep_cursor_shown(e);
}

void
editor_break(struct editor *e)
{
	text_break(e->text);
	e->last = CHANGE_NONE;
	e->wanted = NO_COLUMN;
	e->line_edge = false;
}

void
editor_put(struct editor *e, size_t pos)
{
	editor_break(e);
	e->pos = pos;
	keep_cursor_shown(e);
}

static void
begin_change(struct editor *e, enum change kind)
{
	if (e->last != kind)
		editor_break(e);
	e->last = kind;
	e->wanted = NO_COLUMN;
	e->line_edge = false;
	editor_unselect(e);
}

/* A line or a sentence ends: what follows is taken back by itself. */
static bool
ends_step(const struct editor *e, char last)
{
	if (last == '\n')
		return true;
	return last == ' ' && e->pos >= 2 &&
	       strchr(".!?", text_at(e->text, e->pos - 2)) != NULL;
}

bool
editor_insert(struct editor *e, const char *s, size_t len)
{
	size_t from, to, gone = 0;

	if (len == 0)
		return true;
	if (editor_selection(e, &from, &to))
		gone = to - from;
	if (len > e->max || text_len(e->text) - gone > e->max - len)
		return false;
	if (gone) {
		editor_break(e);
		text_delete(e->text, from, gone);
		e->pos = from;
		e->last = CHANGE_INSERT; /* both are one step */
	}
	begin_change(e, CHANGE_INSERT);
	text_insert(e->text, e->pos, s, len);
	e->pos += len;
	if (ends_step(e, s[len - 1]))
		text_break(e->text);
	keep_cursor_shown(e);
	return true;
}

bool
editor_paste(struct editor *e, const char *s, size_t len)
{
	bool fits;

	editor_break(e);
	fits = editor_insert(e, s, len);
	editor_break(e);
	return fits;
}

/* Bytes that both begin with, in whole characters. */
static size_t
count_common(const struct buf *a, const char *b, size_t len)
{
	size_t n = 0;

	while (n < a->len && n < len && a->ptr[n] == b[n])
		n++;
	while (n > 0 && n < len && ((unsigned char)b[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* Bytes that both end with, behind the first `from`; the same. */
static size_t
count_common_end(const struct buf *a, const char *b, size_t len, size_t from)
{
	size_t n = 0;

	while (n < a->len - from && n < len - from &&
	       a->ptr[a->len - 1 - n] == b[len - 1 - n])
		n++;
	while (n > 0 && ((unsigned char)b[len - n] & 0xc0) == 0x80)
		n--;
	return n;
}

bool
editor_become(struct editor *e, const char *s, size_t len)
{
	struct buf now = BUF_INIT;
	size_t from, end;

	if (len > e->max)
		return false;
	text_copy(e->text, 0, text_len(e->text), &now);
	from = count_common(&now, s, len);
	end = count_common_end(&now, s, len, from);
	editor_break(e);
	editor_unselect(e);
	text_delete(e->text, from, now.len - end - from);
	text_insert(e->text, from, s + from, len - end - from);
	editor_put(e, len - end);
	buf_release(&now);
	return true;
}

void
editor_take_out(struct editor *e, size_t from, size_t to)
{
	if (from == to)
		return;
	begin_change(e, CHANGE_ERASE);
	text_delete(e->text, from, to - from);
	e->pos = from;
	keep_cursor_shown(e);
}

/* The grapheme boundary after or before `pos`. */
static size_t
step_right(const struct editor *e, size_t pos)
{
	size_t n = text_len(e->text) - pos;
	struct buf b = BUF_INIT;

	if (n == 0)
		return pos;
	text_copy(e->text, pos, n < CLUSTER_MAX ? n : CLUSTER_MAX, &b);
	pos += utf8_next(b.ptr, b.len, 0);
	buf_release(&b);
	return pos;
}

static size_t
step_left(const struct editor *e, size_t pos)
{
	size_t n = pos < CLUSTER_MAX ? pos : CLUSTER_MAX;
	struct buf b = BUF_INIT;

	if (pos == 0)
		return 0;
	text_copy(e->text, pos - n, n, &b);
	pos = pos - n + utf8_prev(b.ptr, b.len, b.len);
	buf_release(&b);
	return pos;
}

void
editor_erase_back(struct editor *e)
{
	if (!editor_erase_selection(e))
		editor_take_out(e, step_left(e, e->pos), e->pos);
}

void
editor_erase(struct editor *e)
{
	if (!editor_erase_selection(e))
		editor_take_out(e, e->pos, step_right(e, e->pos));
}

static int
cursor_column(const struct editor *e, size_t line)
{
	size_t start = wrap_start(&e->wrap, e->text, line);
	struct buf b = BUF_INIT;
	int col;

	text_copy(e->text, start, e->pos - start, &b);
	col = column_of(b.ptr, b.len);
	buf_release(&b);
	return col;
}

/* The byte of `line` that is nearest to column `col`. */
static size_t
place_at(const struct editor *e, size_t line, int col)
{
	struct buf b = BUF_INIT;
	size_t pos, last = last_place(e, line);

	editor_line(e, line, &b);
	pos = wrap_start(&e->wrap, e->text, line) +
	      column_fit(b.ptr, b.len, col);
	buf_release(&b);
	return pos < last ? pos : last;
}

static void
move_lines(struct editor *e, long n)
{
	size_t line = cursor_line(e), to;

	if (e->wanted == NO_COLUMN)
		e->wanted = cursor_column(e, line);
	if (n < 0)
		to = line < (size_t)-n ? 0 : line - (size_t)-n;
	else
		to = line + (size_t)n >= e->wrap.n ? e->wrap.n - 1
						   : line + (size_t)n;
	e->pos = place_at(e, to, e->wanted);
}

static bool
is_word(const struct editor *e, size_t pos)
{
	return !strchr(" \n\t.,;:!?()[]\"'", text_at(e->text, pos));
}

static void
move_word(struct editor *e, bool right)
{
	size_t len = text_len(e->text);

	if (right) {
		while (e->pos < len && is_word(e, e->pos))
			e->pos++;
		while (e->pos < len && !is_word(e, e->pos))
			e->pos++;
		return;
	}
	while (e->pos > 0 && !is_word(e, e->pos - 1))
		e->pos--;
	while (e->pos > 0 && is_word(e, e->pos - 1))
		e->pos--;
}

bool
editor_begins_line(const struct editor *e, size_t line)
{
	size_t start = wrap_start(&e->wrap, e->text, line);

	return start == 0 || text_at(e->text, start - 1) == '\n';
}

static size_t
find_paragraph_edge(const struct editor *e, size_t line, bool end)
{
	while (!end && !editor_begins_line(e, line))
		line--;
	while (end && line + 1 < e->wrap.n && !editor_begins_line(e, line + 1))
		line++;
	return end ? editor_line_end(e, line)
		   : wrap_start(&e->wrap, e->text, line);
}

/* Home and End: first the screen line, pressed again the paragraph. */
static void
move_to_edge(struct editor *e, bool end)
{
	size_t line = cursor_line(e);
	size_t to =
		end ? last_place(e, line) : wrap_start(&e->wrap, e->text, line);

	if (e->line_edge && to == e->pos)
		to = find_paragraph_edge(e, line, end);
	e->pos = to;
	e->line_edge = true;
}

static void
move_page(struct editor *e, int direction)
{
	int n = e->rows > PAGE_OVERLAP + 1 ? e->rows - PAGE_OVERLAP : 1;

	move_lines(e, (long)direction * n);
}

static bool
is_blank_line(const struct editor *e, size_t from)
{
	size_t to = editor_line_to(e, from);

	while (from < to && strchr(" \t", text_at(e->text, from)))
		from++;
	return from == to;
}

/* The line after the one that begins at `from`; the end when it is the last. */
static size_t
line_after(const struct editor *e, size_t from)
{
	size_t len = text_len(e->text);

	while (from < len && text_at(e->text, from) != '\n')
		from++;
	return from < len ? from + 1 : len;
}

/* Paragraphs are what blank lines separate. */
static void
move_paragraph_down(struct editor *e)
{
	size_t at = editor_line_from(e, e->pos), len = text_len(e->text);

	while (at < len && !is_blank_line(e, at))
		at = line_after(e, at);
	while (at < len && is_blank_line(e, at))
		at = line_after(e, at);
	e->pos = at;
}

static void
move_paragraph_up(struct editor *e)
{
	size_t at = e->pos;

	/* From its first byte to the paragraph before. */
	at = editor_line_from(e, at > 0 ? at - 1 : 0);
	while (at > 0 && is_blank_line(e, at))
		at = editor_line_from(e, at - 1);
	while (at > 0 && !is_blank_line(e, editor_line_from(e, at - 1)))
		at = editor_line_from(e, at - 1);
	e->pos = at;
}

static void
move_across(struct editor *e, enum editor_motion m)
{
	if (m == EDITOR_LEFT)
		e->pos = step_left(e, e->pos);
	else if (m == EDITOR_RIGHT)
		e->pos = step_right(e, e->pos);
	else if (m == EDITOR_TEXT_START)
		e->pos = 0;
	else if (m == EDITOR_TEXT_END)
		e->pos = text_len(e->text);
	else if (m == EDITOR_PARAGRAPH_UP)
		move_paragraph_up(e);
	else if (m == EDITOR_PARAGRAPH_DOWN)
		move_paragraph_down(e);
	else if (m == EDITOR_LINE_START || m == EDITOR_LINE_END)
		move_to_edge(e, m == EDITOR_LINE_END);
	else
		move_word(e, m == EDITOR_WORD_RIGHT);
	e->wanted = NO_COLUMN;
}

void
editor_go(struct editor *e, enum editor_motion m)
{
	bool edge = m == EDITOR_LINE_START || m == EDITOR_LINE_END;

	text_break(e->text);
	e->last = CHANGE_NONE;
	if (!edge)
		e->line_edge = false;
	if (m == EDITOR_UP || m == EDITOR_DOWN)
		move_lines(e, m == EDITOR_UP ? -1 : 1);
	else if (m == EDITOR_PAGE_UP || m == EDITOR_PAGE_DOWN)
		move_page(e, m == EDITOR_PAGE_UP ? -1 : 1);
	else
		move_across(e, m);
	keep_cursor_shown(e);
}

/* To the left or right of what was selected is to its edge. */
static bool
leave_selection(struct editor *e, enum editor_motion m)
{
	size_t from, to;

	if ((m != EDITOR_LEFT && m != EDITOR_RIGHT) ||
	    !editor_selection(e, &from, &to))
		return false;
	editor_put(e, m == EDITOR_LEFT ? from : to);
	editor_unselect(e);
	return true;
}

void
editor_move(struct editor *e, enum editor_motion m)
{
	if (!e->marking && leave_selection(e, m))
		return;
	if (!e->marking)
		editor_unselect(e);
	editor_go(e, m);
}

static bool
after_history(struct editor *e, bool moved)
{
	if (!moved)
		return false;
	editor_unselect(e);
	editor_put(e, e->pos);
	return true;
}

bool
editor_undo(struct editor *e)
{
	return after_history(e, text_undo(e->text, &e->pos));
}

bool
editor_redo(struct editor *e)
{
	return after_history(e, text_redo(e->text, &e->pos));
}

size_t
editor_n_lines(const struct editor *e)
{
	return e->wrap.n;
}

size_t
editor_top(const struct editor *e)
{
	return e->top;
}

void
editor_line(const struct editor *e, size_t i, struct buf *out)
{
	size_t start = wrap_start(&e->wrap, e->text, i);

	if (i < e->wrap.n)
		text_copy(e->text, start, editor_line_end(e, i) - start, out);
}

size_t
editor_position(const struct editor *e)
{
	return e->pos;
}

void
editor_cursor(const struct editor *e, size_t *line, int *col)
{
	*line = cursor_line(e);
	*col = cursor_column(e, *line);
	/* Blanks may hang over the edge of a wrapped line. */
	if (*col > e->cols)
		*col = e->cols;
}

struct text *
editor_text(struct editor *e)
{
	return e->text;
}
