/*
 * thread.c - see thread.h. All remarks are one text with a cursor in it, as a
 * page is. Of a long discussion the part around where one reads is laid out
 * first.
 */
#include "view/thread.h"
#include "view/thread_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/following.h"
#include "view/naming.h"
#include "view/remarks.h"
#include "view/talk.h"

#define NUMBERS ((size_t)1 << 20) /* values of pick() from here on */
#define ANSWERS 4096 /* to one remark, of those numbers */
#define COLS 80 /* of a window that nobody has */

static struct thread *
thread_of(struct view *v)
{
	return (struct thread *)v;
}

static const struct thread *
const_thread(const struct view *v)
{
	return (const struct thread *)v;
}

static size_t
n_rows(const struct thread *t)
{
	return json_array_size(t->rows);
}

static size_t
n_laid_out(const struct thread *t)
{
	return t->starts.len / sizeof(size_t);
}

static size_t
start_of(const struct thread *t, size_t row)
{
	const size_t *starts = (const void *)t->starts.ptr;

	return READER_LEAD + starts[row];
}

size_t
thread_row(const struct thread *t)
{
	size_t at = t->reading.reader.scroll.at, n = n_laid_out(t);

	while (n && start_of(t, n - 1) > at)
		n--;
	return n;
}

const json_t *
thread_focus(const struct thread *t)
{
	size_t row = thread_row(t);

	return row ? json_array_get(t->rows, row - 1) : NULL;
}

size_t
thread_unread(const struct thread *t)
{
	size_t i, n = 0;
	const json_t *row;

	json_array_foreach(t->rows, i, row)
	{
		n += remarks_is_new(row);
	}
	return n;
}

static void
reload(struct view *v)
{
	thread_ask(thread_of(v));
}

static bool
is_ready(const struct view *v)
{
	const struct thread *t = const_thread(v);

	return t->loaded && v->ctx->titles && !thread_waits(t);
}

/* --- laying it out --- */

/* The row to begin at; that many rows: none is meant. */
static size_t
find_beginning(const struct thread *t)
{
	size_t i;
	const json_t *row;

	if (t->wanted)
		return remarks_find(t->rows, t->wanted);
	json_array_foreach(t->rows, i, row)
	{
		if (!t->arrived && remarks_is_new(row))
			return i;
	}
	return n_rows(t);
}

/* The first screen of many need not wait for the rest. */
static size_t
choose_rows(const struct thread *t)
{
	size_t n = n_rows(t), from = find_beginning(t);

	if (t->arrived || n <= 2 * THREAD_PART)
		return n;
	from = from < n ? from : 0;
	return from + THREAD_PART < n ? from + THREAD_PART : n;
}

static void
make_layout(const struct thread *t, struct layout *l, struct buf *starts,
	    const struct remarks_text *text, int width)
{
	struct naming names;

	naming_init(&names, t->view.ctx, args_text(t->head, "address"));
	remarks_layout(l, starts, text, width, &names.wiki);
	naming_release(&names);
}

/* The cursor stays on its line of its remark. */
static void
lay_out(struct thread *t, size_t n)
{
	const struct remarks_text text = { .head = t->head,
					   .rows = t->rows,
					   .n = n };
	struct reader *r = &t->reading.reader;
	size_t row = thread_row(t), at = r->scroll.at, offset = 0;
	struct layout l;

	if (row)
		offset = at - start_of(t, row - 1);
	make_layout(t, &l, &t->starts, &text, reader_measure(t->cols));
	r->rested = 0;
	reader_take(r, &l);
	r->scroll.at = at;
	if (row && row <= n_laid_out(t))
		r->scroll.at = start_of(t, row - 1) + offset;
	t->part = n < n_rows(t);
	t->laid_out = true;
}

/* With as much of its words as fits. */
static void
show_row(struct thread *t, size_t row)
{
	struct scroll *s = &t->reading.reader.scroll;
	size_t begin = start_of(t, row), rows = (size_t)s->rows;
	size_t end = row + 1 < n_laid_out(t) ? start_of(t, row + 1) - 1 : s->n;

	scroll_jump(s, begin);
	if (end > s->top + rows)
		s->top = end - rows < begin ? end - rows : begin;
	reader_moved(&t->reading.reader);
}

