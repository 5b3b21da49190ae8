/*
 * changes.c - the rows of changes.list as a list, newest first, one item a
 * page; what narrows it is asked for in a drawer. With the rows of
 * changes.between the same list tells what differs between then and now.
 */
#include "view/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/lastmeeting.h"
#include "base/sentence.h"
#include "base/when.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/changed.h"
#include "view/listview.h"
#include "view/talk.h"

#define PAGES 1000 /* of one change that can be shown */

struct filter;

struct changes {
	struct listview base; /* values are PAGES * row + page */
	bool between; /* rows are pages, else changes with pages */
	json_t *filter; /* parameters of the method */
	const struct filter *asking; /* the one that is being typed, or NULL */
	const struct filter *meeting; /* the one that waits for its end */
};

static struct changes *
changes_of(struct view *v)
{
	return (struct changes *)v;
}

static const struct changes *
const_changes(const struct view *v)
{
	return (const struct changes *)v;
}

/* --- the list --- */

static const json_t *
pages_of(const json_t *row)
{
	return json_object_get(row, "pages");
}

/* A change of the wiki that touched no page is not told. */
static void
add_change(struct changes *p, size_t i, const json_t *row)
{
	const json_t *pages = pages_of(row), *page;
	size_t k;

	json_array_foreach(pages, k, page)
	{
		if (k == PAGES)
			return;
		changed_add(&p->base.list, PAGES * i + k, page,
			    args_text(page, "action"), row);
		newcount_show(&p->base.list, page);
	}
}

static void
add_difference(struct changes *p, size_t i, const json_t *row)
{
	changed_add(&p->base.list, PAGES * i, row, args_text(row, "state"),
		    NULL);
	newcount_show(&p->base.list, row);
}

static void
fill_list(struct view *v)
{
	struct changes *p = changes_of(v);

	listing_clear(&p->base.list);
	for (size_t i = 0; i < feed_size(&p->base.feed); i++) {
		const json_t *row = feed_row(&p->base.feed, i);

		if (p->between)
			add_difference(p, i, row);
		else
			add_change(p, i, row);
	}
	if (!p->base.list.items.len)
		listing_say(&p->base.list,
			    p->between ? _("Nothing is different now.")
				       : _("Nothing was changed."));
}

static json_t *
params_of(const struct changes *p)
{
	json_t *params = json_copy(p->filter);
	int64_t at = p->base.view.ctx->at;

	if (at && !p->between && !json_object_get(params, "until"))
		(void)json_object_set_new(params, "until", json_integer(at));
	return params;
}

static void
reload(struct view *v)
{
	feed_reload(&changes_of(v)->base.feed, params_of(changes_of(v)));
}

/* --- showing --- */

static void
add_word(struct buf *out, const char *word)
{
	buf_printf(out, "%s%s ", out->len ? ", " : "", word);
}

static void
add_moment(const struct changes *p, const char *key, const char *word,
	   struct buf *out)
{
	const json_t *time = json_object_get(p->filter, key);

	if (!time)
		return;
	add_word(out, word);
	sentence_day(out, json_integer_value(time));
}

static void
add_text(const struct changes *p, const char *key, const char *word,
	 struct buf *out)
{
	const char *text = args_text(p->filter, key);

	if (!*text)
		return;
	add_word(out, word);
	buf_str(out, text);
}

static void
fill_place(const struct changes *p, struct head *h)
{
	add_text(p, "handle", _("by"), &h->only);
	add_moment(p, "since", _("since"), &h->only);
	add_moment(p, "until", _("until"), &h->only);
	add_text(p, "folder", _("in folder"), &h->only);
	add_text(p, "kind", _("of type"), &h->only);
	buf_printf(&h->place, "%s, %s", _("Newest first"),
		   h->only.len ? h->only.ptr : _("all changes. f narrows."));
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct changes *p = const_changes(v);

	if (!p->between) {
		buf_str(&h->title, _("Changes"));
		fill_place(p, h);
		return;
	}
	buf_str(&h->title, _("What changed between then and now"));
	buf_printf(&h->place, "%s ", _("Since"));
	sentence_day(&h->place, args_number(p->filter, "from"));
}

/* --- narrowing it --- */

static const struct filter {
	const char *key, *label, *question;
	bool is_moment;
} filters[] = {
	{ "handle", N_("Of one person"),
	  N_("Of whom? Type the name to sign in "
	     "with"),
	  false },
	{ "since", N_("Since a date"),
	  N_("Since when? As 1-2-2026, yesterday or previous meeting"), true },
	{ "until", N_("Until a date"),
	  N_("Until when? As 1-2-2026, yesterday or previous meeting"), true },
	{ "folder", N_("In one folder"), N_("Which folder? As themas"), false },
	{ "kind", N_("Of one type"), N_("Which type? As thema or besluit"),
	  false },
};

#define FILTERS (sizeof(filters) / sizeof(filters[0]))

