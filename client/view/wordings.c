/* wordings.c - see wordings.h. */
#include "view/wordings.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"
#include "view/places.h"

#define ROWS_MOST 40 /* of one wording */

struct wordings {
	struct listview base; /* of remark.log, the oldest first */
	json_t *args;
};

static struct wordings *
wordings_of(struct view *v)
{
	return (struct wordings *)v;
}

static const struct wordings *
const_wordings(const struct view *v)
{
	return (const struct wordings *)v;
}

static bool
is_gone(const json_t *row)
{
	return json_is_true(json_object_get(row, "gone")) ||
	       json_is_string(json_object_get(row, "reason"));
}

/* --- the list --- */

/* What happened to it, in a word. */
static const char *
name_change(const struct wordings *w, size_t i)
{
	const json_t *row = feed_row(&w->base.feed, i);
	const json_t *before = i ? feed_row(&w->base.feed, i - 1) : NULL;

	if (is_gone(row))
		return _("withdrawn");
	if (!before)
		return _("said");
	if (strcmp(args_text(row, "address"), args_text(before, "address")) ||
	    strcmp(args_text(row, "thread"), args_text(before, "thread")))
		return _("moved");
	return is_gone(before) ? _("brought back") : _("edited");
}

/* The places where they differ; false: nowhere. */
static bool
add_difference(struct wordings *w, const json_t *row, const json_t *before)
{
	const char *was = args_text(before, "text");
	const char *is = args_text(row, "text");
	struct places p;
	bool differs;

	places_find(&p, was, strlen(was), is, strlen(is));
	differs = p.list.len > 0;
	for (size_t i = 0; i < p.list.len; i++)
		listing_detail(&w->base.list,
			       places_at(&p, i)->passage.text.ptr, ROWS_MOST);
	places_release(&p);
	return differs;
}

static void
add_words(struct wordings *w, size_t i)
{
	const json_t *row = feed_row(&w->base.feed, i);
	const json_t *before = i ? feed_row(&w->base.feed, i - 1) : NULL;
	struct buf line = BUF_INIT;

	if (is_gone(row)) {
		buf_printf(&line, _("reason: %s"), args_text(row, "reason"));
		if (*args_text(row, "reason"))
			listing_detail(&w->base.list, line.ptr, ROWS_MOST);
	} else if (!before || is_gone(before) ||
		   !add_difference(w, row, before)) {
		listing_detail(&w->base.list, args_text(row, "text"),
			       ROWS_MOST);
	}
	buf_release(&line);
}

static void
add_row(struct wordings *w, size_t i)
{
	const json_t *row = feed_row(&w->base.feed, i);
	struct buf when = BUF_INIT, text = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	sentence_moment(&when, args_number(row, "time"));
	buf_printf(&text, "%s, %s", name_change(w, i),
		   args_text(row, "handle"));
	cells[0] = when.ptr;
	listing_add(&w->base.list, i, text.ptr, cells);
	add_words(w, i);
	buf_release(&when);
	buf_release(&text);
}

static void
fill_list(struct view *v)
{
	struct wordings *w = wordings_of(v);

	listing_clear(&w->base.list);
	for (size_t i = feed_size(&w->base.feed); i-- > 0;)
		add_row(w, i);
}

static void
reload(struct view *v)
{
	struct wordings *w = wordings_of(v);

	feed_reload(&w->base.feed,
		    json_pack("{s:s}", "remark", args_text(w->args, "remark")));
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct wordings *w = const_wordings(v);
	size_t n = feed_size(&w->base.feed);

	buf_printf(&h->title, _("History of comment %s"),
		   args_text(w->args, "number"));
	buf_printf(&h->state, ngettext("%zu wording", "%zu wordings", n), n);
	buf_str(&h->place, args_text(w->args, "title"));
}

static const char *
about_page(const struct view *v, json_int_t *version)
{
	*version = 0;
	return args_text(const_wordings(v)->args, "address");
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	(void)listview_run(v, cmd, text, &r);
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return cmd != CMD_OPEN && listview_allows(v, cmd);
}

static const enum command bar[] = { CMD_NEXT_ITEM, CMD_BACK, CMD_LOOK,
				    CMD_WHERE,	   CMD_MENU, CMD_HELP,
				    CMD_N };

static void
destroy(struct view *v)
{
	struct wordings *w = wordings_of(v);

	listview_release(&w->base);
	json_decref(w->args);
	free(w);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	    .place = PLACE_PAGES, .head = fill_head,
	.page = about_page, .run = run,		  .allows = allows,
	.bar = bar,	    .reload = reload,	  .free = destroy,
};

struct view *
wordings_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 24, .from = 60 },
	};
	struct wordings *w = mem_alloc(sizeof(*w));

	listview_init(&w->base, &ops, c, columns);
	w->args = json_incref((json_t *)args);
	listview_feed(&w->base, "remark.log", NULL, fill_list);
	reload(&w->base.view);
	return &w->base.view;
}
