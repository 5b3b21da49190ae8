/*
 * handle_round.c - reading rounds of reflection: which scripts there are, which
 * rounds are open, and one of them, with what the caller may see of it.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "state/cancelled.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/pagetext.h"
#include "wiki/rows.h"
#include "wiki/sitting.h"
#include "wiki/space.h"
#include "wiki/supplied.h"

#define SCRIPTS "sjablonen/reflectie-"

/* --- round.scripts ---------------------------------------------------------- */

static json_t *
describe_script_step(const struct round_step *s)
{
	json_t *row = json_object();

	describe_number(row, "step", s->n);
	describe_line(row, "title", s->title);
	describe_line(row, "question", s->question);
	describe_line(row, "names", round_names_word(s->names));
	(void)json_object_set_new(row, "grouped", json_boolean(s->grouped));
	describe_number(row, "days", s->days ? s->days : ROUND_DAYS);
	return row;
}

/* One that cannot be read has no steps: it must be mended. */
static json_t *
describe_script(const char *address, const char *title, const struct buf *text)
{
	struct vec steps = VEC_INIT;
	json_t *row = json_object(), *list = json_array();
	size_t i;
	int rc = round_script_read(&steps, text->ptr, text->len, NULL);

	for (i = 0; i < steps.len && !rc; i++)
		(void)json_array_append_new(
			list, describe_script_step(steps.items[i]));
	describe_line(row, "address", address);
	describe_line(row, "title", title);
	(void)json_object_set_new(row, "steps", list);
	vec_release(&steps, round_step_free);
	return row;
}

static int
add_script(struct desk *d, const struct index_page *p, json_t *rows,
	   struct err *err)
{
	struct index_version *v = NULL;
	struct buf text = BUF_INIT;
	int rc = index_latest(d->index, p->info.address, &v, err);

	if (!rc)
		rc = pagetext_load(d, v, &text, err);
	if (!rc)
		(void)json_array_append_new(
			rows,
			describe_script(p->info.address, p->info.title, &text));
	buf_release(&text);
	index_version_free(v);
	return rc;
}

/* Those the program brings, where the wiki never had them. */
static void
add_supplied(struct desk *d, json_t *rows)
{
	struct frontmatter *fm = NULL;
	struct buf text = BUF_INIT;
	json_t *row;
	size_t i;

	for (i = 0; i < SUPPLIED_SCRIPTS; i++) {
		if (!supplied_is_missing(d, supplied_address(i)))
			continue;
		buf_reset(&text);
		(void)supplied_text(supplied_address(i), &text);
		(void)frontmatter_parse(&fm, text.ptr, text.len, NULL);
		row = describe_script(supplied_address(i),
				      frontmatter_text(fm, "titel"), &text);
		(void)json_object_set_new(row, "supplied", json_true());
		(void)json_array_append_new(rows, row);
		frontmatter_free(fm);
		fm = NULL;
	}
	buf_release(&text);
}

static int
handle_round_scripts(struct desk *d, struct call *c)
{
	struct vec pages = VEC_INIT;
	const struct index_page *p;
	json_t *rows = json_array();
	size_t i;
	int rc = desk_need_index(d, &c->err);

	if (!rc)
		rc = index_pages(d->index, &pages, &c->err);
	for (i = 0; i < pages.len && !rc; i++) {
		p = pages.items[i];
		if (strncmp(p->info.address, SCRIPTS, strlen(SCRIPTS)) == 0)
			rc = add_script(d, p, rows, &c->err);
	}
	if (!rc)
		add_supplied(d, rows);
	vec_release(&pages, index_page_free);
	if (rc)
		json_decref(rows);
	else
		describe_rows(c, rows);
	return rc;
}

/* --- round.list ------------------------------------------------------------- */

static void
describe_title(struct desk *d, json_t *row, const char *theme)
{
	struct index_page *page = NULL;

	if (desk_need_index(d, NULL) ||
	    index_page(d->index, theme, &page, NULL))
		page = NULL; /* gone: its address tells it */
	describe_line(row, "theme", theme);
	describe_line(row, "theme_title", page ? page->info.title : NULL);
	index_page_free(page);
}

