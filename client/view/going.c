/*
 * going.c - a field, below it the pages whose titles fit what is typed. What
 * is typed always goes into the field, wherever the cursor is; the arrows
 * choose from the list.
 */
#include "view/going.h"

#include <stdlib.h>
#include <string.h>

#include "base/fitting.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/input.h"
#include "view/listview.h"

#define GOING_MAX 500 /* bytes */
#define GOING_ROWS 100
#define FIELD_COLS 78

struct going {
	struct listview base; /* values are indexes of those, or of places */
	struct input words;
	bool typing; /* the cursor is in the field */
	json_t *titles; /* that the rows of `fitting` are of */
	struct fitting fitting; /* pages */
};

/* Where one can always go. */
static const struct {
	const char *word;
	enum command cmd; /* CMD_N: a screen */
	enum screen screen;
} places[] = {
	{ N_("Start"), CMD_HOME, SCREEN_START },
	{ N_("New for you"), CMD_N, SCREEN_NEWS },
	{ N_("Changes"), CMD_N, SCREEN_CHANGES },
	{ N_("My drafts"), CMD_N, SCREEN_DRAFTS },
	{ N_("Deleted pages"), CMD_N, SCREEN_DELETED },
	{ N_("Search"), CMD_N, SCREEN_SEARCH },
	{ N_("Profile"), CMD_N, SCREEN_PROFILE },
	{ N_("Administration"), CMD_ADMIN, SCREEN_ADMIN },
	{ N_("Questions"), CMD_N, SCREEN_QUESTIONS },
	{ N_("Decisions"), CMD_N, SCREEN_DECISIONS },
	{ N_("Actions"), CMD_N, SCREEN_ACTIONS },
	{ N_("Meetings"), CMD_N, SCREEN_MEETINGS },
	{ N_("Progress"), CMD_N, SCREEN_PROGRESS },
};

static struct going *
going_of(struct view *v)
{
	return (struct going *)v;
}

static const struct going *
const_going(const struct view *v)
{
	return (const struct going *)v;
}

static bool
is_blank(const char *s)
{
	return s[strspn(s, " ")] == '\0';
}

/* --- the list --- */

static void
add_places(struct going *g)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (context_allows(g->base.view.ctx, places[i].cmd) &&
		    (places[i].screen != SCREEN_DRAFTS ||
		     context_may_write(g->base.view.ctx)))
			listing_add(&g->base.list, i, gettext(places[i].word),
				    cells);
}

static void
add_pages(struct going *g)
{
	const char *cells[LISTING_COLUMNS] = { NULL };

	json_decref(g->titles);
	g->titles = json_incref(g->base.view.ctx->titles);
	fitting_find(&g->fitting, g->titles, g->words.text.ptr, GOING_ROWS);
	for (size_t i = 0; i < g->fitting.n; i++) {
		cells[0] = g->fitting.rows[i].address;
		listing_add(&g->base.list, i, g->fitting.rows[i].title, cells);
	}
	if (!g->fitting.n)
		listing_say(&g->base.list,
			    _("No title has this. Enter asks the "
			      "wiki for an address of before."));
}

/* The cursor goes back to the field. */
static void
fill_list(struct going *g)
{
	listing_release(&g->base.list);
	g->base.list.stale = true;
	g->base.list.kept = false;
	g->base.list.scroll.at = g->base.list.scroll.top = 0;
	g->typing = true;
	if (is_blank(g->words.text.ptr))
		add_places(g);
	else
		add_pages(g);
}

static bool
is_ready(const struct view *v)
{
	return v->ctx->titles != NULL;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct going *g = const_going(v);

	buf_str(&h->title, _("Go to"));
	buf_str(&h->place, _("Go to which page? Title or address"));
	if (!is_blank(g->words.text.ptr))
		buf_printf(&h->state,
			   ngettext("%zu page", "%zu pages", g->fitting.n),
			   g->fitting.n);
}

/* The field takes the blank line above the list, where there is one. */
static int
field_rows(const struct going *g)
{
	return g->base.list.lead ? 0 : 1;
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct going *g = going_of(v);

	g->base.list.resting = g->typing;
	listing_recalc(&g->base.list, rows, cols);
	if (field_rows(g))
		listing_recalc(&g->base.list, rows - 1, cols);
}

