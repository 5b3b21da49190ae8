/*
 * The editor against a plain string that does the same: text, cursor, what
 * is selected, steps of undo; and its lines and marks against an editor that
 * begins with that text. The input is a play: the first text up to a NUL,
 * then bytes that say what to do, some with a number or a text behind them.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "edit/editor.h"
#include "edit/item.h"
#include "plein/buf.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/vec.h"

#define TEXT_MAX 400
#define ACTS_MAX 300
#define TYPED_MAX 12

enum kind { NONE, INSERT, ERASE };

struct play {
	struct editor *e;
	const uint8_t *in;
	size_t left;
	struct buf text; /* as it should be */
	size_t pos, anchor;
	bool anchored, marking;
	struct vec past, future; /* texts, one for each step of undo */
	enum kind last;
	bool open; /* the last step may go on */
	int rows, cols;
};

static uint8_t
take(struct play *p)
{
	if (p->left == 0)
		return 0;
	p->left--;
	return *p->in++;
}

/* Text that can be in a page, or typed: up to `n` bytes, or to a NUL. */
static void
take_text(struct play *p, size_t n, struct buf *out)
{
	uint32_t cp;
	size_t len;

	for (size_t end = n < p->left ? p->left - n : 0; p->left > end;) {
		len = utf8_decode((const char *)p->in, p->left, &cp);
		if (cp == '\n' || cp == '\t' || filter_allows(cp))
			buf_add(out, (const char *)p->in, len);
		p->in += len;
		p->left -= len;
		if (cp == 0 || p->left < end)
			break;
	}
}

/* --- the plain string --- */

static struct buf *
copy_text(const struct buf *text)
{
	struct buf *copy = mem_alloc(sizeof(*copy));

	buf_init(copy);
	buf_add(copy, text->ptr, text->len);
	return copy;
}

static void
free_text(void *text)
{
	buf_release(text);
	free(text);
}

static void
end_step(struct play *p)
{
	p->open = false;
	p->last = NONE;
}

static void
unselect(struct play *p)
{
	p->anchored = p->marking = false;
}

/* Before a change: does it go on with the step, or begin one? */
static void
begin_step(struct play *p, enum kind kind)
{
	if (p->last != kind)
		p->open = false;
	p->last = kind;
	if (!p->open)
		vec_push(&p->past, copy_text(&p->text));
	p->open = true;
	vec_release(&p->future, free_text);
}

static bool
is_selected(const struct play *p, size_t *from, size_t *to)
{
	*from = p->anchor < p->pos ? p->anchor : p->pos;
	*to = p->anchor < p->pos ? p->pos : p->anchor;
	return p->anchored && *from < *to;
}

static bool
ends_sentence(const struct play *p)
{
	char last = p->text.ptr[p->pos - 1];

	return last == '\n' || (last == ' ' && p->pos >= 2 &&
				strchr(".!?", p->text.ptr[p->pos - 2]) != NULL);
}

static bool
model_insert(struct play *p, const char *s, size_t len)
{
	size_t from, to, gone;
	bool selected = is_selected(p, &from, &to);

	if (len == 0)
		return true;
	gone = selected ? to - from : 0;
	if (p->text.len - gone + len > TEXT_MAX)
		return false;
	if (selected)
		end_step(p);
	begin_step(p, INSERT);
	if (selected) {
		buf_erase(&p->text, from, gone);
		p->pos = from;
	}
	buf_insert(&p->text, p->pos, s, len);
	p->pos += len;
	p->open = !ends_sentence(p);
	unselect(p);
	return true;
}

static void
model_erase(struct play *p, size_t from, size_t to)
{
	if (from == to)
		return;
	begin_step(p, ERASE);
	buf_erase(&p->text, from, to - from);
	p->pos = from;
	unselect(p);
}

static void
read_text(struct play *p, struct buf *out)
{
	struct text *t = editor_text(p->e);

	buf_reset(out);
	text_copy(t, 0, text_len(t), out);
}

static bool
is_text(const struct buf *a, const struct buf *b)
{
	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->ptr, b->ptr, a->len) == 0);
}

/* What the editor made of the text is right by other rules: take it over. */
static void
take_over(struct play *p, const struct buf *now)
{
	buf_reset(&p->text);
	buf_add(&p->text, now->ptr, now->len);
	p->pos = editor_position(p->e);
}

/* --- what is done to both --- */

