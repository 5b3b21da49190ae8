/*
 * search.c - the rows of search.pages as a list, below a field with the words.
 * The focus is in one of the two, each with its own place: letters typed in the
 * field are words, in the list they are commands.
 */
#include "view/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/hits.h"
#include "view/input.h"
#include "view/listview.h"
#include "view/narrow.h"
#include "view/heard.h"

#define WORDS_MAX 200 /* bytes; with filters still a query of the wiki */
#define PASSAGE_ROWS 2
#define FIELD_COLS 78

struct search {
	struct listview base; /* values are indexes of hits */
	struct input words;
	bool typing; /* the focus is in the field */
	struct narrow narrow;
	struct hits hits;
};

static struct search *
search_of(struct view *v)
{
	return (struct search *)v;
}

static const struct search *
const_search(const struct view *v)
{
	return (const struct search *)v;
}

static bool
is_blank(const char *s)
{
	return s[strspn(s, " ")] == '\0';
}

/* --- the list --- */

/* "thema, concept". */
static void
describe_row(struct buf *out, const json_t *row, bool old)
{
	const char *state = args_text(row, "state");

	if (!*state)
		state = args_text(row, "status");
	if (old) {
		buf_str(out, _("in an old version"));
		return;
	}
	if (newsline_is_said(row)) {
		heard_kind(out, row);
		return;
	}
	buf_str(out, sentence_kind(args_text(row, "kind")));
	if (*state)
		buf_printf(out, ", %s", sentence_status(state));
}

static void
add_passage(struct search *s, const json_t *row, bool old)
{
	struct buf text = BUF_INIT, when = BUF_INIT;

	if (old)
		buf_printf(&text, _("version %lld: "),
			   (long long)args_number(row, "version"));
	if (newsline_is_said(row)) {
		sentence_day(&when, args_number(row, "time"));
		buf_printf(&text, "%s, %s: ", args_text(row, "handle"),
			   when.ptr);
	}
	buf_str(&text, args_text(row, "passage"));
	if (text.len)
		listing_found(&s->base.list, text.ptr, PASSAGE_ROWS);
	buf_release(&when);
	buf_release(&text);
}

static void
add_row(struct search *s, size_t i)
{
	const json_t *row = hits_row(&s->hits, i);
	bool old = hits_is_old(&s->hits, i);
	struct buf what = BUF_INIT;
	const char *cells[LISTING_COLUMNS] = { NULL };

	describe_row(&what, row, old);
	cells[0] = what.ptr;
	listing_add(&s->base.list, i, args_text(row, "title"), cells);
	if (!newsline_is_said(row))
		newcount_show(&s->base.list, row);
	add_passage(s, row, old);
	buf_release(&what);
}

/* "Perhaps: inclusief (2), inclusie (1).", with how many pages have each. */
static void
tell_near(const struct search *s, struct buf *out)
{
	const json_t *row;
	size_t i;

	json_array_foreach(s->hits.near, i, row)
	{
		buf_str(out, i ? ", " : _(" Perhaps: "));
		buf_printf(out, "%s (%lld)", args_text(row, "word"),
			   (long long)args_number(row, "pages"));
	}
	if (i)
		buf_char(out, '.');
}

/* Where there are no rows. */
static void
add_sentence(struct search *s)
{
	struct buf line = BUF_INIT;

	if (s->hits.refusal) {
		buf_str(&line, s->hits.refusal);
	} else if (!s->hits.asked) {
		buf_str(&line, _("Type the words you look for. The first "
				 "letters of a word are enough."));
	} else if (s->hits.done) {
		buf_printf(&line, _("Nothing found for %s."),
			   is_blank(s->words.text.ptr) ? _("this filter")
						       : s->words.text.ptr);
		tell_near(s, &line);
		if (!s->typing && !is_blank(s->words.text.ptr) &&
		    context_allows(s->base.view.ctx, CMD_NEW))
			buf_printf(&line, " %s",
				   _("n makes a page of this name."));
	}
	if (line.len)
		listing_say(&s->base.list, line.ptr);
	buf_release(&line);
}

static void
fill_list(struct search *s)
{
	size_t n = hits_size(&s->hits);

	listing_clear(&s->base.list);
	for (size_t i = 0; i < n; i++)
		add_row(s, i);
	if (!n)
		add_sentence(s);
	if (s->hits.incomplete && s->hits.done)
		listing_say(&s->base.list, _("Not all old versions have been "
					     "searched yet."));
}

/* --- finding --- */

static void
say_found(struct search *s)
{
	size_t n = hits_size(&s->hits);
	struct buf line = BUF_INIT;

	if (s->hits.refusal)
		buf_printf(&line, _("Error: %s"), s->hits.refusal);
	else if (s->hits.more)
		buf_printf(&line,
			   _("These are the first %zu; f leaves out "
			     "what you do not look for."),
			   n);
	else
		buf_printf(&line, _("%zu found."), n);
	if (n && !is_blank(s->words.text.ptr) &&
	    !strchr(s->words.text.ptr, '"'))
		buf_printf(&line, _(" Words that begin with %s count too."),
			   s->words.text.ptr);
	context_say(s->base.view.ctx, "%s", line.ptr);
	buf_release(&line);
}