/* The list may have scrolled the blank line away: then the field covers the
 * line that took its place. */
static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct going *g = const_going(v);
	int above = g->base.list.lead && !g->base.list.scroll.top ? 0 : 1;
	int width = canvas_cols(c) - 4, row, col;

	width = width < FIELD_COLS ? width : FIELD_COLS;
	listing_paint(&g->base.list, c, top + above, rows - above);
	canvas_get_cursor(c, &row, &col);
	input_paint(&g->words, c, top, 2, width);
	if (!g->typing)
		canvas_cursor(c, row, col);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct going *g = const_going(v);

	if (g->typing)
		buf_str(out, _("Go to which page? Title or address"));
	else
		listing_where(&g->base.list, out);
}

/* --- choosing --- */

static bool
pick(struct view *v, size_t value)
{
	going_of(v)->typing = false;
	return listing_pick(&going_of(v)->base.list, value);
}

static struct request
open_place(size_t i)
{
	if (places[i].cmd != CMD_N)
		return request_run(places[i].cmd, NULL);
	return request_show(places[i].screen, NULL);
}

/* What was typed, when that is a page by itself or none that is known. */
static struct request
go_to_words(const struct going *g)
{
	const char *words = g->words.text.ptr, *address;

	if (is_blank(words))
		return request_of(REQUEST_BACK);
	if (g->fitting.n && !strchr(words, '/') &&
	    !context_find(g->base.view.ctx, words, &address))
		words = g->fitting.rows[0].address;
	return request_run(CMD_GOTO, words);
}

static struct request
choose(const struct going *g)
{
	size_t i;

	if (g->typing || !listing_focus(&g->base.list, &i))
		return go_to_words(g);
	if (is_blank(g->words.text.ptr))
		return open_place(i);
	return request_run(CMD_GOTO, g->fitting.rows[i].address);
}

/* Into the list, through it, and out of it at the top. */
static void
step(struct going *g, enum command cmd)
{
	size_t first = (size_t)g->base.list.lead;
	bool up = cmd == CMD_UP || cmd == CMD_PREVIOUS_ITEM;

	if (g->typing) {
		g->typing = up;
		g->base.list.scroll.at = first;
	} else if (up && g->base.list.scroll.at <= first) {
		g->typing = true;
	} else {
		(void)listing_move(&g->base.list, cmd);
	}
	if (!g->typing)
		context_say_item(g->base.view.ctx, &g->base.list, cmd);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct going *g = going_of(v);
	unsigned changes = g->words.changes;

	(void)r;
	if (k->code == KEY_TAB_ || k->code == KEY_BACKTAB) {
		step(g,
		     k->code == KEY_TAB_ ? CMD_NEXT_ITEM : CMD_PREVIOUS_ITEM);
		return true;
	}
	if (!input_key(&g->words, k, v->ctx))
		return false;
	g->typing = true;
	if (g->words.changes != changes)
		fill_list(g);
	return true;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct going *g = going_of(v);

	(void)text;
	if (cmd == CMD_CANCEL)
		return request_of(REQUEST_BACK);
	if (cmd == CMD_GO)
		return choose(g);
	if (cmd == CMD_UP || cmd == CMD_DOWN)
		step(g, cmd);
	return request_of(REQUEST_NONE);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_GO, CMD_DOWN, CMD_CANCEL,
					     CMD_HELP, CMD_N };

	(void)v;
	return list;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	(void)key;
	if (cmd == CMD_DOWN)
		buf_str(word, _("Choose"));
}

static void
destroy(struct view *v)
{
	struct going *g = going_of(v);

	listview_release(&g->base);
	fitting_release(&g->fitting);
	json_decref(g->titles);
	input_release(&g->words);
	free(g);
}

static const struct view_ops ops = {
	.place = PLACE_FIELD,
	.passes = true,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = listview_has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.name = name,
	.where = tell_where,
	.tell = listview_tell,
	.pick = pick,
	.free = destroy,
};

struct view *
going_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 47, .width = 33, .from = 80 },
	};
	struct going *g = mem_alloc(sizeof(*g));

	(void)args;
	listview_init(&g->base, &ops, c, columns);
	input_init(&g->words, "", GOING_MAX);
	fill_list(g);
	return &g->base.view;
}
