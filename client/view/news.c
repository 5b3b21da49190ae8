/*
 * news.c - the rows of news.list as a list: pages others changed and what
 * they said, what concerns one most first, and what waits for one. What was
 * read in this session is no news any more.
 */
#include "view/news.h"

#include <stdlib.h>
#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/asked.h"
#include "view/changed.h"
#include "view/filters.h"
#include "view/listview.h"
#include "view/since.h"
#include "view/wayback.h"

#define ASKED ((size_t)1 << 24) /* value of the first of those */

struct news {
	struct listview base; /* values are indexes of rows, or ASKED on */
	json_t *asked; /* rows of what waits for them, or NULL */
	struct filters filters;
	size_t n; /* unread */
	bool grouped; /* under headings */
	const char *group; /* of the last row that was added */
	bool told; /* what can be done with them */
};

static struct news *
news_of(struct view *v)
{
	return (struct news *)v;
}

static const struct news *
const_news(const struct view *v)
{
	return (const struct news *)v;
}

/* --- the list --- */

static void
add_page(struct news *p, size_t i, const json_t *row)
{
	json_int_t from = args_number(row, "from");
	json_int_t version = args_number(row, "version");
	size_t earlier =
		from && from < version ? (size_t)(version - from - 1) : 0;
	struct buf line = BUF_INIT;

	changed_add(&p->base.list, i, row, args_text(row, "state"), row);
	if (!earlier)
		return;
	buf_printf(&line,
		   ngettext("and %zu earlier change", "and %zu earlier changes",
			    earlier),
		   earlier);
	listing_detail(&p->base.list, line.ptr, 1);
	buf_release(&line);
}

static void
add_said(struct news *p, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { args_text(row, "handle") };
	struct buf line = BUF_INIT, when = BUF_INIT;

	newsline_tell(&line, row);
	sentence_date(&when, args_number(row, "time"));
	cells[1] = when.ptr;
	listing_add(&p->base.list, i, line.ptr, cells);
	buf_release(&line);
	buf_release(&when);
}

static void
add_row(struct news *p, size_t i, const json_t *row)
{
	const char *group = newsline_group(row);

	if (p->grouped && (!p->group || strcmp(p->group, group) != 0))
		listing_heading(&p->base.list, group);
	p->group = group;
	if (newsline_is_said(row)) {
		add_said(p, i, row);
		p->n += (size_t)args_number(row, "remarks");
	} else {
		add_page(p, i, row);
		p->n++;
	}
}

/* In their group, behind what names them. */
static void
add_asked(struct news *p)
{
	const json_t *row;
	size_t i;

	json_array_foreach(p->asked, i, row)
	{
		if (i == 0 && p->grouped && !p->group)
			listing_heading(&p->base.list, newsline_group(row));
		p->group = newsline_group(row);
		asked_add(&p->base.list, ASKED + i, row);
	}
}

/* Is this the first row of another group than what is asked is in? */
static bool
ends_group(const struct news *p, const json_t *row)
{
	const json_t *asked = json_array_get(p->asked, 0);

	return asked && strcmp(newsline_group(row), newsline_group(asked)) != 0;
}

/* The moment that was asked for; 0: since the last visit. */
static json_int_t
asked_since(const struct news *p)
{
	return args_number(p->filters.values, "since");
}

static bool
is_shown(const struct news *p, const json_t *row)
{
	return asked_since(p) || !newsline_is_old(row, p->base.view.ctx->read);
}

/* Is there more than one kind of concern? */
static bool
has_groups(const struct news *p)
{
	const json_t *row = json_array_get(p->asked, 0);
	const char *group = row ? newsline_group(row) : NULL;

	for (size_t i = 0; i < feed_size(&p->base.feed); i++) {
		row = feed_row(&p->base.feed, i);
		if (!is_shown(p, row))
			continue;
		if (group && strcmp(group, newsline_group(row)) != 0)
			return true;
		group = newsline_group(row);
	}
	return false;
}

/* From when on it is counted; 0: all of it. */
static json_int_t
counted_since(const struct news *p)
{
	json_int_t asked = asked_since(p);

	return asked ? asked : args_number(p->base.feed.result, "since");
}

