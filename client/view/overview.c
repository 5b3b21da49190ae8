/*
 * overview.c - see overview.h. One list; what differs from kind to kind is a
 * row of a table: the method, how a row reads, what narrows it.
 */
#include "view/overview.h"

#include <stdlib.h>
#include <string.h>

#include "base/days.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/aspect.h"
#include "view/chain_actions.h"
#include "view/filters.h"
#include "view/listview.h"
#include "view/shaper.h"

struct overview;

struct kind {
	const char *title, *place, *empty; /* msgids */
	const char *method;
	const struct filter_set *filter; /* begins with its first; or NULL */
	struct listing_column columns[LISTING_COLUMNS];
	void (*add)(struct listview *l, size_t i, const json_t *row);
	struct request (*open)(const json_t *row);
};

struct overview {
	struct listview base; /* values are indexes of the feed */
	const struct kind *kind;
	struct filters filters;
	char *theme; /* only of this, or NULL */
	struct shaper shaper;
};

static struct overview *
overview_of(struct view *v)
{
	return (struct overview *)v;
}

static const struct overview *
const_overview(const struct view *v)
{
	return (const struct overview *)v;
}

static bool
is_true(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

/* --- rows ----------------------------------------------------------------- */

static void
add_question(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	long n = (long)json_integer_value(json_object_get(row, "positions"));
	struct buf positions = BUF_INIT;

	buf_printf(&positions, ngettext("%ld position", "%ld positions", n), n);
	cells[0] = sentence_status(args_text(row, "state"));
	cells[1] = positions.ptr;
	listing_add(&l->list, i, args_text(row, "title"), cells);
	newcount_show(&l->list, row);
	if (*args_text(row, "core"))
		listing_detail(&l->list, args_text(row, "core"), 2);
	buf_release(&positions);
}

/* How it stands, where that is not what it says itself. */
static const char *
standing_of(const json_t *row)
{
	if (!is_true(row, "holds"))
		return *args_text(row, "outcome") ? args_text(row, "outcome")
						  : _("no outcome yet");
	if (is_true(row, "in_force"))
		return _("in force");
	return *args_text(row, "replaced_by") ? _("superseded")
					      : _("not in force");
}

static void
add_decision(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf day = BUF_INIT, line = BUF_INIT;

	days_short(&day, args_text(row, "date"));
	cells[0] = standing_of(row);
	cells[1] = day.ptr;
	listing_add(&l->list, i, args_text(row, "title"), cells);
	newcount_show(&l->list, row);
	buf_str(&line, args_text(row, "body"));
	if (*args_text(row, "review")) {
		buf_printf(&line, "%s%s ", line.len ? ". " : "",
			   _("To be reviewed before"));
		days_say(&line, args_text(row, "review"));
	}
	if (line.len)
		listing_detail(&l->list, line.ptr, 1);
	buf_release(&line);
	buf_release(&day);
}

static void
add_action(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf day = BUF_INIT, line = BUF_INIT;

	days_short(&day, args_text(row, "due"));
	buf_printf(&line, "%s: %s", chain_actions_word(row),
		   args_text(row, "text"));
	cells[0] = args_text(row, "owner");
	cells[1] = day.ptr;
	listing_add(&l->list, i, line.ptr, cells);
	newcount_show(&l->list, row);
	buf_reset(&line);
	buf_printf(&line, "%s, %s", args_text(row, "number"),
		   args_text(row, "title"));
	if (*args_text(row, "result"))
		buf_printf(&line, ". %s", args_text(row, "result"));
	listing_detail(&l->list, line.ptr, 1);
	buf_release(&line);
	buf_release(&day);
}

static void
add_meeting(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf day = BUF_INIT;

	days_short(&day, args_text(row, "date"));
	cells[0] = *args_text(row, "adopted") ? _("minutes adopted") : "";
	cells[1] = day.ptr;
	listing_add(&l->list, i, args_text(row, "title"), cells);
	newcount_show(&l->list, row);
	if (*args_text(row, "body"))
		listing_detail(&l->list, args_text(row, "body"), 1);
	buf_release(&day);
}

/* A heading where another theme begins. */
static void
add_theme(struct listview *l, size_t i, const json_t *row)
{
	const char *theme = args_text(row, "theme");
	const json_t *before = i ? feed_row(&l->feed, i - 1) : NULL;

	if (before && strcmp(args_text(before, "theme"), theme) == 0)
		return;
	listing_heading(&l->list, *args_text(row, "theme_title")
					  ? args_text(row, "theme_title")
					  : theme);
}

static void
add_progress(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf day = BUF_INIT, line = BUF_INIT;

	add_theme(l, i, row);
	days_short(&day, args_text(row, "since"));
	cells[0] = sentence_stage(args_text(row, "stage"));
	cells[1] = day.ptr;
	listing_add(&l->list, i, args_text(row, "municipality"), cells);
	newcount_show(&l->list, row);
	if (*args_text(row, "offers")) {
		buf_printf(&line, "%s: %s", _("Offers"),
			   args_text(row, "offers"));
		listing_detail(&l->list, line.ptr, 2);
	}
	buf_reset(&line);
	if (*args_text(row, "needs")) {
		buf_printf(&line, "%s: %s", _("Needs"),
			   args_text(row, "needs"));
		listing_detail(&l->list, line.ptr, 2);
	}
	buf_release(&line);
	buf_release(&day);
}

/* --- what Enter opens ------------------------------------------------------ */

static struct request
open_question(const json_t *row)
{
	return request_show(
		SCREEN_VIEWPOINTS,
		json_pack("{s:s}", "address", args_text(row, "address")));
}

static struct request
open_first(const json_t *row)
{
	return aspect_open(args_text(row, "address"));
}

static struct request
open_page(const json_t *row)
{
	return request_text(REQUEST_OPEN_PAGE, args_text(row, "address"));
}

/* --- what narrows it ------------------------------------------------------- */

static json_t *
params_of(const struct overview *o)
{
	json_t *params = json_copy(o->filters.values);

	if (json_object_get(params, "on"))
		(void)json_object_set_new(params, "state",
					  json_string("in-force"));
	if (o->theme)
		(void)json_object_set_new(params, "theme",
					  json_string(o->theme));
	return context_params(o->base.view.ctx, params);
}

static void
reload(struct view *v)
{
	feed_reload(&overview_of(v)->base.feed, params_of(overview_of(v)));
}

#define SET(list, q_all) \
	{ \
		.rows = (list), .n_rows = sizeof(list) / sizeof((list)[0]), \
		.single = true, .question = N_("Which do you want to see?"), \
		.all = (q_all), .changed = reload \
	}

static const struct filter question_filters[] = {
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Not answered"),
	  .word = N_("Not answered"),
	  .value = "open" },
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Answered"),
	  .word = N_("Answered"),
	  .value = "beantwoord" },
};