static void
act_type(struct play *p)
{
	struct buf s = BUF_INIT;
	bool paste = take(p) % 4 == 0;

	take_text(p, paste ? TYPED_MAX : 1, &s);
	if (paste)
		end_step(p);
	assert((paste ? editor_paste : editor_insert)(p->e, s.ptr, s.len) ==
	       model_insert(p, s.ptr, s.len));
	if (paste)
		end_step(p);
	buf_release(&s);
}

static void
act_erase(struct play *p)
{
	bool back = take(p) % 2;
	size_t from, to;

	if (!is_selected(p, &from, &to)) {
		from = to = p->pos;
		if (back)
			from = utf8_prev(p->text.ptr, p->text.len, p->pos);
		else if (p->pos < p->text.len)
			to = utf8_next(p->text.ptr, p->text.len, p->pos);
	}
	(back ? editor_erase_back : editor_erase)(p->e);
	model_erase(p, from, to);
}

static void
act_undo(struct play *p)
{
	bool back = take(p) % 3;
	struct vec *from = back ? &p->past : &p->future;
	struct vec *to = back ? &p->future : &p->past;
	bool done = (back ? editor_undo : editor_redo)(p->e);
	struct buf *text;

	p->open = false;
	assert(done == (from->len > 0));
	if (!done)
		return;
	text = from->items[--from->len];
	vec_push(to, copy_text(&p->text));
	take_over(p, text);
	free_text(text);
	unselect(p);
	end_step(p);
}

static size_t
move_grapheme(const struct play *p, bool right)
{
	if (right)
		return p->pos < p->text.len
			       ? utf8_next(p->text.ptr, p->text.len, p->pos)
			       : p->pos;
	return p->pos ? utf8_prev(p->text.ptr, p->text.len, p->pos) : 0;
}

/* Where a move leads, as far as it is clear from the string. */
static void
check_move(const struct play *p, enum editor_motion m, size_t line)
{
	size_t at = editor_position(p->e), now;
	int col;

	editor_cursor(p->e, &now, &col);
	if (m == EDITOR_LEFT || m == EDITOR_RIGHT)
		assert(at == move_grapheme(p, m == EDITOR_RIGHT));
	else if (m == EDITOR_UP)
		assert(now == (line ? line - 1 : 0));
	else if (m == EDITOR_DOWN)
		assert(now == line + 1 || now + 1 == editor_n_lines(p->e));
	else if (m == EDITOR_TEXT_START)
		assert(at == 0);
	else if (m == EDITOR_TEXT_END)
		assert(at == p->text.len);
	else if (m == EDITOR_WORD_RIGHT || m == EDITOR_PARAGRAPH_DOWN ||
		 m == EDITOR_LINE_END)
		assert(at >= p->pos);
	else if (m == EDITOR_WORD_LEFT || m == EDITOR_PARAGRAPH_UP ||
		 m == EDITOR_LINE_START)
		assert(at <= p->pos);
}

static void
act_move(struct play *p)
{
	enum editor_motion m =
		(enum editor_motion)(take(p) % (EDITOR_PARAGRAPH_DOWN + 1));
	size_t line, from, to;
	int col;

	editor_cursor(p->e, &line, &col);
	editor_move(p->e, m);
	end_step(p);
	if (!p->marking && is_selected(p, &from, &to) &&
	    (m == EDITOR_LEFT || m == EDITOR_RIGHT))
		assert(editor_position(p->e) == (m == EDITOR_LEFT ? from : to));
	else
		check_move(p, m, line);
	if (!p->marking)
		unselect(p);
	p->pos = editor_position(p->e);
}

static void
act_extend(struct play *p)
{
	enum editor_motion m =
		(enum editor_motion)(take(p) % (EDITOR_PARAGRAPH_DOWN + 1));
	size_t line;
	int col;

	editor_cursor(p->e, &line, &col);
	editor_extend(p->e, m);
	end_step(p);
	if (!p->anchored)
		p->anchor = p->pos;
	p->anchored = true;
	check_move(p, m, line);
	p->pos = editor_position(p->e);
}

static void
act_mark(struct play *p)
{
	if (p->marking) {
		editor_end_mark(p->e);
		p->anchored = p->anchored && p->anchor != p->pos;
		p->marking = false;
		return;
	}
	editor_mark(p->e);
	end_step(p);
	p->anchor = p->pos;
	p->anchored = p->marking = true;
}

static size_t
line_from(const struct buf *text, size_t pos)
{
	while (pos > 0 && text->ptr[pos - 1] != '\n')
		pos--;
	return pos;
}

static size_t
line_to(const struct buf *text, size_t pos)
{
	while (pos < text->len && text->ptr[pos] != '\n')
		pos++;
	return pos;
}