static void
say_nothing(struct news *p)
{
	struct buf day = BUF_INIT, line = BUF_INIT;
	json_int_t since = counted_since(p);

	if (since) {
		sentence_since(&day, since);
		buf_printf(&line, _("Nothing new since %s."), day.ptr);
	} else {
		buf_str(&line, _("Nothing is new for you."));
	}
	listing_say(&p->base.list, line.ptr);
	buf_release(&day);
	buf_release(&line);
}

static void
add_rows(struct news *p)
{
	bool asked = false;

	for (size_t i = 0; i < feed_size(&p->base.feed); i++) {
		const json_t *row = feed_row(&p->base.feed, i);

		if (!is_shown(p, row))
			continue;
		if (!asked && ends_group(p, row)) {
			add_asked(p);
			asked = true;
		}
		add_row(p, i, row);
	}
	if (!asked)
		add_asked(p);
}

/* They come with the first part. */
static void
take_asked(struct news *p)
{
	json_t *asked = json_object_get(p->base.feed.result, "asked");

	if (!asked)
		return;
	json_decref(p->asked);
	p->asked = json_incref(asked);
}

static void
fill_list(struct view *v)
{
	struct news *p = news_of(v);

	listing_clear(&p->base.list);
	take_asked(p);
	p->n = 0;
	p->group = NULL;
	p->grouped = has_groups(p);
	add_rows(p);
	if (!p->n && !json_array_size(p->asked))
		say_nothing(p);
	else if (p->n && !p->told)
		context_say(v->ctx, "%s",
			    _("o reads one after the other. Menu: all is "
			      "read."));
	p->told = true;
	if (json_is_true(json_object_get(p->base.feed.result, "more")))
		listing_say(&p->base.list,
			    _("There is more than is shown here."));
}

static void
reload(struct view *v)
{
	struct news *p = news_of(v);
	json_t *params = json_copy(p->filters.values);

	(void)json_object_set_new(params, "said", json_true());
	feed_reload(&p->base.feed, params);
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct news *p = const_news(v);
	json_int_t since = counted_since(p);
	struct buf moment = BUF_INIT;

	sentence_moment(&moment, since);
	if (since)
		buf_printf(&h->title, _("New for you, since %s"), moment.ptr);
	else
		buf_str(&h->title, _("New for you"));
	buf_printf(&h->state, _("%zu new"), p->n);
	if (json_array_size(p->asked))
		buf_printf(&h->state, _(", %zu asked"),
			   json_array_size(p->asked));
	if (!filters_only(&p->filters, h))
		buf_str(&h->place,
			_("What concerns you first. f Filter: all, pages, "
			  "discussions, of whom, which folder"));
	buf_release(&moment);
}

/* --- acting --- */

static const struct filter filters[] = {
	{ .key = "only",
	  .kind = FILTER_FIXED,
	  .label = N_("Only pages"),
	  .word = N_("changed pages"),
	  .value = "pages" },
	{ .key = "only",
	  .kind = FILTER_FIXED,
	  .label = N_("Only discussions"),
	  .word = N_("what was said"),
	  .value = "said" },
	{ .key = "handle", .kind = FILTER_PERSON },
	{ .key = "folder", .kind = FILTER_FOLDER },
	{ .key = "since",
	  .kind = FILTER_SINCE,
	  .label = N_("Since another date") },
};

static const struct filter_set filter_set = {
	.rows = filters,
	.n_rows = sizeof(filters) / sizeof(filters[0]),
	.question = N_("What do you want to see of it?"),
	.all = N_("All that is new"),
	.changed = reload,
};

static struct request
ask_all_read(const struct news *p)
{
	struct request r = request_of(REQUEST_ASK);

	(void)p;
	r.question = question_new(
		_("Question: call all of this read?"),
		_("Counting begins anew from now. u takes it back; f shows "
		  "what was changed since a date, read or not."));
	question_add(r.question, _("No, leave it new"), CMD_N, NULL);
	question_add(r.question, _("Yes, all is read"), CMD_ALL_READ, "yes");
	return r;
}