static const struct filter decision_filters[] = {
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("In force today"),
	  .word = N_("In force today"),
	  .value = "in-force" },
	{ .key = "on",
	  .kind = FILTER_DAY,
	  .label = N_("In force on a day"),
	  .word = N_("In force on"),
	  .question = N_("On which day? As 1-2-2026, yesterday or previous "
			 "meeting") },
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("To be reviewed by now"),
	  .word = N_("To be reviewed by now"),
	  .value = "review" },
};

static const struct filter action_filters[] = {
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Still open"),
	  .word = N_("Still open"),
	  .value = "open" },
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Overdue"),
	  .word = N_("Overdue"),
	  .value = "overdue" },
	{ .key = "state",
	  .kind = FILTER_FIXED,
	  .label = N_("Done"),
	  .word = N_("Done"),
	  .value = "gereed" },
	{ .key = "owner",
	  .label = N_("Of one role"),
	  .word = N_("Of the role"),
	  .question = N_("Of which role? As ciso") },
};

static const struct filter_set question_set =
	SET(question_filters, N_("All questions"));
static const struct filter_set decision_set =
	SET(decision_filters, N_("All decisions"));
static const struct filter_set action_set =
	SET(action_filters, N_("All actions"));

/* --- the kinds ------------------------------------------------------------- */