static void
act_select(struct play *p)
{
	size_t from = line_from(&p->text, p->pos);
	size_t to = line_to(&p->text, p->pos);

	to += to < p->text.len;
	if (take(p) % 2) {
		editor_select_line(p->e);
	} else {
		from = 0;
		to = p->text.len;
		editor_select(p->e, from, to);
	}
	end_step(p);
	p->anchored = true;
	p->marking = false;
	p->anchor = from;
	p->pos = to;
}

/* Enter: the line is cut, and a sign may follow; or an empty item goes. */
static void
act_enter(struct play *p)
{
	struct buf now = BUF_INIT;
	size_t from = line_from(&p->text, p->pos), s, t;
	size_t rest = p->text.len - line_to(&p->text, p->pos);
	bool selected = is_selected(p, &s, &t), fits = editor_newline(p->e);

	read_text(p, &now);
	if (selected) {
		assert(fits == model_insert(p, "\n", 1));
	} else if (now.len > p->text.len) {
		size_t n = now.len - p->text.len;

		assert(fits && now.ptr[p->pos] == '\n');
		assert(model_insert(p, now.ptr + p->pos, n));
	} else if (now.len < p->text.len) {
		assert(fits && now.len == from + rest);
		end_step(p);
		model_erase(p, from, p->text.len - rest);
	} else {
		assert(!fits);
	}
	p->open = false;
	buf_release(&now);
}

static bool
is_in_item(const struct play *p)
{
	size_t from = line_from(&p->text, p->pos);

	return item_of(p->text.ptr + from, line_to(&p->text, from) - from)
		       .sign > 0;
}

/* Nothing but blanks at the begin of lines came or went. */
static void
check_shifted(const struct buf *a, const struct buf *b)
{
	size_t i = 0, k = 0;

	while (i < a->len || k < b->len) {
		i += strspn(a->ptr + i, " \t");
		k += strspn(b->ptr + k, " \t");
		while (i < a->len && k < b->len && a->ptr[i] == b->ptr[k] &&
		       a->ptr[i] != '\n')
			i++, k++;
		assert(i == a->len ? k == b->len
				   : k < b->len && a->ptr[i] == b->ptr[k]);
		i += i < a->len;
		k += k < b->len;
	}
}

/* Lines go to the right or to the left, in one step if any. */
static void
follow_shift(struct play *p)
{
	struct buf now = BUF_INIT;
	size_t from, to;

	read_text(p, &now);
	check_shifted(&p->text, &now);
	end_step(p);
	if (!is_text(&now, &p->text))
		begin_step(p, INSERT);
	end_step(p);
	take_over(p, &now);
	if (!editor_selection(p->e, &from, &to))
		p->anchor = p->pos;
	else
		p->anchor = from == p->pos ? to : from;
	buf_release(&now);
}

static void
act_tab(struct play *p)
{
	size_t from, to;

	if (take(p) % 2) {
		editor_outdent(p->e);
		follow_shift(p);
	} else if (!is_selected(p, &from, &to) && !is_in_item(p)) {
		assert(editor_indent(p->e) == model_insert(p, "  ", 2));
	} else if (editor_indent(p->e)) {
		follow_shift(p);
	}
}

/* Each line that is selected gets it, in one step. */
static void
act_prefix(struct play *p)
{
	const char *prefix = take(p) % 2 ? "> " : "## ";
	size_t len = strlen(prefix), from, to, at, n = 0;

	if (!is_selected(p, &from, &to))
		from = to = p->pos;
	for (at = from; at < to; at++)
		n += p->text.ptr[at] == '\n';
	if (p->text.len + len * (n + 1) > TEXT_MAX) {
		assert(!editor_prefix(p->e, prefix));
		return;
	}
	assert(editor_prefix(p->e, prefix));
	end_step(p);
	begin_step(p, INSERT);
	end_step(p);
	for (at = line_from(&p->text, to);; at = line_from(&p->text, at - 1)) {
		buf_insert(&p->text, at, prefix, len);
		p->pos += p->pos >= at ? len : 0;
		p->anchor += p->anchor >= at ? len : 0;
		if (at <= from)
			break;
	}
}

static void
act_become(struct play *p)
{
	struct buf to = BUF_INIT;
	size_t from = take(p) % (p->text.len + 1);

	while (from > 0 && ((uint8_t)p->text.ptr[from] & 0xc0) == 0x80)
		from--;
	buf_add(&to, p->text.ptr, from);
	take_text(p, TYPED_MAX, &to);
	end_step(p);
	assert(editor_become(p->e, to.ptr ? to.ptr : "", to.len) ==
	       (to.len <= TEXT_MAX));
	if (to.len <= TEXT_MAX) {
		if (!is_text(&to, &p->text))
			begin_step(p, INSERT);
		end_step(p);
		unselect(p);
		take_over(p, &to);
	}
	buf_release(&to);
}