static json_t *
describe_round(struct desk *d, const struct round *r)
{
	json_t *row = json_object();

	describe_number(row, "round", r->number);
	describe_line(row, "title", r->title);
	describe_title(d, row, r->theme);
	describe_line(row, "host", r->host);
	describe_number(row, "opened", r->opened);
	return row;
}

/* What the caller is asked in this round. */
static void
describe_due(json_t *row, const struct vec *due, int64_t round)
{
	const struct round_due *one, *found = NULL;
	size_t i;

	for (i = 0; i < due->len; i++) {
		one = due->items[i];
		if (one->round == round)
			found = one;
	}
	describe_number(row, "to_answer", found ? found->steps : 0);
	(void)json_object_set_new(row, "step",
				  found ? json_integer(found->n) : json_null());
	(void)json_object_set_new(
		row, "until", found ? json_integer(found->until) : json_null());
}

/* Those the caller took part in, until they put it away. */
static json_t *
describe_cancelled(struct desk *d, const struct cancelled *gone)
{
	json_t *row = json_object();

	describe_number(row, "round", gone->number);
	describe_line(row, "title", gone->title);
	describe_title(d, row, gone->theme);
	describe_line(row, "by", gone->by);
	describe_line(row, "reason", gone->reason);
	describe_number(row, "time", gone->when);
	return row;
}

static int
add_cancelled(struct desk *d, struct call *c)
{
	struct vec gone = VEC_INIT;
	json_t *rows = json_array();
	size_t i;
	int rc = c->caller->handle
			 ? cancelled_list(d->state, d->space->name,
					  c->caller->handle, &gone, &c->err)
			 : 0;

	for (i = 0; i < gone.len && !rc; i++)
		(void)json_array_append_new(
			rows, describe_cancelled(d, gone.items[i]));
	(void)json_object_set_new(c->result, "cancelled", rows);
	vec_release(&gone, cancelled_free);
	return rc;
}

static int
load_rounds(struct desk *d, struct call *c, struct vec *rounds, struct vec *due)
{
	const struct caller *who = c->caller;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = round_list(d->state, d->space->name, rounds, &c->err);
	if (!rc && who->handle && caller_may(who, RIGHT_WRITE))
		rc = rounds_due(d->state, d->space->name, who->handle,
				clock_wall(), due, &c->err);
	return rc;
}

static int
handle_round_list(struct desk *d, struct call *c)
{
	const char *address = call_text(c, "address");
	struct vec rounds = VEC_INIT, due = VEC_INIT;
	const struct round *r;
	json_t *rows, *row;
	size_t i;
	int rc = load_rounds(d, c, &rounds, &due);

	rows = json_array();
	for (i = 0; i < rounds.len && !rc; i++) {
		r = rounds.items[i];
		if (address && strcmp(address, r->theme) != 0)
			continue;
		row = describe_round(d, r);
		describe_due(row, &due, r->number);
		(void)json_array_append_new(rows, row);
	}
	vec_release(&rounds, round_free);
	vec_release(&due, round_due_free);
	if (rc)
		json_decref(rows);
	else
		describe_rows(c, rows);
	return rc ? rc : add_cancelled(d, c);
}

/* --- round.read: the answers ------------------------------------------------ */

static bool
is_own(const struct call *c, const char *handle)
{
	return handle && c->caller->handle &&
	       strcmp(handle, c->caller->handle) == 0;
}

static json_t *
describe_piece(const struct call *c, const struct round_piece *p)
{
	json_t *row = json_object();

	describe_line(row, "who", p->said->who);
	(void)json_object_set_new(row, "own",
				  json_boolean(is_own(c, p->said->handle)));
	(void)json_object_set_new(row, "late", json_boolean(p->said->late));
	describe_line(row, "text", p->text);
	describe_line(row, "more", p->first ? p->said->more : NULL);
	return row;
}

static json_t *
describe_group(const struct call *c, const struct round_group *g)
{
	json_t *row = json_object(), *answers = json_array();
	size_t i;

	for (i = 0; i < g->pieces.len; i++)
		(void)json_array_append_new(
			answers, describe_piece(c, g->pieces.items[i]));
	describe_line(row, "value", g->value);
	(void)json_object_set_new(row, "answers", answers);
	return row;
}

