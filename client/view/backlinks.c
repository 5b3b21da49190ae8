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
#include "view/listing.h"
#include "view/view.h"

struct backlinks {
	struct view view;
	char *address;
	struct feed feed; /* of page.backlinks */
	struct listing list; /* values are indexes of rows */
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

	listing_add(&b->list, i, args_text(row, "title"), cells);
	if (*args_text(row, "passage"))
		listing_detail(&b->list, args_text(row, "passage"), 1);
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
			listing_heading(&b->list, _("Belongs here (from the "
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

	listing_clear(&b->list);
	(void)add_rows(b, false);
	(void)add_rows(b, true);
	if (!feed_size(&b->feed))
		listing_say(&b->list, _("No page links here yet."));
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

static void
recalc(struct view *v, int rows, int cols)
{
	struct backlinks *b = backlinks_of(v);

	listing_recalc(&b->list, rows, cols);
	feed_go_on(&b->feed, &b->list);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	listing_paint(&const_backlinks(v)->list, c, top, rows);
}

static bool
has_more(const struct view *v)
{
	return feed_has_more(&const_backlinks(v)->feed) ||
	       scroll_has_more(&const_backlinks(v)->list.scroll);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	listing_where(&const_backlinks(v)->list, out);
}

static void
tell(const struct view *v, struct telling *t)
{
	listing_tell(&const_backlinks(v)->list, t);
}

/* --- acting --- */

static bool
pick(struct view *v, size_t value)
{
	return listing_pick(&backlinks_of(v)->list, value);
}

static struct request
open_focus(const struct backlinks *b)
{
	struct request r;
	size_t i;

	if (!listing_focus(&b->list, &i))
		return request_of(REQUEST_NONE);
	r = request_text(REQUEST_OPEN_PAGE,
			 args_text(feed_row(&b->feed, i), "address"));
	r.more = mem_strdup(b->address);
	return r;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct backlinks *b = backlinks_of(v);

	(void)text;
	if (listing_move(&b->list, cmd)) {
		context_say_item(v->ctx, &b->list, cmd);
		return request_of(REQUEST_NONE);
	}
	if (cmd == CMD_OPEN)
		return open_focus(b);
	return request_of(cmd == CMD_BACK ? REQUEST_BACK : REQUEST_NONE);
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

	listing_release(&b->list);
	feed_release(&b->feed);
	free(b->address);
	free(b);
}

static const struct view_ops ops = {
	.place = PLACE_BACKLINKS,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
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

	b->view.ops = &ops;
	b->view.ctx = c;
	b->address = mem_strdup(args_text(args, "address"));
	listing_init(&b->list, columns);
	feed_init(&b->feed, &b->view, "page.backlinks", "after", fill_list);
	reload(&b->view);
	return &b->view;
}
