/*
 * going.c - a field, below it the pages whose titles fit what is typed, and
 * before them the screens whose names do. What is typed always goes into the
 * field, wherever the cursor is; the arrows choose from the list.
 */
#include "view/going.h"

#include <stdlib.h>
#include <string.h>

#include "base/fitting.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "view/hits.h"
#include "view/input.h"
#include "view/listview.h"

#define GOING_MAX 500 /* bytes */
#define GOING_ROWS 100
#define FIELD_COLS 78
#define PLACES 1000 /* values from here on: indexes of those */
#define NOTHING ((size_t)-1)
#define NAME_LEAST 3 /* bytes of the name of a screen: less is a title's */
#define RANK_WORD 2 /* fitting_rank(): where a word begins, or better */

struct going {
	struct listview base; /* values are indexes of pages, or of places */
	struct input words;
	bool typing; /* the cursor is in the field */
	size_t first; /* value of the first item, or NOTHING */
	json_t *titles; /* that the rows of `fitting` are of */
	struct fitting fitting; /* pages */
	json_t *counts; /* row i: {address, new} of the i-th of them */
	int64_t count_at; /* clock_mono_ms(): then they are asked for; or 0 */
};

/* Where one can always go; by either word, whatever the language. */
static const struct {
	const char *word, *dutch;
	enum command cmd; /* CMD_N: a screen */
	enum screen screen;
} places[] = {
	{ N_("Start"), "start", CMD_HOME, SCREEN_START },
	{ N_("New for you"), "nieuw voor jou", CMD_N, SCREEN_NEWS },
	{ N_("Changes"), "wijzigingen", CMD_N, SCREEN_CHANGES },
	{ N_("My drafts"), "mijn kladden", CMD_N, SCREEN_DRAFTS },
	{ N_("Deleted pages"), "verwijderde pagina's", CMD_N, SCREEN_DELETED },
	{ N_("Search"), "zoeken", CMD_N, SCREEN_SEARCH },
	{ N_("Profile"), "profiel", CMD_N, SCREEN_PROFILE },
	{ N_("Administration"), "beheer", CMD_ADMIN, SCREEN_ADMIN },
	{ N_("Questions"), "vraagstukken", CMD_N, SCREEN_QUESTIONS },
	{ N_("Decisions"), "besluiten", CMD_N, SCREEN_DECISIONS },
	{ N_("Actions"), "acties", CMD_N, SCREEN_ACTIONS },
	{ N_("Meetings"), "vergaderingen", CMD_N, SCREEN_MEETINGS },
	{ N_("Progress"), "voortgang", CMD_N, SCREEN_PROGRESS },
	{ N_("Rounds of reflection"), "reflectierondes", CMD_N, SCREEN_ROUNDS },
};

#define N_PLACES (sizeof(places) / sizeof(places[0]))

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

static bool
is_open(const struct context *c, size_t i)
{
	return context_allows(c, places[i].cmd) &&
	       (places[i].screen != SCREEN_DRAFTS || context_may_write(c));
}

static bool
begins_in(const char *name, const char *words)
{
	struct buf folded = BUF_INIT;
	int rank;

	utf8_fold(&folded, name, strlen(name));
	rank = fitting_rank(folded.ptr, words);
	buf_release(&folded);
	return rank >= 0 && rank <= RANK_WORD;
}

/* All while nothing is typed. */
static bool
is_named(size_t i, const char *words)
{
	return !*words || (strlen(words) >= NAME_LEAST &&
			   (begins_in(gettext(places[i].word), words) ||
			    begins_in(places[i].word, words) ||
			    begins_in(places[i].dutch, words)));
}

static void
add(struct going *g, size_t value, const char *text,
    const char *const cells[LISTING_COLUMNS])
{
	if (g->first == NOTHING)
		g->first = value;
	listing_add(&g->base.list, value, text, cells);
}

static void
add_places(struct going *g)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct buf words = BUF_INIT;

	fitting_fold(&words, g->words.text.ptr);
	for (size_t i = 0; i < N_PLACES; i++)
		if (is_open(g->base.view.ctx, i) && is_named(i, words.ptr))
			add(g, PLACES + i, gettext(places[i].word), cells);
	buf_release(&words);
}

