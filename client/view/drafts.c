/* drafts.c - see drafts.h. Enter asks what to do with a draft. */
#include "view/drafts.h"

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

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
	if (args_number(row, "base") != args_number(row, "latest"))
		return _("The page was changed since; saving joins both.");
	return NULL;
}

static void
add_row(struct listview *d, size_t i, const json_t *row)
{
	struct buf when = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	sentence_moment(&when, args_number(row, "time"));
	cells[0] = when.ptr;
	listing_add(&d->list, i, title_of(row), cells);
	newcount_show(&d->list, row);
	if (describe_page(row))
		listing_detail(&d->list, describe_page(row), 1);
	buf_release(&when);
}

static void
fill_list(struct view *v)
{
	listview_fill(v, add_row,
		      _("You have no drafts. What you type and "
			"do not save is kept here."));
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&((const struct listview *)v)->feed);

	buf_str(&h->title, _("My drafts"));
	buf_printf(&h->state, ngettext("%zu draft", "%zu drafts", n), n);
	buf_str(&h->place, _("What you typed and did not save"));
}

/* --- acting --- */

static struct request
ask_what(const struct listview *d)
{
	struct request r = request_of(REQUEST_NONE);
	struct buf line = BUF_INIT;
	const json_t *row = listview_row(d);
	const char *address;

	if (!row)
		return r;
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
	struct listview *d = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(d->view.ctx, m);
	else
		view_post(&d->view,
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
	struct listview *d = (struct listview *)v;

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

static const struct view_ops ops = {
	LISTVIEW_ROWS,
	.place = PLACE_PAGES,
	.head = fill_head,
	.run = run,
	.allows = listview_allows,
	.bar = listview_bar,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = listview_free,
};

struct view *
drafts_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 24, .from = 60 },
	};
	struct listview *d = mem_alloc(sizeof(*d));

	(void)args;
	listview_init(d, &ops, c, columns);
	listview_feed(d, "draft.list", NULL, fill_list);
	listview_reload(&d->view);
	return &d->view;
}