static int
describe_answers(const struct sitting *s, struct desk *d, struct call *c)
{
	struct vec said = VEC_INIT, groups = VEC_INIT;
	json_t *rows;
	size_t i;
	int rc = sitting_said(s, d, s->step, false, &said, &c->err);

	if (!rc) {
		rows = json_array();
		round_group(&groups, &said, s->step->grouped);
		for (i = 0; i < groups.len; i++)
			(void)json_array_append_new(
				rows, describe_group(c, groups.items[i]));
		(void)json_object_set_new(c->result, "groups", rows);
	}
	vec_release(&groups, round_group_free);
	vec_release(&said, round_said_free);
	return rc;
}

/* --- round.read: agreement -------------------------------------------------- */

static json_t *
describe_stand(const struct round_stand *s)
{
	json_t *row = json_object();

	describe_line(row, "who", s->who);
	(void)json_object_set_new(row, "agrees", json_boolean(s->agrees));
	describe_line(row, "reason", s->reason);
	return row;
}

static json_t *
describe_point(const struct call *c, const struct round_point *p)
{
	json_t *row = json_object(), *stands = json_array();
	const struct round_stand *s;
	json_t *mine = json_null();
	size_t i;

	for (i = 0; i < p->stands.len; i++) {
		s = p->stands.items[i];
		if (is_own(c, s->handle))
			mine = json_boolean(s->agrees);
		(void)json_array_append_new(stands, describe_stand(s));
	}
	describe_number(row, "point", p->n);
	describe_line(row, "text", p->text);
	describe_number(row, "agree", round_count(p, true));
	describe_number(row, "disagree", round_count(p, false));
	(void)json_object_set_new(row, "own", mine);
	(void)json_object_set_new(row, "stands", stands);
	return row;
}

static int
describe_points(const struct sitting *s, struct desk *d, struct call *c)
{
	struct vec points = VEC_INIT;
	json_t *rows = json_array();
	size_t i;
	int rc = sitting_points(s, d, s->step, &points, &c->err);

	for (i = 0; i < points.len && !rc; i++)
		(void)json_array_append_new(rows,
					    describe_point(c, points.items[i]));
	(void)json_object_set_new(c->result, "points", rows);
	vec_release(&points, round_point_free);
	return rc;
}

/* --- round.read ------------------------------------------------------------- */

static int
add_step(const struct sitting *s, struct desk *d, struct call *c,
	 const struct round_step *step, json_t *rows)
{
	enum round_sight sight;
	bool answered;
	json_t *row = json_object();
	int rc = sitting_look(s, d, c, step, &answered, &sight);

	describe_number(row, "step", step->n);
	describe_line(row, "title", step->title);
	describe_line(row, "question", step->question);
	describe_line(row, "names", round_names_word(step->names));
	(void)json_object_set_new(row, "grouped", json_boolean(step->grouped));
	describe_number(row, "until", step->until);
	(void)json_object_set_new(row, "open",
				  json_boolean(round_is_open(step, s->now)));
	(void)json_object_set_new(row, "answers",
				  s->takes_part ? json_integer(step->answers)
						: json_null());
	(void)json_object_set_new(row, "answered", json_boolean(answered));
	describe_line(row, "sight", round_sight_word(sight));
	(void)json_array_append_new(rows, row);
	return rc;
}

static int
add_steps(const struct sitting *s, struct desk *d, struct call *c)
{
	json_t *rows = json_array();
	size_t i;
	int rc = 0;

	for (i = 0; i < s->round->steps.len && !rc; i++)
		rc = add_step(s, d, c, s->round->steps.items[i], rows);
	(void)json_object_set_new(c->result, "steps", rows);
	return rc;
}

/* What the caller is writing: an answer, or (step 0) the conclusion. */
static int
add_draft(const struct sitting *s, struct desk *d, struct call *c, long step)
{
	char *text = NULL;
	int rc = 0;

	if (c->caller->handle)
		rc = answer_kept(d->state, s->round->number, step,
				 c->caller->handle, &text, &c->err);
	describe_line(c->result, "draft", text);
	free(text);
	return rc;
}

static int
read_step(const struct sitting *s, struct desk *d, struct call *c)
{
	enum round_sight sight;
	bool answered;
	int rc = sitting_look(s, d, c, s->step, &answered, &sight);

	if (!rc && sight == ROUND_SEEN)
		rc = describe_answers(s, d, c);
	if (!rc && sight == ROUND_SEEN)
		rc = describe_points(s, d, c);
	return rc ? rc : add_draft(s, d, c, s->step->n);
}

