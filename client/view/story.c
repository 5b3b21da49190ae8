/*
 * story.c - the rows of story.read as a list, oldest first, by day: what
 * happened to a page and to those that led to it, and what was said.
 */
#include "view/story.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "base/tale.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"
#include "view/talk.h"

#define SAID_ROWS 2 /* of what was said */

struct story {
	struct listview base; /* values are indexes of rows */
	char *address;
};

static struct story *
story_of(struct view *v)
{
	return (struct story *)v;
}

static const struct story *
const_story(const struct view *v)
{
	return (const struct story *)v;
}

/* --- the list --- */

/* A heading where another day begins, or what happened to another page. */
static void
add_heading(struct story *s, size_t i, const json_t *row)
{
	const json_t *last = i > 0 ? feed_row(&s->base.feed, i - 1) : NULL;
	struct buf day = BUF_INIT, before = BUF_INIT;

	sentence_year(&day, args_number(row, "time"));
	if (last)
		sentence_year(&before, args_number(last, "time"));
	if (!last || strcmp(day.ptr, before.ptr) != 0 ||
	    strcmp(args_text(row, "address"), args_text(last, "address")) !=
		    0) {
		buf_printf(&day, ": %s", tale_page(row));
		listing_heading(&s->base.list, day.ptr);
	}
	buf_release(&day);
	buf_release(&before);
}

static void
add_event(struct story *s, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { args_text(row, "handle") };
	struct buf what = BUF_INIT, turns = BUF_INIT;

	add_heading(s, i, row);
	tale_what(&what, row);
	listing_add(&s->base.list, i, what.ptr, cells);
	tale_turns(&turns, row);
	if (turns.len)
		listing_detail(&s->base.list, turns.ptr, SAID_ROWS);
	if (*args_text(row, "text"))
		listing_detail(&s->base.list, args_text(row, "text"),
			       SAID_ROWS);
	buf_release(&turns);
	buf_release(&what);
}

static void
fill_list(struct view *v)
{
	struct story *s = story_of(v);
	size_t n = feed_size(&s->base.feed);

	listing_clear(&s->base.list);
	for (size_t i = 0; i < n; i++)
		add_event(s, i, feed_row(&s->base.feed, i));
	if (!n)
		listing_say(&s->base.list, _("Nothing had happened yet."));
	listview_tell_unsearched(&s->base);
	if (json_is_true(json_object_get(s->base.feed.result, "cut")))
		listing_say(&s->base.list, tale_cut());
}

static void
reload(struct view *v)
{
	struct story *s = story_of(v);
	json_t *params = json_pack("{s:s}", "address", s->address);
	int64_t at = v->ctx->at;

	if (at)
		(void)json_object_set_new(params, "at", json_integer(at));
	feed_reload(&s->base.feed, params);
}

/* --- showing --- */

/* The wiki does not count actions before it told them. */
static size_t
count_events(const struct story *s)
{
	size_t said = (size_t)args_number(s->base.feed.result, "events");
	size_t told = feed_size(&s->base.feed);

	return feed_has_more(&s->base.feed) && said > told ? said : told;
}

static void
fill_head(const struct view *v, struct head *head)
{
	const struct story *s = const_story(v);
	size_t n = count_events(s);
	const char *address,
		*title = context_find(v->ctx, s->address, &address);

	buf_printf(&head->title, _("How this came about: %s"),
		   title ? title : s->address);
	head_cut_name(head, title ? title : s->address);
	buf_printf(&head->state, ngettext("%zu event", "%zu events", n), n);
	buf_str(&head->place,
		_("Oldest first, with the pages that led to it."));
}

static struct request
open_event(const struct story *s)
{
	const json_t *row = listview_row(&s->base);

	if (!row)
		return request_of(REQUEST_NONE);
	if (json_object_get(row, "remark"))
		return talk_open(row, args_text(row, "remark"));
	return request_show(SCREEN_PAGE,
			    json_pack("{s:s, s:I}", "address",
				      args_text(row, "address"), "version",
				      args_number(row, "version")));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	if (!listview_run(v, cmd, text, &r) && cmd == CMD_OPEN)
		return open_event(const_story(v));
	return r;
}

static void
destroy(struct view *v)
{
	struct story *s = story_of(v);

	listview_release(&s->base);
	free(s->address);
	free(s);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	  .place = PLACE_PAGES,	     .head = fill_head,
	.run = run,	  .allows = listview_allows, .bar = listview_bar,
	.reload = reload, .free = destroy,
};

struct view *
story_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 62, .width = 18, .from = 60 },
	};
	struct story *s = mem_alloc(sizeof(*s));

	listview_init(&s->base, &ops, c, columns);
	s->address = mem_strdup(args_text(args, "address"));
	listview_feed(&s->base, "story.read", "after", fill_list);
	reload(&s->base.view);
	return &s->base.view;
}
