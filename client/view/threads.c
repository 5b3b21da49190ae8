/* threads.c - see threads.h. */
#include "view/threads.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/filters.h"
#include "view/listview.h"
#include "view/talk.h"

struct threads {
	struct listview base; /* values are indexes of rows */
	char *address;
	char *wanted; /* code of the one to begin at, or NULL */
	struct filters filters;
	size_t n_open, n_unread;
	bool told; /* what can be done */
	bool resume; /* go on with the draft of a new one */
};

static struct threads *
threads_of(struct view *v)
{
	return (struct threads *)v;
}

static const struct threads *
const_threads(const struct view *v)
{
	return (const struct threads *)v;
}

/* --- the list --- */

static void
add_last(struct threads *t, const json_t *newest)
{
	struct buf line = BUF_INIT;

	if (!json_is_object(newest))
		return;
	buf_printf(&line, "%s, ", args_text(newest, "handle"));
	sentence_date(&line, args_number(newest, "time"));
	buf_printf(&line, ": %s", args_text(newest, "text"));
	listing_detail(&t->base.list, line.ptr, 1);
	buf_release(&line);
}

static void
add_thread(struct threads *t, size_t i, const json_t *row)
{
	struct buf count = BUF_INIT, unread = BUF_INIT, about = BUF_INIT;
	size_t n = talk_unread(row);
	const char *cells[LISTING_COLUMNS] = { NULL };

	if (n)
		buf_printf(&unread, _("%zu new"), n);
	if (n && !talk_is_open(row)) /* there is room for one of the two */
		talk_state(row, &count);
	else
		talk_count(row, &count);
	cells[0] = count.ptr;
	cells[1] = unread.ptr;
	listing_add(&t->base.list, i, args_text(row, "title"), cells);
	add_last(t, json_object_get(row, "newest"));
	talk_about(row, &about);
	listing_detail(&t->base.list, about.ptr, 1);
	buf_release(&count);
	buf_release(&unread);
	buf_release(&about);
}

static void
say_emptiness(struct threads *t)
{
	const char *line = _("There are no discussions yet.");

	if (filters_narrow(&t->filters))
		line = _("No discussion fits the filter.");
	else if (context_allows(t->base.view.ctx, CMD_REPLY))
		line = _("There are no discussions yet. n begins one about "
			 "this page; r on a line of the page about that text.");
	listing_say(&t->base.list, line);
}

static bool
may_settle_any(const struct threads *t)
{
	for (size_t i = 0; i < feed_size(&t->base.feed); i++)
		if (talk_may_settle(t->base.view.ctx,
				    feed_row(&t->base.feed, i)))
			return true;
	return false;
}

static void
say_what_can_be_done(struct threads *t)
{
	if (!t->told && context_allows(t->base.view.ctx, CMD_SETTLE) &&
	    feed_size(&t->base.feed))
		context_say(t->base.view.ctx, "%s",
			    may_settle_any(t)
				    ? _("n begins a new discussion. a resolves "
					"one.")
				    : _("n begins a new discussion."));
	t->told = true;
}

static void
fill_list(struct view *v)
{
	struct threads *t = threads_of(v);
	const json_t *row;

	listing_clear(&t->base.list);
	t->n_open = t->n_unread = 0;
	for (size_t i = 0; i < feed_size(&t->base.feed); i++) {
		row = feed_row(&t->base.feed, i);
		add_thread(t, i, row);
		t->n_open += talk_is_open(row);
		t->n_unread += talk_unread(row);
		if (t->wanted &&
		    strcmp(args_text(row, "thread"), t->wanted) == 0)
			listing_want(&t->base.list, i);
	}
	free(t->wanted);
	t->wanted = NULL;
	if (t->resume)
		view_post(v,
			  request_show(SCREEN_REMARK,
				       json_pack("{s:s, s:b}", "address",
						 t->address, "resume", true)));
	t->resume = false;
	if (!feed_size(&t->base.feed))
		say_emptiness(t);
	say_what_can_be_done(t);
}

static void
reload(struct view *v)
{
	struct threads *t = threads_of(v);
	json_t *params = json_copy(t->filters.values);
	const json_t *row = listview_row(&t->base);

	/* others may stand before it then */
	if (row && !t->wanted)
		t->wanted = mem_strdup(args_text(row, "thread"));
	(void)json_object_set_new(params, "address", json_string(t->address));
	feed_reload(&t->base.feed, context_params(v->ctx, params));
}

static bool
is_ready(const struct view *v)
{
	return listview_is_ready(v) && v->ctx->titles;
}

static const struct filter filters[] = {
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Only open ones"),
	  .word = N_("open"),
	  .value = "open" },
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Only resolved ones"),
	  .word = N_("resolved"),
	  .value = "resolved" },
};

static const struct filter_set filter_set = {
	.rows = filters,
	.n_rows = sizeof(filters) / sizeof(filters[0]),
	.question = N_("Which discussions?"),
	.all = N_("All"),
	.changed = reload,
};

/* --- showing --- */