static void
describe_previous(struct desk *d, struct call *c, const char *theme)
{
	char *previous = sitting_previous(d, theme);

	describe_line(c->result, "previous", previous);
	free(previous);
}

static int
read_round(const struct sitting *s, struct desk *d, struct call *c)
{
	int rc;

	c->result = describe_round(d, s->round);
	describe_previous(d, c, s->round->theme);
	(void)json_object_set_new(c->result, "takes_part",
				  json_boolean(s->takes_part));
	(void)json_object_set_new(c->result, "is_host",
				  json_boolean(s->is_host));
	(void)json_object_set_new(c->result, "asked",
				  s->asked ? json_integer(s->asked)
					   : json_null());
	(void)json_object_set_new(c->result, "closing",
				  json_boolean(s->round->closing));
	rc = add_steps(s, d, c);
	if (!rc && s->step)
		rc = read_step(s, d, c);
	else if (!rc)
		rc = add_draft(s, d, c, 0);
	return rc;
}

static int
handle_round_read(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	int rc = sitting_open(&s, d, c);

	if (!rc)
		rc = read_round(&s, d, c);
	sitting_release(&s);
	return rc;
}

/* --- rows ------------------------------------------------------------------- */

static const struct param no_params[] = { PARAMS_END };

static const struct param list_params[] = {
	{ "address", PARAM_TEXT, false, ADDRESS_MAX, "on this page only" },
	PARAMS_END,
};

static const struct param read_params[] = {
	PARAM_ROUND,
	{ "step", PARAM_NUMBER, false, ROUND_STEPS_MAX,
	  "whose answers to give" },
	PARAMS_END,
};

const struct method round_rows[] = {
	{ "round.scripts", RIGHT_READ, PLACE_READER, no_params,
	  "Lists the scripts of rounds of reflection: the templates whose "
	  "address begins with sjablonen/reflectie-.",
	  "{rows: [{address, title, steps: [{step, title, question, names, "
	  "grouped, days}], supplied}]}: names is naam, rol or anoniem: how "
	  "who answers is shown; no steps when it cannot be read as a script; "
	  "supplied is true of one that the program brings and the wiki never "
	  "had, else absent",
	  "busy corrupt", handle_round_scripts },
	{ "round.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists the rounds of reflection that are open, the newest first. "
	  "Those that closed are pages in reflecties.",
	  "{rows: [{round, title, theme, theme_title, host, opened, to_answer, "
	  "step, until}], cancelled}: to_answer counts the steps the caller is "
	  "still "
	  "asked to answer; step is the first of them, open until then, or "
	  "null. cancelled is [{round, title, theme, theme_title, by, "
	  "reason, time}]: rounds the caller was asked for by name, wrote or "
	  "answered in and that were cancelled, the newest first, until "
	  "round.noted; reason may be null",
	  "busy io corrupt", handle_round_list },
	{ "round.read", RIGHT_READ, PLACE_READER, read_params,
	  "Gives a round of reflection that is open. What others said is told "
	  "to who takes part, once they answered that step or it is closed; of "
	  "a nameless step when it is closed, and from five answers on.",
	  "{round, title, theme, theme_title, host, opened, previous, "
	  "takes_part, is_host, asked, closing, steps: [{step, title, "
	  "question, names, grouped, until, open, answers, answered, sight}], "
	  "draft}: previous is the page of the round before on this theme, or "
	  "null; asked is how many were asked to take part, null: everybody "
	  "who may write; answers (null for who does not take part) counts "
	  "them; sight is seen, or why they are not: first (answer yourself), "
	  "later (when the step is closed), few, or outside (they do not take "
	  "part); draft is what the caller is writing there, or null, without "
	  "a step the conclusion. With a step that is seen also groups: "
	  "[{value, answers: [{who, own, late, text, more}]}] and points: "
	  "[{point, text, agree, disagree, own, stands: [{who, agrees, "
	  "reason}]}]: value is null under none; who is null where there are "
	  "no names; late: given when the step was closed; more: what was "
	  "added later; own of a point is true, false or null",
	  "not-found busy io corrupt", handle_round_read },
	ROWS_END,
};