#define TWO_COLUMNS \
	{ \
		{ .at = 46, .width = 16, .from = 60 }, \
		{ \
			.at = 65, .width = 14, .right = true, .from = 76 \
		} \
	}

static const struct kind questions = {
	.title = N_("Questions"),
	.place = N_("What is not answered yet"),
	.empty = N_("There is no such question."),
	.method = "question.list",
	.filter = &question_set,
	.columns = TWO_COLUMNS,
	.add = add_question,
	.open = open_question,
};

static const struct kind decisions = {
	.title = N_("Decisions"),
	.place = N_("Newest first"),
	.empty = N_("There is no such decision."),
	.method = "decision.list",
	.filter = &decision_set,
	.columns = TWO_COLUMNS,
	.add = add_decision,
	.open = open_first,
};

static const struct kind actions = {
	.title = N_("Actions"),
	.place = N_("By the day they are due"),
	.empty = N_("There is no such action."),
	.method = "action.list",
	.filter = &action_set,
	.columns = { { .at = 52, .width = 12, .from = 60 },
		     { .at = 65, .width = 14, .right = true, .from = 76 } },
	.add = add_action,
	.open = open_first,
};

static const struct kind meetings = {
	.title = N_("Meetings"),
	.place = N_("Newest first"),
	.empty = N_("There are no meetings yet."),
	.method = "meeting.list",
	.columns = TWO_COLUMNS,
	.add = add_meeting,
	.open = open_first,
};

static const struct kind progress = {
	.title = N_("Progress of municipalities"),
	.place = N_("Who is furthest first"),
	.empty = N_("No municipality has said how far it is."),
	.method = "progress.list",
	/* how far is what it is about: in any window */
	.columns = { { .at = 46, .width = 18, .from = 36 },
		     { .at = 65, .width = 14, .right = true, .from = 76 } },
	.add = add_progress,
	.open = open_page,
};

/* --- data ------------------------------------------------------------------ */

static void
fill_list(struct view *v)
{
	const struct kind *k = const_overview(v)->kind;

	listview_fill(v, k->add, gettext(k->empty));
}

/* --- showing --------------------------------------------------------------- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct overview *o = const_overview(v);
	const char *found, *theme = NULL;

	buf_str(&h->title, gettext(o->kind->title));
	if (o->theme) {
		theme = context_find(v->ctx, o->theme, &found);
		buf_printf(&h->title, ": %s", theme ? theme : o->theme);
	}
	if (!o->kind->filter) {
		buf_str(&h->place, gettext(o->kind->place));
		if (view_allows(v, CMD_ADD))
			buf_str(&h->place, _(". n says how far yours is"));
		return;
	}
	filters_tell(&o->filters, &h->only);
	if (!h->only.len)
		buf_str(&h->only, gettext(o->kind->filter->all));
	buf_printf(&h->place, "%s. %s", h->only.ptr, _("f narrows."));
}

/* --- acting ---------------------------------------------------------------- */

static struct request
preview(const struct view *v)
{
	const struct overview *o = const_overview(v);
	const json_t *row = listview_row(&o->base);

	return row ? o->kind->open(row) : request_of(REQUEST_NONE);
}

/* The theme that is meant: of the list, or of the row in focus; or "". */
static const char *
meant_theme(const struct overview *o)
{
	return o->theme ? o->theme : args_text(listview_row(&o->base), "theme");
}

static struct request
ask_progress(const struct overview *o)
{
	static const char *const stages[] = { "nog niet begonnen", "verkennen",
					      "in uitvoering", "gerealiseerd" };
	struct request r = request_of(REQUEST_ASK);
	const char *theme = meant_theme(o), *found, *title;
	struct buf line = BUF_INIT;

	title = context_find(o->base.view.ctx, theme, &found);
	buf_printf(&line, _("Question: how far is your municipality with %s?"),
		   title ? title : theme);
	r.question = question_new(line.ptr, _("This takes the place of what it "
					      "said before."));
	question_ask(r.question, _("What do you offer; what do you need? As: a "
				   "coupling; help with buying"));
	question_add(r.question, _("Say nothing"), CMD_N, NULL);
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++)
		question_add(r.question, sentence_stage(stages[i]), CMD_ADD,
			     stages[i]);
	buf_release(&line);
	return r;
}