static void
take_hits(struct view *v, bool anew)
{
	struct search *s = search_of(v);

	if (anew) {
		s->base.list.scroll.at = s->base.list.scroll.top = 0;
		listing_release(&s->base.list); /* the focus is on the first */
		s->base.list.kept = false;
	}
	fill_list(s);
	if (s->hits.done && s->hits.asked)
		say_found(s);
}

/* To the minute: what is asked twice is the same then. */
static void
look(struct search *s, int pause_ms)
{
	const char *words = s->words.text.ptr;
	int64_t now = clock_wall() / 60 * 60;
	json_t *params = narrow_query(&s->narrow, words, now);
	bool past = narrow_knows_old(&s->narrow) && !is_blank(words) &&
		    s->base.view.ctx->at == 0;

	if (params)
		(void)json_object_set_new(params, "said", json_true());
	if (params)
		params = context_params(s->base.view.ctx, params);
	hits_want(&s->hits, params, past, pause_ms);
}

static bool
is_ready(const struct view *v)
{
	const struct search *s = const_search(v);

	return s->typing || s->hits.done;
}

static int64_t
due(const struct view *v)
{
	return hits_due(&const_search(v)->hits);
}

static void
tick(struct view *v, bool ends)
{
	if (!ends)
		hits_tick(&search_of(v)->hits);
}

static void
returned(struct view *v)
{
	newcount_ask(&search_of(v)->base.counts, search_of(v)->hits.rows,
		     false);
}

static void
take_counts(struct view *v)
{
	fill_list(search_of(v));
}

static void
reload(struct view *v)
{
	hits_again(&search_of(v)->hits);
}

/* --- showing --- */

static void
fill_place(const struct search *s, struct head *h)
{
	if (narrow_is_empty(&s->narrow)) {
		buf_str(&h->place,
			s->base.view.ctx->at
				? _("All pages and discussions of then.")
				: _("All: pages, discussions and old "
				    "versions."));
	} else {
		buf_str(&h->only, _("Only: "));
		narrow_tell(&s->narrow, &h->only);
		buf_printf(&h->place, "%s.", h->only.ptr);
	}
	buf_str(&h->place, s->typing ? _(" Down goes to what is found.")
				     : _(" f Filter  z Other words"));
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct search *s = const_search(v);
	size_t n = hits_size(&s->hits);

	if (is_blank(s->words.text.ptr))
		buf_str(&h->title, _("Search"));
	else
		buf_printf(&h->title, _("Search: %s"), s->words.text.ptr);
	if (s->hits.asked && s->hits.more)
		buf_printf(&h->state, _("the first %zu"), n);
	else if (s->hits.asked)
		buf_printf(&h->state, _("%zu found"), n);
	fill_place(s, h);
}

/* The field takes the blank line above the list, where there is one. */
static int
field_rows(const struct search *s)
{
	return s->typing && !s->base.list.lead ? 1 : 0;
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct search *s = search_of(v);

	s->base.list.resting = s->typing;
	listing_recalc(&s->base.list, rows, cols);
	if (field_rows(s))
		listing_recalc(&s->base.list, rows - 1, cols);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct search *s = const_search(v);
	int above = field_rows(s), width = s->base.list.cols - 4;

	listing_paint(&s->base.list, c, top + above, rows - above);
	width = width < FIELD_COLS ? width : FIELD_COLS;
	if (s->typing)
		input_paint(&s->words, c, top, 2, width);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct search *s = const_search(v);

	if (s->typing)
		buf_str(out, _("The words to search for"));
	else
		listing_where(&s->base.list, out);
}

/* --- the field --- */

static const struct view_ops field_ops, list_ops;

static void
focus_field(struct search *s, bool typing)
{
	s->typing = typing;
	s->base.view.ops = typing ? &field_ops : &list_ops;
	s->base.list.scroll.at = s->base.list.scroll.top = 0;
	fill_list(s);
}

static void
go_to_words(struct search *s)
{
	input_select_all(&s->words);
	focus_field(s, true);
	context_say(s->base.view.ctx, "%s", _("The words to search for."));
}

static void
go_to_list(struct search *s)
{
	if (is_blank(s->words.text.ptr) && narrow_is_empty(&s->narrow))
		return;
	focus_field(s, false);
	hits_hurry(&s->hits);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct search *s = search_of(v);
	unsigned changes = s->words.changes;

	(void)r;
	if (k->code == KEY_TAB_) {
		go_to_list(s);
		return true;
	}
	if (!input_key(&s->words, k, v->ctx))
		return false;
	if (s->words.changes != changes)
		look(s, HITS_PAUSE_MS);
	return true;
}

static struct request
run_field(struct view *v, enum command cmd, const char *text)
{
	struct search *s = search_of(v);

	(void)text;
	if (cmd == CMD_CANCEL)
		return request_of(REQUEST_BACK);
	if (cmd == CMD_GO || cmd == CMD_DOWN)
		go_to_list(s);
	return request_of(REQUEST_NONE);
}

