/*
 * blame.c - who wrote what of a page, as a list: who, when and why once for
 * each piece, below it the text as the page shows it.
 */
#include "view/blame.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"
#include "view/naming.h"
#include "view/origins.h"

#define LINE_ROWS 1000 /* that one line of the text may be wrapped to */

struct blame {
	struct listview base; /* values are indexes of pieces */
	char *address, *text;
	json_int_t version; /* asked for; 0: the newest */
	struct vec pieces; /* struct origin *, of its rows */
	bool begun; /* the cursor was put on `text` */
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
shown_version(const struct blame *b)
{
	return args_number(b->base.feed.result, "version");
}

/* --- the list --- */

static const struct origin *
piece_at(const struct blame *b, size_t i)
{
	return b->pieces.items[i];
}

static const json_t *
row_of(const struct blame *b, size_t piece)
{
	return feed_row(&b->base.feed, piece_at(b, piece)->row);
}

static void
add_piece(struct blame *b, size_t i)
{
	static const char *const cells[LISTING_COLUMNS];
	const struct origin *piece = piece_at(b, i);
	const json_t *row = row_of(b, i);
	const char *note = args_text(row, "note");
	struct buf line = BUF_INIT, day = BUF_INIT;

	sentence_day(&day, args_number(row, "time"));
	/* Translators: who, when, which version: why. */
	buf_printf(&line, _("%s, %s, version %lld: %s"),
		   args_text(row, "handle"), day.ptr,
		   (long long)args_number(row, "version"),
		   *note ? note : _("(no note)"));
	listing_add(&b->base.list, i, line.ptr, cells);
	for (size_t k = 0; k < piece->lines.len; k++)
		listing_detail(&b->base.list, piece->lines.items[k], LINE_ROWS);
	buf_release(&line);
	buf_release(&day);
}

static void
fill_list(struct view *v)
{
	struct blame *b = blame_of(v);
	struct naming names;

	naming_init(&names, v->ctx, b->address);
	vec_release(&b->pieces, origins_free);
	b->pieces = origins_make(b->base.feed.rows, &names.wiki);
	naming_release(&names);
	listing_clear(&b->base.list);
	for (size_t i = 0; i < b->pieces.len; i++)
		add_piece(b, i);
	if (!b->base.list.items.len)
		listing_say(&b->base.list, _("This page has no text."));
	if (json_is_false(json_object_get(b->base.feed.result, "complete")))
		listing_say(&b->base.list,
			    _("The oldest versions were left out: a piece "
			      "may be older than it says."));
}

static void
reload(struct view *v)
{
	struct blame *b = blame_of(v);
	json_t *params =
		json_pack("{s:s, s:b}", "address", b->address, "words", 1);

	if (b->version)
		(void)json_object_set_new(params, "version",
					  json_integer(b->version));
	feed_reload(&b->base.feed, params);
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct blame *b = const_blame(v);
	const char *address,
		*title = context_find(v->ctx, b->address, &address);

	title = title ? title : b->address;
	buf_printf(&h->title, _("Who wrote this: %s, version %lld"), title,
		   (long long)shown_version(b));
	head_cut_name(h, title);
	buf_str(&h->place, _("For each piece of text: who, when, why. The "
			     "latest change counts."));
}

/* To the words one comes from; and what `w` does there. */
static void
begin(struct blame *b)
{
	size_t i;

	b->begun = true;
	if (*b->text)
		(void)listing_seek(&b->base.list, b->text, false);
	if (b->base.view.ctx->said || !listing_focus(&b->base.list, &i) ||
	    args_number(row_of(b, i), "version") < 2)
		return;
	context_say(b->base.view.ctx,
		    _("w goes from here to the version before: version %lld."),
		    (long long)args_number(row_of(b, i), "version") - 1);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct blame *b = blame_of(v);

	listview_recalc(v, rows, cols);
	if (!b->begun && b->base.feed.loaded)
		begin(b);
}

/* --- acting --- */

/* The words that the cursor stands on, or the first of the piece. */
static const char *
focused_text(const struct blame *b, size_t piece)
{
	const char *text = listing_explained(&b->base.list);

	return text ? text : piece_at(b, piece)->lines.items[0];
}

static struct request
show_change(const struct blame *b, size_t piece)
{
	json_int_t version = args_number(row_of(b, piece), "version");

	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I, s:s}", "address",
				      b->address, "from", version - 1, "to",
				      version, "text", focused_text(b, piece)));
}

/* The version before the one in which this piece came to be. */
static struct request
step_back(const struct blame *b, size_t piece)
{
	json_int_t version = args_number(row_of(b, piece), "version") - 1;

	if (version < 1) {
		context_say(b->base.view.ctx, "%s",
			    _("This piece is of the first version. There is "
			      "none before."));
		return request_of(REQUEST_NONE);
	}
	return request_show(SCREEN_BLAME,
			    json_pack("{s:s, s:I, s:s}", "address", b->address,
				      "version", version, "text",
				      focused_text(b, piece)));
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
		return show_change(b, i);
	if (cmd == CMD_BLAME)
		return step_back(b, i);
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return listview_allows(v, cmd == CMD_BLAME ? CMD_OPEN : cmd);
}

static const enum command bar[] = { CMD_OPEN,	   CMD_BLAME, CMD_BACK,
				    CMD_NEXT_ITEM, CMD_GOTO,  CMD_HOME,
				    CMD_WHERE,	   CMD_MENU,  CMD_HELP,
				    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("See the change") },
	{ CMD_BLAME, N_("Version before") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct blame *b = blame_of(v);

	listview_release(&b->base);
	vec_release(&b->pieces, origins_free);
	free(b->address);
	free(b->text);
	free(b);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,	   .place = PLACE_BLAME, .is_ready = listview_is_ready,
	.head = fill_head, .recalc = recalc,	 .run = run,
	.allows = allows,  .bar = bar,		 .words = bar_words,
	.reload = reload,  .free = destroy,
};

struct view *
blame_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS];
	struct blame *b = mem_alloc(sizeof(*b));

	listview_init(&b->base, &ops, c, columns);
	b->address = mem_strdup(args_text(args, "address"));
	b->text = mem_strdup(args_text(args, "text"));
	b->version = args_number(args, "version");
	listview_feed(&b->base, "page.blame", "byte", fill_list);
	reload(&b->base.view);
	return &b->base.view;
}