static void
act_resize(struct play *p)
{
	p->rows = 1 + take(p) % 10;
	p->cols = 2 + take(p) % 40;
	editor_resize(p->e, p->rows, p->cols);
}

static void (*const acts[])(struct play *p) = {
	act_type, act_type,   act_type,	  act_erase,  act_erase,  act_undo,
	act_move, act_move,   act_extend, act_mark,   act_select, act_enter,
	act_tab,  act_become, act_resize, act_prefix,
};

#define N_ACTS (sizeof(acts) / sizeof(acts[0]))

/* --- what must hold after each --- */

static void
note_mark(void *ctx, size_t line, int col, int width, enum mark mark)
{
	buf_printf(ctx, "%zu %d %d %d\n", line, col, width, (int)mark);
}

/* Lines, and the marks of each as if it were the only one that shows. */
static void
describe(struct editor *e, struct buf *out)
{
	size_t n = editor_n_lines(e);

	for (size_t i = 0; i < n; i++) {
		editor_line(e, i, out);
		buf_char(out, '\n');
		editor_marks(e, i, 1, note_mark, out);
	}
}

static void
check_lines(struct play *p)
{
	struct editor *fresh = editor_new(p->text.ptr, p->text.len, TEXT_MAX);
	struct buf is = BUF_INIT, should = BUF_INIT;

	editor_resize(fresh, p->rows, p->cols);
	describe(p->e, &is);
	describe(fresh, &should);
	assert(is_text(&is, &should));
	buf_release(&is);
	buf_release(&should);
	editor_free(fresh);
}

static void
check_cursor(struct play *p)
{
	size_t line, top = editor_top(p->e);
	int col;

	editor_cursor(p->e, &line, &col);
	assert(line >= top && line < top + (size_t)p->rows);
	assert(line < editor_n_lines(p->e));
	assert(col >= 0 && col <= p->cols);
	assert(p->pos == editor_position(p->e));
	assert(p->pos == p->text.len ||
	       ((uint8_t)p->text.ptr[p->pos] & 0xc0) != 0x80);
}

static void
check_selection(struct play *p)
{
	size_t from, to, is_from, is_to;
	bool selected = is_selected(p, &from, &to);
	struct buf copy = BUF_INIT;

	assert(editor_selection(p->e, &is_from, &is_to) == selected);
	assert(editor_is_marking(p->e) == p->marking);
	assert(editor_copy(p->e, &copy) == selected);
	if (selected) {
		assert(from == is_from && to == is_to);
		assert(copy.len == to - from);
		assert(memcmp(copy.ptr, p->text.ptr + from, copy.len) == 0);
	}
	buf_release(&copy);
}

static void
check(struct play *p)
{
	struct buf now = BUF_INIT;

	read_text(p, &now);
	assert(is_text(&now, &p->text));
	buf_release(&now);
	check_cursor(p);
	check_selection(p);
	check_lines(p);
}

/* All is taken back, to the first text. */
static void
check_way_back(struct play *p, const struct buf *first)
{
	struct buf now = BUF_INIT;
	size_t n = 0;

	while (editor_undo(p->e))
		n++;
	assert(n == p->past.len);
	read_text(p, &now);
	assert(is_text(&now, first));
	while (editor_redo(p->e))
		n--;
	assert(n + p->future.len == 0 || p->future.len > 0);
	buf_release(&now);
}

static void
play(struct play *p)
{
	struct buf first = BUF_INIT;

	take_text(p, TEXT_MAX, &first);
	if (first.len > TEXT_MAX)
		buf_erase(&first, TEXT_MAX, first.len - TEXT_MAX);
	buf_add(&p->text, first.ptr, first.len);
	p->e = editor_new(p->text.ptr, p->text.len, TEXT_MAX);
	act_resize(p);
	for (int i = 0; i < ACTS_MAX && p->left > 0; i++) {
		acts[take(p) % N_ACTS](p);
		check(p);
	}
	check_way_back(p, &first);
	editor_free(p->e);
	buf_release(&first);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct play p = {
		.in = data, .left = size, .past = VEC_INIT, .future = VEC_INIT
	};

	buf_init(&p.text);
	buf_add(&p.text, "", 0);
	play(&p);
	buf_release(&p.text);
	vec_release(&p.past, free_text);
	vec_release(&p.future, free_text);
	return 0;
}