static const enum command field_bar[] = { CMD_GO, CMD_CANCEL, CMD_HELP, CMD_N };

static const struct view_word field_words[] = {
	{ CMD_GO, N_("To what is found") },
	{ CMD_N, NULL },
};

/* --- acting --- */

/* Where the last two words of [s, end) begin; a mark ends them sooner. */
static const char *
last_words(const char *s, const char *end)
{
	int blanks = 0;
	const char *at = end;

	while (at > s && !strchr(".*|\n", at[-1])) {
		if (at[-1] == ' ' && ++blanks == 3)
			break;
		at--;
	}
	return at;
}

/* What was found first in the passage, with words before it, as a place on a
 * page; else the words as they were typed. */
static char *
found_place(const struct search *s, const json_t *row)
{
	const char *passage = args_text(row, "passage"), *before;
	const char *from = strchr(passage, '*');
	const char *to = from ? strchr(from + 1, '*') : NULL;
	struct buf place = BUF_INIT;

	buf_char(&place, '?');
	if (to) {
		before = last_words(passage, from);
		buf_add(&place, before, (size_t)(from - before));
		buf_char(&place, '|');
		buf_add(&place, from + 1, (size_t)(to - from - 1));
	} else {
		buf_printf(&place, "|%s", s->words.text.ptr);
	}
	return buf_take(&place);
}

static struct request
open_focus(const struct search *s)
{
	struct request r;
	const json_t *row;
	char *at;
	size_t i;

	if (!listing_focus(&s->base.list, &i))
		return request_of(REQUEST_NONE);
	row = hits_row(&s->hits, i);
	if (newsline_is_said(row))
		return heard_open(row);
	at = found_place(s, row);
	r = request_show(SCREEN_PAGE,
			 json_pack("{s:s, s:s}", "address",
				   args_text(row, "address"), "at", at));
	if (hits_is_old(&s->hits, i))
		(void)json_object_set(r.args, "version",
				      json_object_get(row, "version"));
	free(at);
	return r;
}

/* The words are typed: nothing has the focus. */
static struct request
preview(const struct view *v)
{
	const struct search *s = const_search(v);

	return s->typing ? request_of(REQUEST_NONE) : open_focus(s);
}

static struct request
make_page(const struct search *s)
{
	return request_show(SCREEN_NEWPAGE,
			    json_pack("{s:s}", "title", s->words.text.ptr));
}

/* From the first one up: the words. */
static bool
leaves_list(const struct search *s, enum command cmd)
{
	return cmd == CMD_SEARCH ||
	       (cmd == CMD_UP &&
		s->base.list.scroll.at <= (size_t)(s->base.list.lead ? 1 : 0));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct search *s = search_of(v);
	struct request r;

	if (cmd == CMD_FILTER) {
		if (narrow_run(&s->narrow, cmd, text, &r))
			look(s, 0);
		return r;
	}
	if (leaves_list(s, cmd)) {
		go_to_words(s);
		return request_of(REQUEST_NONE);
	}
	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return open_focus(s);
	if (cmd == CMD_NEW)
		return make_page(s);
	return r;
}

static const enum command bar[] = { CMD_OPEN, CMD_SEARCH, CMD_FILTER,
				    CMD_LOOK, CMD_BACK,	  CMD_NEXT_ITEM,
				    CMD_GOTO, CMD_HOME,	  CMD_WHERE,
				    CMD_MENU, CMD_HELP,	  CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_SEARCH, N_("Other words") },
	{ CMD_LOOK, N_("On this screen") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct search *s = search_of(v);

	hits_release(&s->hits);
	narrow_release(&s->narrow);
	listview_release(&s->base);
	input_release(&s->words);
	free(s);
}

static const struct view_ops field_ops = {
	.place = PLACE_FIELD,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = listview_has_more,
	.key = take_key,
	.run = run_field,
	.bar = field_bar,
	.words = field_words,
	.where = tell_where,
	.tell = listview_tell,
	.preview = preview,
	.reload = reload,
	.returned = returned,
	.due = due,
	.tick = tick,
	.free = destroy,
};

static const struct view_ops list_ops = {
	.place = PLACE_SEARCH,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = listview_has_more,
	.run = run,
	.allows = listview_allows,
	.bar = bar,
	.words = bar_words,
	.pick = listview_pick,
	.where = tell_where,
	.tell = listview_tell,
	.preview = preview,
	.reload = reload,
	.returned = returned,
	.due = due,
	.tick = tick,
	.free = destroy,
};

struct view *
search_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 25, .from = 60 },
	};
	struct search *s = mem_alloc(sizeof(*s));

	listview_init(&s->base, &list_ops, c, columns);
	input_init(&s->words, args_text(args, "words"), WORDS_MAX);
	narrow_init(&s->narrow, ((1u << NARROW_N) - 1) | NARROW_SAID);
	hits_init(&s->hits, &s->base.view, take_hits);
	s->base.counts.view = &s->base.view;
	s->base.counts.taken = take_counts;
	focus_field(s, is_blank(s->words.text.ptr));
	look(s, 0);
	return &s->base.view;
}