void
thread_go_to(struct thread *t, size_t row)
{
	struct buf line = BUF_INIT;

	if (row >= n_laid_out(t))
		return;
	show_row(t, row);
	remarks_head(json_array_get(t->rows, row), false, &line);
	context_announce(t->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

/* Also of those that are still to come. */
static size_t
count_new(const struct thread *t)
{
	return t->more ? talk_unread(t->head) : thread_unread(t);
}

static void
say_unread(struct thread *t, size_t row)
{
	size_t all = count_new(t), n = 0;

	for (size_t i = 0; i <= row; i++)
		n += remarks_is_new(json_array_get(t->rows, i));
	if (all)
		context_announce(t->view.ctx, _("Unread comment %zu of %zu."),
				 n, all);
}

/* Once, and when something was said since. */
static void
arrive(struct thread *t)
{
	size_t row = find_beginning(t);
	bool first = !t->arrived, wanted = t->wanted != NULL;

	if (row >= n_laid_out(t) && t->more)
		return; /* it may come yet */
	free(t->wanted);
	t->wanted = NULL;
	t->arrived = true;
	t->since = clock_mono_ms();
	if (row >= n_laid_out(t))
		return;
	show_row(t, row);
	if (first && !wanted)
		say_unread(t, row);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct thread *t = thread_of(v);

	t->reading.reader.scroll.rows = rows;
	if (t->head && (cols != t->cols || !t->laid_out)) {
		t->cols = cols;
		lay_out(t, choose_rows(t));
		scroll_fit(&t->reading.reader.scroll);
		if (is_ready(v) && !t->coming)
			arrive(t);
	}
	scroll_fit(&t->reading.reader.scroll);
}

static void
complete(struct thread *t)
{
	if (!t->part)
		return;
	lay_out(t, n_rows(t));
	scroll_fit(&t->reading.reader.scroll);
}

/* As soon as its first screen is shown. */
static int64_t
due(const struct view *v)
{
	const struct thread *t = const_thread(v);

	return t->part || (t->next && t->laid_out && is_ready(v)) ? 1 : 0;
}

static void
tick(struct view *v, bool ends)
{
	struct thread *t = thread_of(v);

	if (ends || !due(v))
		return;
	complete(t);
	thread_ask_next(t);
}

/* Before it is shown a key may come. */
static void
returned(struct view *v)
{
	struct thread *t = thread_of(v);

	if (t->cols)
		recalc(v, t->reading.reader.scroll.rows, t->cols);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	(void)k;
	(void)r;
	returned(v);
	thread_note_seen(thread_of(v));
	complete(thread_of(v));
	thread_of(v)->arrived = thread_of(v)->loaded;
	return false;
}

static void
rest(struct view *v)
{
	thread_note_seen(thread_of(v));
	thread_mark_seen(thread_of(v));
	reader_rest(&thread_of(v)->reading.reader);
	thread_of(v)->laid_out = false;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct thread *t = const_thread(v);
	size_t unread = count_new(t);
	const char *address = args_text(t->head, "address"), *found;
	const char *page = args_text(t->head, "page");

	if (!t->head) {
		buf_str(&h->title, t->code);
		return;
	}
	if (!*page)
		page = context_find(v->ctx, address, &found);
	buf_printf(&h->title, "%s - %s, ", args_text(t->head, "title"),
		   _("discussion"));
	talk_state(t->head, &h->title);
	head_cut_name(h, args_text(t->head, "title"));
	if (unread)
		buf_printf(&h->state, _("%zu new"), unread);
	else if (!context_may_write(v->ctx))
		buf_str(&h->state, _("read only"));
	buf_printf(&h->place, _("Discussions > %s"),
		   page && *page ? page : address);
	talk_tell_follow(args_text(t->head, "follow"), &h->fact);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct thread *t = const_thread(v);

	if (t->head) {
		reader_paint(&t->reading.reader, c, top, rows);
		return;
	}
	(void)canvas_ellipsis(c, top + READER_LEAD, 2, canvas_cols(c) - 2,
			      STYLE_PLAIN,
			      _("This discussion cannot be shown."));
	(void)canvas_text(c, top + READER_LEAD, 0, 1, STYLE_PLAIN, ">");
	canvas_cursor(c, top + READER_LEAD, 0);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_thread(v)->reading.reader.scroll);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct thread *t = const_thread(v);
	const json_t *row = thread_focus(t);

	buf_printf(out, "%s, ", args_text(t->head, "title"));
	talk_count(t->head, out);
	buf_str(out, ": ");
	if (row) {
		remarks_head(row, false, out);
		buf_str(out, ", ");
	}
	reading_where(&t->reading, out);
	buf_char(out, '.');
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct thread *thread = const_thread(v);
	const struct remarks_text text = { .head = thread->head,
					   .rows = thread->rows,
					   .n = n_rows(thread),
					   .spoken = true };
	struct buf starts = BUF_INIT;
	struct layout l;

	if (!thread->head) {
		telling_add(t, TELLING_TEXT,
			    _("This discussion cannot be shown."), 0);
		return;
	}
	make_layout(thread, &l, &starts, &text, LAYOUT_UNWRAPPED);
	reading_tell(&l, t);
	layout_release(&l);
	buf_release(&starts);
}

const char *
thread_code(const struct view *v)
{
	return const_thread(v)->code;
}

size_t
thread_value(const char *number)
{
	unsigned n, m = 0;
	char rest;

	if (sscanf(number, "%5u.%4u%c", &n, &m, &rest) > 2 || m >= ANSWERS ||
	    sscanf(number, "%5u", &n) != 1 || !n ||
	    strspn(number, "0123456789.") != strlen(number))
		return 0;
	return NUMBERS + (size_t)n * ANSWERS + m;
}

/* A link, or a remark by its number. */
static bool
pick(struct view *v, size_t value)
{
	struct thread *t = thread_of(v);
	char number[32];
	size_t row;

	if (t->head && !t->reading.reader.layout.n_lines) {
		t->cols = t->cols ? t->cols : COLS;
		lay_out(t, n_rows(t));
	}
	complete(t);
	if (value < NUMBERS)
		return reading_pick(&t->reading, value);
	value -= NUMBERS;
	(void)snprintf(number, sizeof(number),
		       value % ANSWERS ? "%zu.%zu" : "%zu", value / ANSWERS,
		       value % ANSWERS);
	row = remarks_find(t->rows, number);
	if (row >= n_laid_out(t))
		return false;
	scroll_to(&t->reading.reader.scroll, start_of(t, row));
	reader_moved(&t->reading.reader);
	return true;
}

/* --- acting --- */

static void
step_row(struct thread *t, int by)
{
	size_t row = thread_row(t), n = n_laid_out(t);

	if (by > 0 && row < n)
		thread_go_to(t, row);
	else if (by < 0 && row > 1)
		thread_go_to(t, row - 2);
}

static void
go_to_unread(struct thread *t)
{
	size_t n = n_rows(t), from = thread_row(t);

	for (size_t k = 0; k < n; k++) {
		size_t i = (from + k) % n;

		if (!remarks_is_new(json_array_get(t->rows, i)))
			continue;
		thread_go_to(t, i);
		say_unread(t, i);
		return;
	}
}

/* Above the remarks Enter goes to the passage. */
static struct request
follow(struct thread *t)
{
	struct request r = request_of(REQUEST_NONE);

	if (!t->head)
		return r;
	if (!thread_row(t)) {
		(void)thread_act(t, CMD_PASSAGE, NULL, &r);
		return r;
	}
	if (reader_link_here(&t->reading.reader))
		return following_open(&t->reading, t->view.ctx,
				      args_text(t->head, "address"));
	context_say(t->view.ctx, "%s", _("There is no link on this line."));
	return r;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct thread *t = thread_of(v);
	struct request r;

	if (reading_run(&t->reading, v->ctx, cmd, text, &r) ||
	    (t->head && thread_act(t, cmd, text, &r)))
		return r;
	if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM)
		step_row(t, cmd == CMD_NEXT_ITEM ? 1 : -1);
	else if (cmd == CMD_UNREAD)
		go_to_unread(t);
	else if (cmd == CMD_FOLLOW)
		return follow(t);
	return request_of(cmd == CMD_BACK ? REQUEST_BACK : REQUEST_NONE);
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct thread *t = const_thread(v);

	if (cmd == CMD_UNREAD)
		return thread_unread(t) > 0;
	if (cmd == CMD_SETTLE)
		return t->head && talk_may_settle(v->ctx, t->head);
	if (cmd == CMD_EDIT)
		return t->head && thread_may_edit(t);
	return thread_can(t, cmd);
}

