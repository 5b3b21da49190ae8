/*
 * deleted.c - see deleted.h. The changes of the wiki are looked through from
 * the newest on, some at a time: for as long as there are few pages to show.
 */
#include "view/deleted.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

#define PARTS_AT_ONCE 10 /* of 500 changes: then one must go to the end */

struct deleted {
	struct listview base; /* values are indexes of rows */
	json_t *rows; /* {address, title, time, handle, note} */
	json_t *seen; /* addresses that newer changes were about */
	json_int_t next; /* of changes.list, 0: all was looked through */
	int parts; /* still to be asked by ourselves */
	bool asked, loaded;
};

static struct deleted *
deleted_of(struct view *v)
{
	return (struct deleted *)v;
}

static const struct deleted *
const_deleted(const struct view *v)
{
	return (const struct deleted *)v;
}

/* --- data --- */

static void
add_item(struct deleted *d, size_t i, const json_t *row)
{
	struct buf day = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	sentence_day(&day, args_number(row, "time"));
	cells[0] = args_text(row, "handle");
	cells[1] = day.ptr;
	listing_add(&d->base.list, i,
		    *args_text(row, "title") ? args_text(row, "title")
					     : args_text(row, "address"),
		    cells);
	listing_detail(&d->base.list, args_text(row, "address"), 1);
	buf_release(&day);
}

static void
fill_list(struct deleted *d)
{
	listing_clear(&d->base.list);
	for (size_t i = 0; i < json_array_size(d->rows); i++)
		add_item(d, i, json_array_get(d->rows, i));
	if (!json_array_size(d->rows))
		listing_say(&d->base.list,
			    d->next ? _("Busy: looking for deleted "
					"pages.")
				    : _("No page has been deleted."));
}

/* Where a page came from is told as gone, with the version of its move. */
static bool
is_moved(const json_t *pages, const json_t *gone)
{
	const json_t *page;
	size_t i;

	json_array_foreach(pages, i, page)
	{
		if (strcmp(args_text(page, "action"), "moved") == 0 &&
		    json_equal(json_object_get(page, "version"),
			       json_object_get(gone, "version")))
			return true;
	}
	return false;
}

/* A page that was made again is not gone. */
static bool
is_gone(const struct deleted *d, const json_t *page)
{
	const char *address = args_text(page, "address"), *found;

	return strcmp(args_text(page, "action"), "gone") == 0 &&
	       !json_object_get(d->seen, address) &&
	       (!context_find(d->base.view.ctx, address, &found) ||
		strcmp(found, address) != 0);
}

static void
take_change(struct deleted *d, const json_t *change)
{
	const json_t *pages = json_object_get(change, "pages"), *page;
	size_t i;

	json_array_foreach(pages, i, page)
	{
		if (is_gone(d, page) && !is_moved(pages, page))
			(void)json_array_append_new(
				d->rows,
				json_pack(
					"{s:O, s:O?, s:O, s:O?}", "address",
					json_object_get(page, "address"),
					"title", json_object_get(page, "title"),
					"time", json_object_get(change, "time"),
					"handle",
					json_object_get(change, "handle")));
		(void)json_object_set_new(d->seen, args_text(page, "address"),
					  json_true());
	}
}

static void
ask(struct deleted *d);

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct deleted *d = ctx;
	const json_t *rows = json_object_get(m->result, "rows");

	d->loaded = true;
	d->asked = false;
	if (m->kind == RPC_ERROR) {
		context_say_error(d->base.view.ctx, m);
		return;
	}
	for (size_t i = 0; i < json_array_size(rows); i++)
		take_change(d, json_array_get(rows, i));
	d->next = args_number(m->result, "next");
	fill_list(d);
	if (d->next && --d->parts > 0)
		ask(d);
}

static void
ask(struct deleted *d)
{
	json_t *params = json_object();

	if (d->next)
		(void)json_object_set_new(params, "before",
					  json_integer(d->next));
	d->asked = true;
	(void)link_call(d->base.view.ctx->link, "changes.list", params,
			take_rows, d);
}

static void
reload(struct view *v)
{
	struct deleted *d = deleted_of(v);

	link_forget(v->ctx->link, v);
	(void)json_array_clear(d->rows);
	(void)json_object_clear(d->seen);
	d->next = 0;
	d->parts = PARTS_AT_ONCE;
	ask(d);
}

static bool
is_ready(const struct view *v)
{
	return const_deleted(v)->loaded && v->ctx->titles;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	buf_str(&h->title, _("Deleted pages"));
	if (!listing_is_empty(&const_deleted(v)->base.list))
		buf_str(&h->place,
			_("The last deleted first. Enter puts one back."));
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct deleted *d = deleted_of(v);

	listing_recalc(&d->base.list, rows, cols);
	if (d->next && !d->asked && listing_nears_end(&d->base.list) &&
	    json_array_size(d->rows)) {
		d->parts = 1;
		ask(d);
	}
}

static bool
has_more(const struct view *v)
{
	return const_deleted(v)->next > 0 ||
	       scroll_has_more(&const_deleted(v)->base.list.scroll);
}

/* --- acting --- */

static struct request
ask_to_restore(const struct deleted *d)
{
	struct request r = request_of(REQUEST_NONE);
	struct buf line = BUF_INIT;
	const json_t *row;
	size_t i;

	if (!listing_focus(&d->base.list, &i))
		return r;
	row = json_array_get(d->rows, i);
	buf_printf(&line, _("Question: put %s back?"),
		   args_text(row, "address"));
	r.kind = REQUEST_ASK;
	r.question = question_new(line.ptr, _("It comes back as it was, with "
					      "its versions. u deletes it "
					      "again."));
	question_add(r.question, _("No"), CMD_N, NULL);
	question_add(r.question, _("Yes, put it back"), CMD_RESTORE,
		     args_text(row, "address"));
	buf_release(&line);
	return r;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct deleted *d = deleted_of(v);

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return ask_to_restore(d);
	return r;
}

static const enum command bar[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK, CMD_HOME,
				    CMD_MENU, CMD_HELP,	     CMD_N };

static void
destroy(struct view *v)
{
	struct deleted *d = deleted_of(v);

	listview_release(&d->base);
	json_decref(d->rows);
	json_decref(d->seen);
	free(d);
}

static const struct view_ops ops = {
	.place = PLACE_PAGES,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = listview_paint,
	.has_more = has_more,
	.run = run,
	.allows = listview_allows,
	.bar = bar,
	.where = listview_where,
	.tell = listview_tell,
	.pick = listview_pick,
	.reload = reload,
	.free = destroy,
};

struct view *
deleted_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 46, .width = 17, .from = 70 },
		{ .at = 64, .width = 15, .right = true, .from = 80 },
	};
	struct deleted *d = mem_alloc(sizeof(*d));

	(void)args;
	listview_init(&d->base, &ops, c, columns);
	d->rows = json_array();
	d->seen = json_object();
	reload(&d->base.view);
	return &d->base.view;
}