static struct request
ask_filter(struct changes *p)
{
	struct request r = request_of(REQUEST_ASK);

	p->asking = NULL;
	r.question = question_new(_("Which changes do you want to see?"), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (size_t i = 0; i < FILTERS; i++)
		question_add(r.question, gettext(filters[i].label), CMD_FILTER,
			     filters[i].key);
	question_add(r.question, _("All changes"), CMD_FILTER, "");
	return r;
}

static const struct filter *
find_filter(const char *key)
{
	for (size_t i = 0; i < FILTERS; i++)
		if (strcmp(filters[i].key, key) == 0)
			return &filters[i];
	return NULL;
}

static void
take_meeting(void *ctx, const struct rpc_msg *m)
{
	struct changes *p = ctx;
	int64_t at;

	if (m->kind == RPC_ERROR) {
		context_say_error(p->base.view.ctx, m);
		return;
	}
	if (!lastmeeting_end(m->result, &at)) {
		context_say(p->base.view.ctx, "%s",
			    _("There was no meeting before today."));
		return;
	}
	(void)json_object_set_new(p->filter, p->meeting->key, json_integer(at));
	reload(&p->base.view);
}

static void
set_filter(struct changes *p, const struct filter *f, const char *text)
{
	int64_t begin, end;

	if (f->is_moment && when_is_last_meeting(text)) {
		p->meeting = f;
		(void)link_call(p->base.view.ctx->link, "meeting.list",
				lastmeeting_params(), take_meeting, p);
		return;
	}
	if (f->is_moment && !when_read(text, clock_wall(), &begin, &end)) {
		context_say(p->base.view.ctx,
			    _("%s is no date we know. Type it as "
			      "1-2-2026."),
			    text);
		return;
	}
	if (f->is_moment)
		(void)json_object_set_new(
			p->filter, f->key,
			json_integer(strcmp(f->key, "until") ? begin : end));
	else
		(void)json_object_set_new(p->filter, f->key, json_string(text));
	/* The wiki takes one of these. */
	if (strcmp(f->key, "kind") == 0)
		(void)json_object_del(p->filter, "folder");
	if (strcmp(f->key, "folder") == 0)
		(void)json_object_del(p->filter, "kind");
	reload(&p->base.view);
}

/* Nothing: ask what; a name of a filter: ask its value; else the value. */
static struct request
filter(struct changes *p, const char *text)
{
	const struct filter *f = p->asking;
	struct request r;

	if (!text)
		return ask_filter(p);
	p->asking = NULL;
	if (f) {
		set_filter(p, f, text);
		return request_of(REQUEST_NONE);
	}
	f = find_filter(text);
	if (!f) {
		(void)json_object_clear(p->filter);
		reload(&p->base.view);
		return request_of(REQUEST_NONE);
	}
	p->asking = f;
	r = request_text(REQUEST_FIELD, gettext(f->question));
	r.command = CMD_FILTER;
	return r;
}

/* --- acting --- */

/* The page in focus, or NULL. */
static const json_t *
focused_page(const struct changes *p)
{
	const json_t *row;
	size_t value;

	if (!listing_focus(&p->base.list, &value))
		return NULL;
	row = feed_row(&p->base.feed, value / PAGES);
	return p->between ? row : json_array_get(pages_of(row), value % PAGES);
}

static struct request
show_change(const struct changes *p, const json_t *page)
{
	json_int_t to = json_integer_value(
		json_object_get(page, p->between ? "to" : "version"));
	json_int_t from = p->between ? args_number(page, "from") : to - 1;

	if (*args_text(page, "thread"))
		return talk_open(page, args_text(page, "remark"));
	if (!to) /* it is gone */
		return request_show(SCREEN_HISTORY,
				    json_pack("{s:s}", "address",
					      args_text(page, "address")));
	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address",
				      args_text(page, "address"), "from", from,
				      "to", to));
}

static struct request
preview(const struct view *v)
{
	const struct changes *p = const_changes(v);
	const json_t *page = focused_page(p);

	return page ? show_change(p, page) : request_of(REQUEST_NONE);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct changes *p = changes_of(v);
	const json_t *page;

	if (listview_run(v, cmd, text, &r))
		return r;
	page = focused_page(p);
	if (cmd == CMD_FILTER && !p->between)
		return filter(p, text);
	if (cmd == CMD_OPEN && page)
		return show_change(p, page);
	if (cmd == CMD_HISTORY && page)
		return request_show(SCREEN_HISTORY,
				    json_pack("{s:s}", "address",
					      args_text(page, "address")));
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return cmd != CMD_FILTER || !const_changes(v)->between;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN,	CMD_FILTER, CMD_HISTORY,
					     CMD_BACK,	CMD_GOTO,   CMD_HOME,
					     CMD_WHERE, CMD_MENU,   CMD_HELP,
					     CMD_N };

	(void)v;
	return list;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	(void)key;
	if (cmd == CMD_OPEN)
		buf_str(word, _("See the change"));
}

static void
destroy(struct view *v)
{
	struct changes *p = changes_of(v);

	listview_release(&p->base);
	json_decref(p->filter);
	free(p);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_CHANGES,
	.is_ready = listview_is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.preview = preview,
	.run = run,
	.allows = allows,
	.bar = bar,
	.name = name,
	.reload = reload,
	.returned = listview_returned,
	.free = destroy,
};

static struct view *
open_list(struct context *c, const json_t *args, bool between)
{
	struct changes *p = mem_alloc(sizeof(*p));

	listview_init(&p->base, &ops, c, changed_columns);
	p->between = between;
	p->filter = args ? json_copy((json_t *)args) : json_object();
	listview_feed(&p->base, between ? "changes.between" : "changes.list",
		      between ? "after" : "before", fill_list);
	reload(&p->base.view);
	return &p->base.view;
}

struct view *
changes_view_new(struct context *c, const json_t *args)
{
	return open_list(c, args, false);
}

struct view *
between_view_new(struct context *c, const json_t *args)
{
	return open_list(c, args, true);
}