static const enum command bar[] = { CMD_REPLY, CMD_UNREAD, CMD_SETTLE,
				    CMD_WATCH, CMD_EDIT,   CMD_NEXT_ITEM,
				    CMD_BACK,  CMD_FOLLOW, CMD_WHERE,
				    CMD_MENU,  CMD_HELP,   CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)key;
	if (cmd == CMD_SETTLE && !talk_is_open(const_thread(v)->head))
		buf_str(word, _("Reopen"));
	else if (cmd == CMD_NEW)
		buf_str(word, _("New comment"));
	else
		talk_name_follow(args_text(const_thread(v)->head, "follow"),
				 cmd, word);
}

/* The page it is about. */
static const char *
about_page(const struct view *v, json_int_t *version)
{
	const struct thread *t = const_thread(v);

	*version = 0;
	return t->head ? args_text(t->head, "address") : NULL;
}

static void
destroy(struct view *v)
{
	struct thread *t = thread_of(v);

	link_forget(v->ctx->link, v);
	thread_note_seen(t);
	thread_mark_seen(t);
	reading_release(&t->reading);
	buf_release(&t->starts);
	json_decref(t->head);
	json_decref(t->rows);
	json_decref(t->coming);
	json_decref(t->next);
	free(t->code);
	free(t->wanted);
	free(t->splitting);
	free(t);
}

static const struct view_ops ops = {
	.place = PLACE_THREAD,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.allows = allows,
	.bar = bar,
	.name = name,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.page = about_page,
	.reload = reload,
	.rest = rest,
	.returned = returned,
	.due = due,
	.tick = tick,
	.free = destroy,
};

struct view *
thread_view_new(struct context *c, const json_t *args)
{
	struct thread *t = mem_alloc(sizeof(*t));

	t->view.ops = &ops;
	t->view.ctx = c;
	t->code = mem_strdup(args_text(args, "thread"));
	t->rows = json_array();
	buf_init(&t->starts);
	if (*args_text(args, "remark"))
		t->wanted = mem_strdup(args_text(args, "remark"));
	t->resume = json_is_true(json_object_get(args, "resume"));
	reading_init(&t->reading);
	reload(&t->view);
	return &t->view;
}
