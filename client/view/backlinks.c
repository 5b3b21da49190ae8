/*
 * backlinks.c - the rows of page.backlinks as a list: links in texts first,
 * then those in the fields of pages, under a heading of their own.
 */
#include "view/backlinks.h"

#include <stdlib.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/feed.h"
#include "view/listview.h"

struct backlinks {
	struct listview base; /* values are indexes of rows */
	char *address;
	struct feed feed; /* of page.backlinks */
};

static struct backlinks *
backlinks_of(struct view *v)
{
	return (struct backlinks *)v;
}

static const struct backlinks *
const_backlinks(const struct view *v)
{
	return (const struct backlinks *)v;
}

/* --- data --- */

static void
add_row(struct backlinks *b, size_t i, const json_t *row)
{
	const char *const cells[LISTING_COLUMNS] = {
		sentence_kind(args_text(row, "kind")),
	};

	listing_add(&b->base.list, i, args_text(row, "title"), cells);
	if (*args_text(row, "passage"))
		listing_detail(&b->base.list, args_text(row, "passage"), 1);
}

/* Links in fields, or those in texts; returns how many. */
static size_t
add_rows(struct backlinks *b, bool in_fields)
{
	size_t n = 0;

	for (size_t i = 0; i < feed_size(&b->feed); i++) {
		const json_t *row = feed_row(&b->feed, i);

		if ((*args_text(row, "field") != '\0') != in_fields)
			continue;
		if (in_fields && !n)
			listing_heading(&b->base.list,
					_("Belongs here (from the "
					  "properties)"));
		add_row(b, i, row);
		n++;
	}
	return n;
}

static void
fill_list(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	listing_clear(&b->base.list);
	(void)add_rows(b, false);
	(void)add_rows(b, true);
	if (!feed_size(&b->feed))
		listing_say(&b->base.list, _("No page links here yet."));
}

static void
reload(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	feed_reload(&b->feed, json_pack("{s:s}", "address", b->address));
}

static bool
is_ready(const struct view *v)
{
	return const_backlinks(v)->feed.loaded;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct backlinks *b = const_backlinks(v);
	size_t n = feed_size(&b->feed);
	const char *address,
		*title = context_find(v->ctx, b->address, &address);

	buf_printf(&h->title, _("Links here: %s"), title ? title : b->address);
	buf_printf(&h->state, ngettext("%zu link", "%zu links", n), n);
	buf_str(&h->place, _("Pages with a link to this page"));
}

/* --- acting --- */

static struct request
open_focus(const struct backlinks *b)
{
	struct request r;
	size_t i;

	if (!listing_focus(&b->base.list, &i))
		return request_of(REQUEST_NONE);
	r = request_text(REQUEST_OPEN_PAGE,
			 args_text(feed_row(&b->feed, i), "address"));
	r.more = mem_strdup(b->address);
	return r;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct backlinks *b = backlinks_of(v);

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return open_focus(b);
	return r;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN, CMD_NEXT_ITEM, CMD_BACK,
					     CMD_GOTO, CMD_HOME,      CMD_WHERE,
					     CMD_MENU, CMD_HELP,      CMD_N };

	(void)v;
	return list;
}

static void
destroy(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	listview_release(&b->base);
	feed_release(&b->feed);
	free(b->address);
	free(b);
}

static const struct view_ops ops = {
	.place = PLACE_BACKLINKS,
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
	.free = destroy,
};

struct view *
backlinks_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 19, .from = 60 },
	};
	struct backlinks *b = mem_alloc(sizeof(*b));

	listview_init(&b->base, &ops, c, columns);
	b->address = mem_strdup(args_text(args, "address"));
	b->base.feed = &b->feed;
	feed_init(&b->feed, &b->base.view, "page.backlinks", "after",
		  fill_list);
	reload(&b->base.view);
	return &b->base.view;
}