static void
take_all_read(void *ctx, const struct rpc_msg *m)
{
	struct news *p = ctx;

	if (m->kind == RPC_ERROR) {
		context_say_error(p->base.view.ctx, m);
		return;
	}
	if (json_object_get(m->result, "since"))
		wayback_add(p->base.view.ctx, "mark.all",
			    json_incref(m->result), NULL,
			    _("Question: count from where it was before?"),
			    _("What was new is new again."));
	context_say(p->base.view.ctx, "%s", _("All is read. u takes it back."));
	reload(&p->base.view);
}

static struct request
call_all_read(struct news *p, const char *answer)
{
	if (!answer)
		return ask_all_read(p);
	(void)link_call(p->base.view.ctx->link, "mark.all", NULL, take_all_read,
			p);
	return request_of(REQUEST_NONE);
}

/* Between what was there before and now. */
static struct request
compare(const json_t *row)
{
	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address",
				      args_text(row, "address"), "from",
				      args_number(row, "from"), "to",
				      args_number(row, "version")));
}

static const json_t *
focused_row(const struct news *p)
{
	size_t i;

	if (!listing_focus(&p->base.list, &i))
		return NULL;
	return i < ASKED ? feed_row(&p->base.feed, i)
			 : json_array_get(p->asked, i - ASKED);
}

static struct request
open_row(const json_t *row)
{
	if (!row)
		return request_of(REQUEST_NONE);
	return newsline_is_asked(row) ? asked_open(row) : since_open(row, 0);
}

static struct request
preview(const struct view *v)
{
	return open_row(focused_row(const_news(v)));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct news *p = news_of(v);
	const json_t *row;

	if (listview_run(v, cmd, text, &r))
		return r;
	row = focused_row(p);
	if (cmd == CMD_FILTER)
		return filters_run(&p->filters, text);
	if (cmd == CMD_ALL_READ)
		return call_all_read(p, text);
	if (cmd == CMD_OPEN && row)
		return open_row(row);
	if (cmd == CMD_COMPARE && row && !newsline_is_said(row) &&
	    !newsline_is_asked(row))
		return compare(row);
	if (cmd == CMD_HISTORY && row)
		return request_show(SCREEN_HISTORY,
				    json_pack("{s:s}", "address",
					      args_text(row, "address")));
	return r;
}

/* Pages that were read meanwhile are no news; what was asked is done perhaps. */
static void
returned(struct view *v)
{
	fill_list(v);
	if (json_array_size(news_of(v)->asked) > 0)
		reload(v);
}

/* Where nothing is new there is nothing to open. */
static bool
allows(const struct view *v, enum command cmd)
{
	if (cmd == CMD_OPEN || cmd == CMD_COMPARE || cmd == CMD_HISTORY)
		return focused_row(const_news(v)) != NULL;
	return listview_allows(v, cmd);
}

static const enum command bar[] = { CMD_OPEN,	CMD_UNREAD,  CMD_COMPARE,
				    CMD_FILTER, CMD_HISTORY, CMD_BACK,
				    CMD_GOTO,	CMD_HOME,    CMD_WHERE,
				    CMD_MENU,	CMD_HELP,    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_COMPARE, N_("Difference since then") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct news *p = news_of(v);

	filters_release(&p->filters);
	listview_release(&p->base);
	json_decref(p->asked);
	free(p);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	      .place = PLACE_NEWS, .head = fill_head,
	.preview = preview,   .run = run,	   .allows = allows,
	.bar = bar,	      .words = bar_words,  .reload = reload,
	.returned = returned, .free = destroy,
};

struct view *
news_view_new(struct context *c, const json_t *args)
{
	struct news *p = mem_alloc(sizeof(*p));

	(void)args;
	listview_init(&p->base, &ops, c, changed_columns);
	filters_init(&p->filters, &filter_set, &p->base.view, NULL);
	listview_feed(&p->base, "news.list", "after", fill_list);
	reload(&p->base.view);
	return &p->base.view;
}