/* "verkennen\nan offer; a need" */
static void
say_progress(struct overview *o, const char *answer)
{
	size_t len = strcspn(answer, "\n");
	const char *offers = answer[len] ? answer + len + 1 : "";
	size_t n = strcspn(offers, ";");
	const char *needs = offers[n] ? offers + n + 1 : "";
	json_t *params = json_pack(
		"{s:s, s:o, s:o, s:s}", "theme", meant_theme(o), "stage",
		json_stringn(answer, len), "offers", json_stringn(offers, n),
		"needs", needs + strspn(needs, " "));

	shaper_write(&o->shaper, "progress.set", params,
		     _("It is written down. u takes it back."));
}

static struct request
add_progress_of_mine(struct overview *o, const char *answer)
{
	if (!*meant_theme(o))
		context_say(o->base.view.ctx, "%s",
			    _("With which theme? Open it, and choose this in "
			      "its menu."));
	else if (!answer)
		return ask_progress(o);
	else
		say_progress(o, answer);
	return request_of(REQUEST_NONE);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct overview *o = overview_of(v);
	struct request r;
	const json_t *row;

	if (cmd == CMD_FILTER && o->kind->filter)
		return filters_run(&o->filters, text);
	if (listview_run(v, cmd, text, &r))
		return r;
	row = listview_row(&o->base);
	if (cmd == CMD_OPEN && row)
		return o->kind->open(row);
	if (cmd == CMD_ADD && o->kind == &progress)
		return add_progress_of_mine(o, text);
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct overview *o = const_overview(v);

	if (cmd == CMD_FILTER)
		return o->kind->filter != NULL;
	if (cmd == CMD_ADD)
		return o->kind == &progress;
	return listview_allows(v, cmd) && cmd != CMD_COMPLETE &&
	       cmd != CMD_SUPPORT && cmd != CMD_RESPOND && cmd != CMD_EDIT &&
	       cmd != CMD_HISTORY && cmd != CMD_BACKLINKS &&
	       cmd != CMD_PERMALINK && cmd != CMD_PROPERTIES;
}

static const enum command bar[] = { CMD_OPEN, CMD_ADD,	CMD_FILTER, CMD_BACK,
				    CMD_GOTO, CMD_HOME, CMD_TIME,   CMD_WHERE,
				    CMD_MENU, CMD_HELP, CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_ADD, N_("Say how far") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct overview *o = overview_of(v);

	filters_release(&o->filters);
	shaper_release(&o->shaper);
	listview_release(&o->base);
	free(o->theme);
	free(o);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,	   .place = PLACE_CHAIN,
	.head = fill_head, .preview = preview,
	.run = run,	   .allows = allows,
	.bar = bar,	   .words = bar_words,
	.reload = reload,  .returned = listview_returned,
	.free = destroy,
};

static struct view *
open_list(struct context *c, const struct kind *k, const char *theme)
{
	struct overview *o = mem_alloc(sizeof(*o));

	listview_init(&o->base, &ops, c, k->columns);
	o->kind = k;
	filters_init(&o->filters, k->filter, &o->base.view,
		     k->filter ? json_pack("{s:s}", k->filter->rows[0].key,
					   k->filter->rows[0].value)
			       : NULL);
	o->theme = *theme ? mem_strdup(theme) : NULL;
	shaper_init(&o->shaper, &o->base.view);
	listview_feed(&o->base, k->method, "after", fill_list);
	reload(&o->base.view);
	return &o->base.view;
}

struct view *
questions_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_list(c, &questions, "");
}

struct view *
decisions_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_list(c, &decisions, "");
}

struct view *
actions_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_list(c, &actions, "");
}

struct view *
meetings_view_new(struct context *c, const json_t *args)
{
	(void)args;
	return open_list(c, &meetings, "");
}

struct view *
progress_view_new(struct context *c, const json_t *args)
{
	return open_list(c, &progress, args_text(args, "theme"));
}