static void
tell_how_many(const struct threads *t, struct buf *out)
{
	size_t n = feed_size(&t->base.feed);

	if (feed_has_more(&t->base.feed))
		buf_printf(out, _("More than %zu discussions."), n);
	else
		buf_printf(out,
			   ngettext("%zu discussion.", "%zu discussions.", n),
			   n);
	if (n > 1)
		buf_printf(out, " %s", _("Open first, the newest at the top."));
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct threads *t = const_threads(v);
	const char *address;
	const char *title = context_find(v->ctx, t->address, &address);

	title = title ? title : t->address;
	buf_printf(&h->title, _("Discussions: %s"), title);
	if (t->n_unread)
		buf_printf(&h->state, _("%zu new"), t->n_unread);
	if (!filters_only(&t->filters, h))
		tell_how_many(t, &h->place);
}

static const char *
about_page(const struct view *v, json_int_t *version)
{
	*version = 0;
	return const_threads(v)->address;
}

/* --- acting --- */

static struct request
open_focus(const struct threads *t)
{
	const json_t *row = listview_row(&t->base);

	return row ? talk_open(row, NULL) : request_of(REQUEST_NONE);
}

static struct request
preview(const struct view *v)
{
	return open_focus(const_threads(v));
}

/* The first with something unread behind the one in focus, round the end. */
static struct request
open_unread(const struct threads *t)
{
	size_t n = feed_size(&t->base.feed), at = 0;

	(void)listing_focus(&t->base.list, &at);
	for (size_t k = 0; k < n; k++) {
		const json_t *row = feed_row(&t->base.feed, (at + k) % n);

		if (talk_unread(row))
			return talk_open(row, NULL);
	}
	return request_of(REQUEST_NONE);
}

static struct request
settle(struct threads *t)
{
	const json_t *row = listview_row(&t->base);

	return row ? talk_ask_settle(t->base.view.ctx, row)
		   : request_of(REQUEST_NONE);
}

static struct request
follow(struct threads *t, enum command cmd)
{
	const json_t *row = listview_row(&t->base);

	if (row)
		talk_follow(&t->base.view, args_text(row, "thread"), "",
			    args_text(row, "follow"), cmd);
	return request_of(REQUEST_NONE);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct threads *t = threads_of(v);
	struct request r;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return open_focus(t);
	if (cmd == CMD_UNREAD)
		return open_unread(t);
	if (cmd == CMD_FILTER)
		return filters_run(&t->filters, text);
	if (cmd == CMD_SETTLE)
		return settle(t);
	if (cmd == CMD_WATCH || cmd == CMD_MUTE)
		return follow(t, cmd);
	if (cmd == CMD_NEW)
		return talk_ask_title();
	if (cmd == CMD_TALK_TITLE && text && *text)
		return talk_begin(t->address, text, NULL);
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct threads *t = const_threads(v);
	const json_t *row = listview_row(&t->base);

	if (cmd == CMD_UNREAD)
		return t->n_unread > 0;
	if (cmd == CMD_WATCH || cmd == CMD_MUTE)
		return *args_text(row, "follow") != '\0';
	if (cmd == CMD_SETTLE)
		return row && talk_may_settle(v->ctx, row);
	return listview_allows(v, cmd);
}

static const enum command bar[] = { CMD_OPEN,	CMD_NEW,  CMD_UNREAD, CMD_WATCH,
				    CMD_FILTER, CMD_BACK, CMD_SETTLE, CMD_WHERE,
				    CMD_MENU,	CMD_HELP, CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	const json_t *row = listview_row(&const_threads(v)->base);

	(void)key;
	if (cmd == CMD_NEW)
		buf_str(word, _("New discussion"));
	else if (cmd == CMD_SETTLE && row && !talk_is_open(row))
		buf_str(word, _("Reopen"));
	else
		talk_name_follow(args_text(row, "follow"), cmd, word);
}

static void
destroy(struct view *v)
{
	struct threads *t = threads_of(v);

	filters_release(&t->filters);
	listview_release(&t->base);
	free(t->address);
	free(t->wanted);
	free(t);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_THREADS,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.preview = preview,
	.page = about_page,
	.run = run,
	.allows = allows,
	.bar = bar,
	.name = name,
	.reload = reload,
	.returned = reload,
	.free = destroy,
};

struct view *
threads_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 51, .width = 24, .from = 60 },
		{ .at = 73, .width = 7, .right = true, .from = 60 },
	};
	struct threads *t = mem_alloc(sizeof(*t));

	listview_init(&t->base, &ops, c, columns);
	t->address = mem_strdup(args_text(args, "address"));
	filters_init(&t->filters, &filter_set, &t->base.view, NULL);
	if (*args_text(args, "thread"))
		t->wanted = mem_strdup(args_text(args, "thread"));
	t->resume = json_is_true(json_object_get(args, "resume"));
	listview_feed(&t->base, "thread.list", "after", fill_list);
	reload(&t->base.view);
	return &t->base.view;
}
