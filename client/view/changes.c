/*
 * changes.c - the rows of changes.list as a list, newest first, one item a
 * page; what narrows it is asked for in a drawer. With the rows of
 * changes.between the same list tells what differs between then and now.
 */
#include "view/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/changed.h"
#include "view/filters.h"
#include "view/listview.h"
#include "view/talk.h"

#define PAGES 1000 /* of one change that can be shown */

struct changes {
	struct listview base; /* values are PAGES * row + page */
	bool between; /* rows are pages, else changes with pages */
	struct filters filters; /* parameters of the method */
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
	json_t *params = json_copy(p->filters.values);
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
fill_head(const struct view *v, struct head *h)
{
	const struct changes *p = const_changes(v);

	if (!p->between) {
		buf_str(&h->title, _("Changes"));
		filters_place(&p->filters, _("all changes. f narrows."), h);
		return;
	}
	buf_str(&h->title, _("What changed between then and now"));
	buf_printf(&h->place, "%s ", _("Since"));
	sentence_until(&h->place, args_number(p->filters.values, "from"));
}

/* --- narrowing it --- */

static const struct filter filters[] = {
	{ .key = "handle", .kind = FILTER_PERSON },
	{ .key = "since", .kind = FILTER_SINCE },
	{ .key = "until",
	  .kind = FILTER_UNTIL,
	  .label = N_("Until a date"),
	  .word = N_("until"),
	  .question = N_("Until when? As 1-2-2026, yesterday or previous "
			 "meeting") },
	/* the wiki takes one of these */
	{ .key = "folder", .kind = FILTER_FOLDER, .excludes = "kind" },
	{ .key = "kind",
	  .label = N_("Of one type"),
	  .word = N_("of type"),
	  .question = N_("Which type? As thema or besluit"),
	  .excludes = "folder" },
};

static const struct filter_set filter_set = {
	.rows = filters,
	.n_rows = sizeof(filters) / sizeof(filters[0]),
	.question = N_("Which changes do you want to see?"),
	.all = N_("All changes"),
	.changed = reload,
};

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
		return filters_run(&p->filters, text);
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
	if (cmd == CMD_FILTER)
		return !const_changes(v)->between;
	return listview_allows(v, cmd == CMD_HISTORY ? CMD_OPEN : cmd);
}

static const enum command bar[] = { CMD_OPEN, CMD_FILTER, CMD_HISTORY, CMD_BACK,
				    CMD_GOTO, CMD_HOME,	  CMD_WHERE,   CMD_MENU,
				    CMD_HELP, CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("See the change") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct changes *p = changes_of(v);

	filters_release(&p->filters);
	listview_release(&p->base);
	free(p);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	   .place = PLACE_CHANGES,
	.head = fill_head, .preview = preview,
	.run = run,	   .allows = allows,
	.bar = bar,	   .words = bar_words,
	.reload = reload,  .returned = listview_returned,
	.free = destroy,
};

static struct view *
open_list(struct context *c, const json_t *args, bool between)
{
	struct changes *p = mem_alloc(sizeof(*p));

	listview_init(&p->base, &ops, c, changed_columns);
	p->between = between;
	filters_init(&p->filters, &filter_set, &p->base.view,
		     json_copy((json_t *)args));
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
