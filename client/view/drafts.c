/* drafts.c - see drafts.h. Enter asks what to do with a draft. */
#include "view/drafts.h"

#include <stdlib.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

struct drafts {
	struct listview base; /* values are indexes of rows */
	json_t *rows; /* of draft.list */
	bool loaded;
};

static struct drafts *
drafts_of(struct view *v)
{
	return (struct drafts *)v;
}

static const struct drafts *
const_drafts(const struct view *v)
{
	return (const struct drafts *)v;
}

static json_int_t
number_of(const json_t *row, const char *key)
{
	return json_integer_value(json_object_get(row, key));
}

static const char *
title_of(const json_t *row)
{
	return *args_text(row, "title") ? args_text(row, "title")
					: args_text(row, "address");
}

/* --- data --- */

/* What became of the page meanwhile, or NULL. */
static const char *
describe_page(const json_t *row)
{
	if (json_is_null(json_object_get(row, "title")))
		return _("This page does not exist (any more).");
	if (number_of(row, "base") != number_of(row, "latest"))
		return _("The page was changed since; saving joins both.");
	return NULL;
}

static void
add_row(struct drafts *d, size_t i, const json_t *row)
{
	struct buf when = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	sentence_moment(&when, number_of(row, "time"));
	cells[0] = when.ptr;
	listing_add(&d->base.list, i, title_of(row), cells);
	if (describe_page(row))
		listing_detail(&d->base.list, describe_page(row), 1);
	buf_release(&when);
}

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct drafts *d = ctx;

	d->loaded = true;
	if (m->kind == RPC_ERROR) {
		context_say_error(d->base.view.ctx, m);
		return;
	}
	json_decref(d->rows);
	d->rows = json_incref(json_object_get(m->result, "rows"));
	listing_clear(&d->base.list);
	for (size_t i = 0; i < json_array_size(d->rows); i++)
		add_row(d, i, json_array_get(d->rows, i));
	if (!json_array_size(d->rows))
		listing_say(&d->base.list,
			    _("You have no drafts. What you type and "
			      "do not save is kept here."));
}

static void
reload(struct view *v)
{
	link_forget(v->ctx->link, v);
	(void)link_call(v->ctx->link, "draft.list", NULL, take_rows, v);
}

static bool
is_ready(const struct view *v)
{
	return const_drafts(v)->loaded;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = json_array_size(const_drafts(v)->rows);

	buf_str(&h->title, _("My drafts"));
	buf_printf(&h->state, ngettext("%zu draft", "%zu drafts", n), n);
	buf_str(&h->place, _("What you typed and did not save"));
}

/* --- acting --- */

static struct request
ask_what(const struct drafts *d)
{
	struct request r = request_of(REQUEST_NONE);
	struct buf line = BUF_INIT;
	const char *address;
	const json_t *row;
	size_t i;

	if (!listing_focus(&d->base.list, &i))
		return r;
	row = json_array_get(d->rows, i);
	address = args_text(row, "address");
	buf_printf(&line, _("Question: your draft of %s. What now?"),
		   title_of(row));
	r.kind = REQUEST_ASK;
	r.question = question_new(line.ptr, describe_page(row));
	if (!json_is_null(json_object_get(row, "title")))
		question_add(r.question, _("Go on with the draft"), CMD_RESUME,
			     address);
	question_add(r.question, _("Back to the list"), CMD_N, NULL);
	question_add(r.question, _("Show the text to copy"), CMD_PLAIN,
		     address);
	question_add(r.question, _("Throw the draft away"), CMD_DROP_DRAFT,
		     address);
	buf_release(&line);
	return r;
}

static void
take_text(void *ctx, const struct rpc_msg *m)
{
	struct drafts *d = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(d->base.view.ctx, m);
	else
		view_post(&d->base.view,
			  request_show(SCREEN_PLAIN,
				       json_pack("{s:s, s:O}", "title",
						 title_of(m->result), "text",
						 json_object_get(m->result,
								 "text"))));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct drafts *d = drafts_of(v);

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return ask_what(d);
	if (cmd == CMD_RESUME && text)
		return request_text(REQUEST_RESUME, text);
	if (cmd == CMD_PLAIN && text)
		(void)link_call(v->ctx->link, "draft.read",
				json_pack("{s:s}", "address", text), take_text,
				d);
	return r;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK,
					     CMD_HOME, CMD_MENU,      CMD_HELP,
					     CMD_N };

	(void)v;
	return list;
}

static void
destroy(struct view *v)
{
	struct drafts *d = drafts_of(v);

	listview_release(&d->base);
	json_decref(d->rows);
	free(d);
}

static const struct view_ops ops = {
	.place = PLACE_PAGES,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.paint = listview_paint,
	.has_more = listview_has_more,
	.where = listview_where,
	.tell = listview_tell,
	.pick = listview_pick,
	.run = run,
	.bar = bar,
	.reload = reload,
	.returned = reload,
	.free = destroy,
};

struct view *
drafts_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 24, .from = 60 },
	};
	struct drafts *d = mem_alloc(sizeof(*d));

	(void)args;
	listview_init(&d->base, &ops, c, columns);
	reload(&d->base.view);
	return &d->base.view;
}
