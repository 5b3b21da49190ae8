/*
 * indent.c - Enter and Tab where a line begins with more than text: lists
 * and quotes go on by themselves, and end at an empty item.
 */
#include "edit/editor_impl.h"

#include <string.h>

#include "edit/item.h"

#define BLANKS "  "
#define STEP_MAX 11 /* bytes of the longest sign of an item */

/* --- lines of the text --- */

size_t
editor_line_from(const struct editor *e, size_t pos)
{
	while (pos > 0 && text_at(e->text, pos - 1) != '\n')
		pos--;
	return pos;
}

size_t
editor_line_to(const struct editor *e, size_t pos)
{
	size_t from = pos;

	while (pos < text_len(e->text) && text_at(e->text, pos) != '\n')
		pos++;
	return pos > from && text_at(e->text, pos - 1) == '\r' ? pos - 1 : pos;
}

/* --- Enter --- */

static bool
is_blank(const char *s, size_t len)
{
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	return len == 0;
}

/* The item is empty: what it begins with goes, and the list ends. */
static bool
end_item(struct editor *e, const struct buf *line, size_t from)
{
	struct item item = item_of(line->ptr, line->len);
	size_t at = item_len(&item);

	if (!item_is_one(&item) || !is_blank(line->ptr + at, line->len - at))
		return false;
	editor_break(e);
	editor_take_out(e, from, from + line->len);
	return true;
}

bool
editor_newline(struct editor *e)
{
	struct buf line = BUF_INIT, typed = BUF_INIT;
	size_t from = editor_line_from(e, e->pos), sel_from, sel_to;
	struct item item;
	bool fits = true;

	text_copy(e->text, from, editor_line_to(e, e->pos) - from, &line);
	item = item_of(line.ptr, line.len);
	buf_char(&typed, '\n');
	if (e->pos - from >= item_len(&item) && !is_blank(line.ptr, line.len))
		item_next(&item, line.ptr, &typed);
	if (editor_selection(e, &sel_from, &sel_to))
		fits = editor_insert(e, "\n", 1);
	else if (!end_item(e, &line, from))
		fits = editor_insert(e, typed.ptr, typed.len);
	text_break(e->text);
	buf_release(&line);
	buf_release(&typed);
	return fits;
}

/* --- Tab --- */

/* Blanks that make an item the child of one like it. */
static size_t
measure_step(const struct item *item)
{
	return item->sign ? item->sign : strlen(BLANKS);
}

/* How many bytes a line begins with that one step to the left takes. */
static size_t
count_step(const struct buf *line, const struct item *item)
{
	size_t n = 0, most = measure_step(item);

	while (n < most && n < line->len && line->ptr[n] == ' ')
		n++;
	return n == 0 && line->len > 0 && line->ptr[0] == '\t' ? 1 : n;
}

/* A place in the text when bytes at `from` came (n > 0) or went. */
static void
follow(size_t *pos, size_t from, long n)
{
	if (*pos < from)
		return;
	if (n < 0 && *pos - from < (size_t)-n)
		*pos = from;
	else
		*pos = (size_t)((long)*pos + n);
}

/* One line, which begins at `from`, a step to the right or to the left. */
static void
shift_line(struct editor *e, size_t from, bool right)
{
	struct buf line = BUF_INIT;
	struct item item;
	long n;

	text_copy(e->text, from, editor_line_to(e, from) - from, &line);
	item = item_of(line.ptr, line.len);
	n = right ? (long)measure_step(&item) : -(long)count_step(&line, &item);
	if (is_blank(line.ptr, line.len))
		n = 0;
	for (long i = 0; i < n; i++)
		text_insert(e->text, from, " ", 1);
	if (n < 0)
		text_delete(e->text, from, (size_t)-n);
	follow(&e->pos, from, n);
	if (e->anchored)
		follow(&e->anchor, from, n);
	buf_release(&line);
}

/* The lines from the one that holds `from` to the one that holds `to`. */
static void
shift_lines(struct editor *e, size_t from, size_t to, bool right)
{
	size_t at = editor_line_from(e, to);

	editor_break(e);
	for (;;) {
		shift_line(e, at, right);
		if (at <= from)
			break;
		at = editor_line_from(e, at - 1);
	}
	editor_put(e, e->pos);
}

static size_t
count_lines(const struct editor *e, size_t from, size_t to)
{
	size_t n = 1;

	for (; from < to; from++)
		n += text_at(e->text, from) == '\n';
	return n;
}

static bool
is_in_item(const struct editor *e)
{
	size_t from = editor_line_from(e, e->pos);
	struct buf line = BUF_INIT;
	struct item item;

	text_copy(e->text, from, editor_line_to(e, from) - from, &line);
	item = item_of(line.ptr, line.len);
	buf_release(&line);
	return item.sign > 0;
}

/* What Tab is about: what is selected, or the line of the cursor. */
static bool
find_lines(const struct editor *e, size_t *from, size_t *to)
{
	if (editor_selection(e, from, to))
		return true;
	*from = *to = e->pos;
	return false;
}

bool
editor_indent(struct editor *e)
{
	size_t from, to;

	if (!find_lines(e, &from, &to) && !is_in_item(e))
		return editor_insert(e, BLANKS, strlen(BLANKS));
	if (text_len(e->text) + STEP_MAX * count_lines(e, from, to) > e->max)
		return false;
	shift_lines(e, from, to, true);
	return true;
}

void
editor_outdent(struct editor *e)
{
	size_t from, to;

	(void)find_lines(e, &from, &to); /* either way they are told */
	shift_lines(e, from, to, false);
}

bool
editor_prefix(struct editor *e, const char *prefix)
{
	size_t len = strlen(prefix), from, to, at;

	(void)find_lines(e, &from, &to); /* either way they are told */
	if (text_len(e->text) + len * count_lines(e, from, to) > e->max)
		return false;
	editor_break(e);
	for (at = editor_line_from(e, to);; at = editor_line_from(e, at - 1)) {
		text_insert(e->text, at, prefix, len);
		follow(&e->pos, at, (long)len);
		follow(&e->anchor, at, (long)len);
		if (at <= from)
			break;
	}
	editor_put(e, e->pos);
	return true;
}

void
editor_begin_block(struct editor *e, struct buf *before)
{
	size_t from = editor_line_from(e, e->pos);
	size_t to = editor_line_to(e, e->pos);
	struct buf line = BUF_INIT;

	text_copy(e->text, from, to - from, &line);
	if (!is_blank(line.ptr, line.len))
		buf_str(before, "\n\n");
	editor_unselect(e);
	editor_put(e, to);
	buf_release(&line);
}
