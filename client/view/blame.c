/*
 * blame.c - the rows of page.blame as a list: who, when and why once for each
 * piece, below it the text. The fields of the page are left out.
 */
#include "view/blame.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/feed.h"
#include "view/listview.h"

#define LINE_ROWS 1000 /* that one line of the text may be wrapped to */

struct blame {
	struct listview base; /* values are indexes of rows */
	char *address, *text;
	json_int_t version; /* asked for; 0: the newest */
	struct feed feed; /* of page.blame */
	bool sought; /* the cursor was put on `text` */
};

static struct blame *
blame_of(struct view *v)
{
	return (struct blame *)v;
}

static const struct blame *
const_blame(const struct view *v)
{
	return (const struct blame *)v;
}

static json_int_t
number_of(const json_t *row, const char *key)
{
	return json_integer_value(json_object_get(row, key));
}

static json_int_t
shown_version(const struct blame *b)
{
	return number_of(b->feed.result, "version");
}

/* --- the list --- */

static const char *
line_of(const json_t *row, size_t i)
{
	const char *s = json_string_value(
		json_array_get(json_object_get(row, "lines"), i));

	return s ? s : "";
}

/* Is this line of the page, from 1, one of its fields? *inside is kept. */
static bool
is_field(const char *line, json_int_t number, bool *inside)
{
	bool fence = strcmp(line, "---") == 0;

	if (number == 1)
		*inside = fence;
	else if (*inside && fence) {
		*inside = false;
		return true;
	}
	return *inside;
}

static void
add_origin(struct blame *b, size_t i, const json_t *row)
{
	static const char *const cells[LISTING_COLUMNS];
	const char *note = args_text(row, "note");
	struct buf line = BUF_INIT, day = BUF_INIT;

	sentence_day(&day, number_of(row, "time"));
	/* Translators: who, when, which version: why. */
	buf_printf(&line, _("%s, %s, version %lld: %s"),
		   args_text(row, "handle"), day.ptr,
		   (long long)number_of(row, "version"),
		   *note ? note : _("(no note)"));
	listing_add(&b->base.list, i, line.ptr, cells);
	buf_release(&line);
	buf_release(&day);
}

static void
add_piece(struct blame *b, size_t i, bool *inside)
{
	const json_t *row = feed_row(&b->feed, i);
	size_t n = json_array_size(json_object_get(row, "lines"));
	bool begun = false;

	for (size_t k = 0; k < n; k++) {
		const char *line = line_of(row, k);

		if (is_field(line, number_of(row, "first") + (json_int_t)k,
			     inside) ||
		    !*line)
			continue;
		if (!begun)
			add_origin(b, i, row);
		begun = true;
		listing_detail(&b->base.list, line, LINE_ROWS);
	}
}

static size_t
common_prefix(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

/* How much of a line of this piece begins as the one that is sought. */
static size_t
likeness(const struct blame *b, const json_t *row)
{
	size_t n = json_array_size(json_object_get(row, "lines"));
	size_t most = 0, same;

	for (size_t k = 0; k < n; k++) {
		same = common_prefix(line_of(row, k), b->text);
		most = same > most ? same : most;
	}
	return most;
}

static void
seek_text(struct blame *b)
{
	size_t most = 0, same;

	for (size_t i = 0; i < feed_size(&b->feed); i++) {
		same = likeness(b, feed_row(&b->feed, i));
		if (same <= most)
			continue;
		most = same;
		listing_want(&b->base.list, i);
	}
}

static void
fill_list(struct view *v)
{
	struct blame *b = blame_of(v);
	bool inside = false;

	listing_clear(&b->base.list);
	for (size_t i = 0; i < feed_size(&b->feed); i++)
		add_piece(b, i, &inside);
	if (!b->base.list.items.len)
		listing_say(&b->base.list, _("This page has no text."));
	if (json_is_false(json_object_get(b->feed.result, "complete")))
		listing_say(&b->base.list,
			    _("The oldest versions were left out: a piece "
			      "may be older than it says."));
	if (!b->sought)
		seek_text(b);
	b->sought = true;
}

static void
reload(struct view *v)
{
	struct blame *b = blame_of(v);
	json_t *params = json_pack("{s:s}", "address", b->address);

	if (b->version)
		(void)json_object_set_new(params, "version",
					  json_integer(b->version));
	feed_reload(&b->feed, params);
}

static bool
is_ready(const struct view *v)
{
	return const_blame(v)->feed.loaded;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct blame *b = const_blame(v);
	const char *address,
		*title = context_find(v->ctx, b->address, &address);

	buf_printf(&h->title, _("Who wrote this: %s, version %lld"),
		   title ? title : b->address, (long long)shown_version(b));
	buf_str(&h->place, _("For each piece of text: who, when, why. The "
			     "latest change counts."));
}

/* --- acting --- */

static struct request
show_change(const struct blame *b, const json_t *row)
{
	json_int_t version = number_of(row, "version");

	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I, s:I}", "address",
				      b->address, "from", version - 1, "to",
				      version, "line",
				      number_of(row, "first")));
}

/* The first line of a piece that is not empty. */
static const char *
first_line(const json_t *row)
{
	size_t i = 0;

	while (!*line_of(row, i) &&
	       i < json_array_size(json_object_get(row, "lines")))
		i++;
	return line_of(row, i);
}

/* The version before the one in which this piece came to be. */
static struct request
step_back(const struct blame *b, const json_t *row)
{
	json_int_t version = number_of(row, "version") - 1;

	if (version < 1) {
		context_say(b->base.view.ctx, "%s",
			    _("This piece is of the first version. There is "
			      "none before."));
		return request_of(REQUEST_NONE);
	}
	return request_show(SCREEN_BLAME,
			    json_pack("{s:s, s:I, s:s}", "address", b->address,
				      "version", version, "text",
				      first_line(row)));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct blame *b = blame_of(v);
	size_t i;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (!listing_focus(&b->base.list, &i))
		return r;
	if (cmd == CMD_OPEN)
		return show_change(b, feed_row(&b->feed, i));
	if (cmd == CMD_BLAME)
		return step_back(b, feed_row(&b->feed, i));
	return r;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN,	    CMD_BLAME, CMD_BACK,
					     CMD_NEXT_ITEM, CMD_GOTO,  CMD_HOME,
					     CMD_WHERE,	    CMD_MENU,  CMD_HELP,
					     CMD_N };

	(void)v;
	return list;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	(void)key;
	if (cmd == CMD_OPEN)
		buf_str(word, _("See the change"));
	else if (cmd == CMD_BLAME)
		buf_str(word, _("Version before"));
}

static void
destroy(struct view *v)
{
	struct blame *b = blame_of(v);

	listview_release(&b->base);
	feed_release(&b->feed);
	free(b->address);
	free(b->text);
	free(b);
}

static const struct view_ops ops = {
	.place = PLACE_BLAME,
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
	.name = name,
	.reload = reload,
	.free = destroy,
};

struct view *
blame_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS];
	struct blame *b = mem_alloc(sizeof(*b));

	listview_init(&b->base, &ops, c, columns);
	b->address = mem_strdup(args_text(args, "address"));
	b->text = mem_strdup(args_text(args, "text"));
	b->version = number_of(args, "version");
	b->base.feed = &b->feed;
	feed_init(&b->feed, &b->base.view, "page.blame", "line", fill_list);
	reload(&b->base.view);
	return &b->base.view;
}
