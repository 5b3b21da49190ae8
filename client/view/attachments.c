/* attachments.c - the rows of file.list, all parts of it. */
#include "view/attachments.h"

#include <stdlib.h>

#include "base/parts.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/fetching.h"
#include "view/listview.h"

struct attachments {
	struct listview base; /* values are indexes of rows */
	char *address;
	struct parts parts;
	bool loaded;
};

static struct attachments *
attachments_of(struct view *v)
{
	return (struct attachments *)v;
}

static const struct attachments *
const_attachments(const struct view *v)
{
	return (const struct attachments *)v;
}

/* --- data --- */

static void
add_row(struct attachments *a, size_t i)
{
	const json_t *row = json_array_get(a->parts.rows, i);
	struct buf size = BUF_INIT, day = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	buf_printf(&size, _("%lld kB"),
		   (long long)((args_number(row, "size") + 1023) / 1024));
	if (*args_text(row, "handle"))
		sentence_day(&day, args_number(row, "time"));
	cells[0] = size.ptr;
	cells[1] = args_text(row, "handle");
	cells[2] = day.ptr;
	listing_add(&a->base.list, i, args_text(row, "name"), cells);
	buf_release(&size);
	buf_release(&day);
}

static void
fill_list(struct attachments *a)
{
	size_t n = json_array_size(a->parts.rows);

	listing_clear(&a->base.list);
	for (size_t i = 0; i < n; i++)
		add_row(a, i);
	if (!n)
		listing_say(&a->base.list, _("There are no files beside this "
					     "page."));
}

static void
take_part(void *ctx, const struct rpc_msg *m);

static void
ask(struct attachments *a)
{
	(void)link_call(a->base.view.ctx->link, "file.list",
			parts_params(&a->parts), take_part, a);
}

static void
take_part(void *ctx, const struct rpc_msg *m)
{
	struct attachments *a = ctx;
	enum parts_step step = parts_take(&a->parts, m);

	if (step == PARTS_MORE) {
		ask(a);
		return;
	}
	a->loaded = true;
	if (step == PARTS_FAILED)
		context_say_error(a->base.view.ctx, m);
	fill_list(a);
}

static void
reload(struct view *v)
{
	struct attachments *a = attachments_of(v);

	link_forget(v->ctx->link, v);
	parts_release(&a->parts);
	parts_init(&a->parts, json_pack("{s:s}", "address", a->address));
	ask(a);
}

static bool
is_ready(const struct view *v)
{
	return const_attachments(v)->loaded;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct attachments *a = const_attachments(v);
	size_t n = json_array_size(a->parts.rows);
	const char *found, *title = context_find(v->ctx, a->address, &found);

	buf_printf(&h->title, _("Attachments: %s"), title ? title : a->address);
	buf_printf(&h->state, ngettext("%zu file", "%zu files", n), n);
	buf_str(&h->place, _("Files beside this page"));
}

/* --- acting --- */

static struct request
open_focus(const struct attachments *a)
{
	size_t i;

	if (!listing_focus(&a->base.list, &i))
		return request_of(REQUEST_NONE);
	return fetching_open_file(
		a->base.view.ctx, a->address,
		args_text(json_array_get(a->parts.rows, i), "name"));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct attachments *a = attachments_of(v);

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return open_focus(a);
	return r;
}

static const enum command bar[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK,
				    CMD_HOME, CMD_WHERE,     CMD_MENU,
				    CMD_HELP, CMD_N };

static void
destroy(struct view *v)
{
	struct attachments *a = attachments_of(v);

	listview_release(&a->base);
	parts_release(&a->parts);
	free(a->address);
	free(a);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_PAGES,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.run = run,
	.allows = listview_allows,
	.bar = bar,
	.reload = reload,
	.free = destroy,
};

struct view *
attachments_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 36, .width = 9, .right = true, .from = 60 },
		{ .at = 47, .width = 18, .from = 70 },
		{ .at = 66, .width = 13, .right = true, .from = 80 },
	};
	struct attachments *a = mem_alloc(sizeof(*a));

	listview_init(&a->base, &ops, c, columns);
	a->address = mem_strdup(args_text(args, "address"));
	parts_init(&a->parts, NULL);
	reload(&a->base.view);
	return &a->base.view;
}
