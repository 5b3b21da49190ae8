/*
 * backlinks.c - the rows of page.backlinks as a list: links in texts first,
 * then where the page belongs and what belongs to it, from the fields. What
 * is new for the reader says so.
 */
#include "view/backlinks.h"

#include <stdlib.h>
#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"
#include "view/listview.h"
#include "view/narrow.h"
#include "view/heard.h"

#define BAR_COLS 58 /* of a bar with a way back to "" */
#define COLS 80
#define INDENT 4 /* of a passage */
#define DOTS 3
#define PARENTS ((size_t)1 << 20) /* values from here on: indexes of those */

struct backlinks {
	struct listview base; /* values are indexes of rows */
	char *address;
	json_t *parents; /* {address, title} each, or NULL */
	struct newcount above; /* of the parents */
	bool told; /* what Enter does */
	struct narrow narrow; /* by kind */
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

/* --- the list --- */

static void
add_page(struct backlinks *b, size_t value, const json_t *page,
	 const char *kind)
{
	const char *title = args_text(page, "title");
	const char *const cells[LISTING_COLUMNS] = {
		kind ? sentence_kind(kind) : "",
	};

	listing_add(&b->base.list, value,
		    *title ? title : args_text(page, "address"), cells);
	newcount_show(&b->base.list, page);
}

static bool
is_wanted(const struct backlinks *b, const char *kind)
{
	const char *wanted = narrow_value(&b->narrow, NARROW_KIND);

	return !*wanted || (kind && strcmp(kind, wanted) == 0);
}

static void
add_name(struct backlinks *b, const char *name)
{
	listing_say(&b->base.list, name);
	listing_gap(&b->base.list);
}

/*
 * "...what is around [the link]. As much as...": what fits on a line, more of
 * what stands before than of what comes after.
 */
static void
fit_passage(struct buf *out, const char *passage, int width)
{
	const char *begin = strchr(passage, '['), *from = passage;
	const char *end = begin ? strchr(begin, ']') : NULL;
	size_t len = strlen(passage), n;
	int room;

	if (!end || utf8_width(passage, len) <= width) {
		buf_str(out, passage);
		return;
	}
	room = width - utf8_width(begin, (size_t)(++end - begin)) - 2 * DOTS;
	while (from < begin &&
	       utf8_width(from, (size_t)(begin - from)) > room * 3 / 5) {
		from += strcspn(from, " ");
		from += strspn(from, " ");
	}
	if (from > begin)
		from = begin;
	room -= utf8_width(from, (size_t)(begin - from));
	len = strlen(end);
	n = room > 0 ? wordwrap_next(end, len, room) : 0;
	buf_printf(out, "%s%.*s", from > passage ? "..." : "",
		   (int)(end - from), from);
	buf_add(out, end, n);
	while (n < len && out->len && out->ptr[out->len - 1] == ' ')
		buf_erase(out, out->len - 1, 1);
	if (n < len)
		buf_str(out, "...");
}

static void
add_passage(struct backlinks *b, const char *passage)
{
	int cols = b->base.view.ctx->cols;
	struct buf line = BUF_INIT;

	if (cols <= 0 || cols > COLS)
		cols = COLS;
	fit_passage(&line, passage, cols - INDENT);
	if (line.len)
		listing_detail(&b->base.list, line.ptr, 1);
	buf_release(&line);
}

static bool
is_of_page(const json_t *row)
{
	return !*args_text(row, "field") && !newsline_is_said(row);
}

/* Those in discussions. */
static void
add_said(struct backlinks *b)
{
	struct buf name = BUF_INIT, kind = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };
	size_t n = 0;

	for (size_t i = 0; i < feed_size(&b->base.feed); i++)
		n += newsline_is_said(feed_row(&b->base.feed, i));
	buf_printf(&name, _("In discussions: %zu"), n);
	for (size_t i = 0; i < feed_size(&b->base.feed); i++) {
		const json_t *row = feed_row(&b->base.feed, i);

		if (!newsline_is_said(row) ||
		    !is_wanted(b, args_text(row, "kind")))
			continue;
		if (name.len)
			add_name(b, name.ptr);
		buf_reset(&name);
		buf_reset(&kind);
		heard_kind(&kind, row);
		cells[0] = kind.ptr;
		listing_add(&b->base.list, i, args_text(row, "title"), cells);
		add_passage(b, args_text(row, "passage"));
	}
	buf_release(&kind);
	buf_release(&name);
}

/* Links in fields, or those in texts. */
static void
add_rows(struct backlinks *b, bool in_fields)
{
	const char *name = _("Belongs here (from the properties)");

	for (size_t i = 0; i < feed_size(&b->base.feed); i++) {
		const json_t *row = feed_row(&b->base.feed, i);
		const char *kind = args_text(row, "kind");

		if (newsline_is_said(row) || is_of_page(row) == in_fields ||
		    !is_wanted(b, kind))
			continue;
		if (in_fields && name)
			add_name(b, name);
		name = NULL;
		add_page(b, i, row, kind);
		add_passage(b, args_text(row, "passage"));
	}
}

static const char *
kind_at(const char *address)
{
	const char *slash = strchr(address, '/'), *kind;
	char *folder;

	if (!slash)
		return NULL;
	folder = mem_strndup(address, (size_t)(slash - address));
	kind = page_kind_of_folder(folder);
	free(folder);
	return kind;
}