static void
show_pages(struct going *g)
{
	const char *cells[LISTING_COLUMNS] = { NULL };

	for (size_t i = 0; i < g->fitting.n; i++) {
		cells[0] = g->fitting.rows[i].address;
		add(g, i, g->fitting.rows[i].title, cells);
		newcount_show(&g->base.list, json_array_get(g->counts, i));
	}
}

static void
find_pages(struct going *g)
{
	json_decref(g->titles);
	g->titles = json_incref(g->base.view.ctx->titles);
	fitting_find(&g->fitting, g->titles, g->words.text.ptr, GOING_ROWS);
	json_decref(g->counts);
	g->counts = json_array();
	for (size_t i = 0; i < g->fitting.n; i++)
		(void)json_array_append_new(
			g->counts, json_pack("{s:s}", "address",
					     g->fitting.rows[i].address));
}

/* Is what is typed a page by itself? */
static bool
is_page(const struct going *g)
{
	const char *address;

	return context_find(g->base.view.ctx, g->words.text.ptr, &address) !=
	       NULL;
}

static void
fill_list(struct going *g)
{
	g->first = NOTHING;
	if (is_blank(g->words.text.ptr)) {
		add_places(g);
		return;
	}
	if (!is_page(g))
		add_places(g);
	show_pages(g);
	if (is_page(g))
		add_places(g);
	if (g->first == NOTHING)
		listing_say(&g->base.list,
			    _("No title has this. Enter asks the "
			      "wiki for an address of before."));
}

/* The cursor goes back to the field. */
static void
take_words(struct going *g)
{
	listing_release(&g->base.list);
	g->base.list.stale = true;
	g->base.list.kept = false;
	g->base.list.scroll.at = g->base.list.scroll.top = 0;
	g->typing = true;
	newcount_release(&g->base.counts);
	g->count_at = 0;
	if (!is_blank(g->words.text.ptr)) {
		find_pages(g);
		g->count_at = clock_mono_ms() + HITS_PAUSE_MS;
	}
	fill_list(g);
}

static int64_t
due(const struct view *v)
{
	return const_going(v)->count_at;
}

/* They stand beside what is found when one stops typing. */
static void
tick(struct view *v, bool ends)
{
	struct going *g = going_of(v);

	if (ends || !g->count_at || g->count_at > clock_mono_ms())
		return;
	g->count_at = 0;
	newcount_ask(&g->base.counts, g->counts, true);
}

/* What is new on them; the focus stays. */
static void
take_counts(struct view *v)
{
	listing_clear(&going_of(v)->base.list);
	fill_list(going_of(v));
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
	if (!is_blank(g->words.text.ptr) &&
	    (g->fitting.n || g->first == NOTHING))
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
open_value(const struct going *g, size_t value)
{
	if (value < PLACES)
		return request_run(CMD_GOTO, g->fitting.rows[value].address);
	value -= PLACES;
	if (places[value].cmd != CMD_N)
		return request_run(places[value].cmd, NULL);
	return request_show(places[value].screen, NULL);
}

/* What was typed, when that is a page by itself or none that is known. */
static struct request
go_to_words(const struct going *g)
{
	const char *words = g->words.text.ptr;

	if (is_blank(words))
		return request_of(REQUEST_BACK);
	if (!strchr(words, '/') && !is_page(g) && g->first != NOTHING)
		return open_value(g, g->first);
	return request_run(CMD_GOTO, words);
}

static struct request
choose(const struct going *g)
{
	size_t i;

	if (g->typing || !listing_focus(&g->base.list, &i))
		return go_to_words(g);
	return open_value(g, i);
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
		take_words(g);
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

static const enum command bar[] = { CMD_GO, CMD_DOWN, CMD_CANCEL, CMD_HELP,
				    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_DOWN, N_("Choose") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct going *g = going_of(v);

	listview_release(&g->base);
	fitting_release(&g->fitting);
	json_decref(g->titles);
	json_decref(g->counts);
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
	.words = bar_words,
	.where = tell_where,
	.tell = listview_tell,
	.pick = pick,
	.due = due,
	.tick = tick,
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
	g->base.counts.view = &g->base.view;
	g->base.counts.taken = take_counts;
	input_init(&g->words, "", GOING_MAX);
	take_words(g);
	return &g->base.view;
}