/* The other way round: where this page belongs. */
static void
add_parents(struct backlinks *b)
{
	const char *name = _("Belongs to (from the properties)");

	for (size_t i = 0; i < json_array_size(b->parents); i++) {
		const json_t *page = json_array_get(b->parents, i);
		const char *kind = kind_at(args_text(page, "address"));

		if (!is_wanted(b, kind))
			continue;
		if (name)
			add_name(b, name);
		name = NULL;
		add_page(b, PARENTS + i, page, kind);
	}
}

static void
fill_list(struct view *v)
{
	struct backlinks *b = backlinks_of(v);
	struct listing *list = &b->base.list;

	listing_clear(list);
	add_rows(b, false);
	if (!b->told && list->items.len)
		context_say(v->ctx, "%s",
			    _("Enter opens the page at the line with the "
			      "link."));
	b->told = true;
	if (!feed_size(&b->base.feed))
		listing_say(list, _("No page links here yet."));
	add_said(b);
	add_parents(b);
	add_rows(b, true);
	if (!list->items.len)
		listing_say(list, _("No page fits the filter."));
	listview_tell_unsearched(&b->base);
}

/* --- data --- */

/* The other rows may not be there yet. */
static void
take_above(struct view *v)
{
	if (backlinks_of(v)->base.feed.loaded)
		fill_list(v);
}

static void
reload(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	feed_reload(&b->base.feed,
		    context_params(v->ctx,
				   json_pack("{s:s}", "address", b->address)));
	if (b->parents)
		newcount_ask(&b->above, b->parents, true);
}

static bool
is_ready(const struct view *v)
{
	return const_backlinks(v)->base.feed.loaded &&
	       !const_backlinks(v)->above.rows;
}

/* --- showing --- */

/* A page may link here in more than one place. */
static size_t
count_pages(const struct backlinks *b)
{
	json_t *pages = json_object();
	size_t n;

	for (size_t i = 0; i < feed_size(&b->base.feed); i++) {
		const json_t *row = feed_row(&b->base.feed, i);

		if (is_of_page(row))
			(void)json_object_set_new(
				pages, args_text(row, "address"), json_true());
	}
	n = json_object_size(pages);
	json_decref(pages);
	return n;
}

static const char *
title_of(const struct backlinks *b)
{
	const char *address;
	const char *title =
		context_find(b->base.view.ctx, b->address, &address);

	return title ? title : b->address;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct backlinks *b = const_backlinks(v);
	size_t n = count_pages(b);

	buf_printf(&h->title, _("Links here: %s"), title_of(b));
	buf_printf(&h->state, ngettext("%zu page", "%zu pages", n), n);
	if (narrow_is_empty(&b->narrow)) {
		buf_str(&h->place,
			v->ctx->at ? _("Pages with a link to this page then")
				   : _("Pages and discussions with a link to "
				       "this page"));
	} else {
		buf_str(&h->only, _("Only: "));
		narrow_tell(&b->narrow, &h->only);
		buf_str(&h->place, h->only.ptr);
	}
}

/* --- acting --- */

static struct request
open_focus(const struct backlinks *b)
{
	const json_t *row;
	size_t i;

	if (!listing_focus(&b->base.list, &i))
		return request_of(REQUEST_NONE);
	row = i >= PARENTS ? json_array_get(b->parents, i - PARENTS)
			   : feed_row(&b->base.feed, i);
	if (newsline_is_said(row))
		return heard_open(row);
	return request_show(SCREEN_PAGE, json_pack("{s:s, s:s}", "address",
						   args_text(row, "address"),
						   "at", b->address));
}

static struct request
preview(const struct view *v)
{
	return open_focus(const_backlinks(v));
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
	if (narrow_run(&b->narrow, cmd, text, &r))
		fill_list(v);
	return r;
}

static void
returned(struct view *v)
{
	listview_returned(v);
	newcount_ask(&backlinks_of(v)->above, backlinks_of(v)->parents, false);
}

static const enum command bar[] = { CMD_OPEN,	   CMD_FILTER, CMD_BACK,
				    CMD_NEXT_ITEM, CMD_WHERE,  CMD_MENU,
				    CMD_HELP,	   CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	const char *title = title_of(const_backlinks(v));

	(void)key;
	if (cmd == CMD_BACK &&
	    BAR_COLS + utf8_width(title, strlen(title)) <= v->ctx->cols)
		buf_printf(word, _("Back to %s"), title);
}

static void
destroy(struct view *v)
{
	struct backlinks *b = backlinks_of(v);

	newcount_release(&b->above);
	listview_release(&b->base);
	narrow_release(&b->narrow);
	json_decref(b->parents);
	free(b->address);
	free(b);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,	   .place = PLACE_BACKLINKS,  .is_ready = is_ready,
	.head = fill_head, .recalc = listview_recalc, .preview = preview,
	.run = run,	   .allows = listview_allows, .bar = bar,
	.name = name,	   .reload = reload,	      .returned = returned,
	.free = destroy,
};

struct view *
backlinks_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 24, .from = 60 },
	};
	struct backlinks *b = mem_alloc(sizeof(*b));

	listview_init(&b->base, &ops, c, columns);
	b->address = mem_strdup(args_text(args, "address"));
	b->parents = json_deep_copy(json_object_get(args, "parents"));
	b->above =
		(struct newcount){ .view = &b->base.view, .taken = take_above };
	narrow_init(&b->narrow, 1u << NARROW_KIND | NARROW_SAID);
	listview_feed(&b->base, "page.backlinks", "after", fill_list);
	reload(&b->base.view);
	return &b->base.view;
}
