/*
 * handle_round_write.c - opening a round of reflection, and taking part.
 *
 * What takes part is PLACE_GROUPED: so it stands in no log, and many that
 * come within a quarter of a second are one transaction.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/pagetext.h"
#include "wiki/posting.h"
#include "wiki/rows.h"
#include "wiki/sitting.h"
#include "wiki/space.h"
#include "wiki/supplied.h"
#include "wiki/target.h"
#include "wiki/tidings.h"

#define WITH_MAX ((size_t)16 * 1024) /* bytes: some 500 handles */
#define DAY ((int64_t)86400)

/* --- round.open ------------------------------------------------------------- */

static int
load_script(struct desk *d, struct call *c, struct buf *text)
{
	struct index_version *v = NULL;
	struct target at = TARGET_INIT;
	int rc = target_read(&at, call_text(c, "script"), &c->err);

	if (!rc)
		rc = index_latest(d->index, at.address.ptr, &v, &c->err);
	if (!rc)
		rc = pagetext_load(d, v, text, &c->err);
	else if (rc == PLEIN_ENOTFOUND && at.address.len &&
		 supplied_text(at.address.ptr, text))
		rc = 0; /* the wiki never had it */
	index_version_free(v);
	target_release(&at);
	return rc;
}

/* The steps as they were given, or those of a script. */
static int
read_steps(struct desk *d, struct call *c, struct vec *steps)
{
	const char *given = call_text(c, "steps");
	struct buf text = BUF_INIT;
	int rc = 0;

	if (!given && !call_text(c, "script"))
		return err_set(&c->err, PLEIN_EUSAGE,
			       "script or steps is needed");
	if (given)
		buf_str(&text, given);
	else
		rc = load_script(d, c, &text);
	if (!rc)
		rc = round_script_read(steps, text.ptr, text.len, &c->err);
	buf_release(&text);
	return rc;
}

/* How long each is open: as it says, or as this round has it. */
static void
set_ends(const struct call *c, const struct vec *steps)
{
	long days = call_number(c, "days", 0);
	struct round_step *s;
	size_t i;

	for (i = 0; i < steps->len; i++) {
		s = steps->items[i];
		s->until = clock_wall() + DAY * (days	   ? days
						 : s->days ? s->days
							   : ROUND_DAYS);
	}
}

static void
read_guests(const struct call *c, struct vec *guests)
{
	const char *with = call_text(c, "with"), *p = with ? with : "";
	size_t n;

	while (*(p += strspn(p, " ,"))) {
		n = strcspn(p, " ,");
		vec_push(guests, mem_strndup(p, n));
		p += n;
	}
}

/* Who takes part hears it at once. */
static void
tell_asked(struct desk *d, const struct round *r, const struct vec *guests)
{
	json_t *params = json_object();

	describe_line(params, "what", "round");
	describe_number(params, "round", r->number);
	describe_line(params, "title", r->title);
	describe_line(params, "address", r->theme);
	describe_line(params, "handle", r->host);
	tidings_ask(d, r->theme, guests, params);
}

static int
store_round(struct desk *d, struct call *c, struct round *r)
{
	struct vec guests = VEC_INIT;
	int rc;

	read_guests(c, &guests);
	rc = round_open(d->state, r, &guests, &c->err);
	if (!rc) {
		c->result = json_pack("{s:I}", "round", (json_int_t)r->number);
		tell_asked(d, r, &guests);
	}
	r->space = r->host = NULL; /* borrowed */
	vec_release(&guests, free);
	return rc;
}

static int
check_theme(struct desk *d, struct call *c, struct round *r)
{
	struct target at = TARGET_INIT;
	struct index_version *v = NULL;
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = posting_find_page(d, c, &at, &v);
	if (!rc)
		r->theme = mem_strdup(at.address.ptr);
	index_version_free(v);
	target_release(&at);
	return rc;
}

static int
handle_round_open(struct desk *d, struct call *c)
{
	struct round *r = mem_alloc(sizeof(*r));
	int rc = 0;

	r->title = mem_strdup(call_text(c, "title"));
	if (!c->caller->handle)
		rc = err_set(&c->err, PLEIN_EDENIED, "a person leads a round");
	if (!rc)
		rc = posting_check_title(r->title, &c->err);
	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = check_theme(d, c, r);
	if (!rc)
		rc = read_steps(d, c, &r->steps);
	if (!rc) {
		r->space = d->space->name;
		r->host = c->caller->handle;
		set_ends(c, &r->steps);
		rc = store_round(d, c, r);
	}
	round_free(r);
	return rc;
}

/* --- taking part ------------------------------------------------------------ */

static int
keep_draft(const struct sitting *s, struct desk *d, struct call *c)
{
	struct buf text = BUF_INIT;
	long step = call_number(c, "step", 0);
	int rc = sitting_text(&text, call_text(c, "text"), "answer", true,
			      &c->err);

	if (!rc)
		rc = answer_keep(d->state, s->round->number, step,
				 c->caller->handle, text.ptr, &c->err);
	buf_release(&text);
	return rc;
}

/* Of an answer who takes part, of the conclusion who leads. */
static int
handle_round_keep(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	bool conclusion = call_number(c, "step", 0) == 0;
	int rc;

	if (conclusion)
		(void)json_object_del(c->params, "step");
	rc = sitting_open(&s, d, c);
	if (!rc && !c->caller->handle)
		rc = err_set(&c->err, PLEIN_EDENIED,
			     "drafts belong to a person");
	if (!rc && conclusion)
		rc = sitting_check_host(&s, c, &c->err);
	else if (!rc)
		rc = sitting_check_part(&s, &c->err);
	if (!rc)
		rc = keep_draft(&s, d, c);
	sitting_release(&s);
	return rc;
}

/* Where people have names an answer may come late, and says so. */
static int
check_late(const struct sitting *s, struct err *err)
{
	if (round_is_open(s->step, s->now) || s->step->names != ROUND_NOBODY)
		return 0;
	return err_rule(err, PLEIN_ERULE, "step-closed", 0,
			"this step is closed");
}

static int
put_answer(const struct sitting *s, struct desk *d, struct call *c)
{
	const struct answering a = { s->round, s->step, c->caller->handle };
	struct buf text = BUF_INIT;
	int rc = sitting_text(&text, call_text(c, "text"), "answer", false,
			      &c->err);

	if (!rc)
		rc = answer_put(d->state, &a, text.ptr,
				!round_is_open(s->step, s->now), &c->err);
	buf_release(&text);
	return rc;
}

static int
handle_round_answer(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	int rc = sitting_open(&s, d, c);

	if (!rc)
		rc = sitting_check_part(&s, &c->err);
	if (!rc)
		rc = sitting_check_running(&s, &c->err);
	if (!rc)
		rc = check_late(&s, &c->err);
	if (!rc)
		rc = put_answer(&s, d, c);
	sitting_release(&s);
	return rc;
}

/* --- agreement -------------------------------------------------------------- */

/* Who may speak about what was said: who may see it. Without names nobody
 * does: what a person thinks of a statement has a name. */
static int
check_seen(const struct sitting *s, struct desk *d, struct call *c)
{
	enum round_sight sight = ROUND_OUTSIDE;
	bool answered;
	int rc = sitting_check_part(s, &c->err);

	if (!rc)
		rc = sitting_check_running(s, &c->err);
	if (!rc && s->step->names == ROUND_NOBODY)
		rc = err_rule(&c->err, PLEIN_ERULE, "nameless", 0,
			      "in a nameless step nobody agrees or disagrees");
	if (!rc)
		rc = sitting_look(s, d, c, s->step, &answered, &sight);
	if (!rc && sight != ROUND_SEEN)
		rc = err_rule(&c->err, PLEIN_ERULE, "answer-first", 0,
			      "answer this step yourself first");
	return rc;
}

static int
add_point(const struct sitting *s, struct desk *d, struct call *c)
{
	struct buf text = BUF_INIT;
	long n = 0;
	int rc = sitting_text(&text, call_text(c, "text"), "answer", false,
			      &c->err);

	if (!rc)
		rc = posting_check_line(text.ptr, "answer", &c->err);
	if (!rc)
		rc = answer_point(d->state, s->round, s->step, text.ptr, &n,
				  &c->err);
	if (!rc)
		c->result = json_pack("{s:I}", "point", (json_int_t)n);
	buf_release(&text);
	return rc;
}

static int
handle_round_point(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	int rc = sitting_open(&s, d, c);

	if (!rc)
		rc = check_seen(&s, d, c);
	if (!rc)
		rc = add_point(&s, d, c);
	sitting_release(&s);
	return rc;
}

static int
take_stand(const struct sitting *s, struct desk *d, struct call *c)
{
	const struct answering a = { s->round, s->step, c->caller->handle };
	struct round_stand stand = { .agrees = call_flag(c, "agrees"),
				     .reason = (char *)call_text(c, "reason") };
	int rc = posting_check_line(stand.reason, "answer", &c->err);

	if (!rc)
		rc = answer_stand(d->state, &a, call_number(c, "point", 0),
				  &stand, &c->err);
	return rc;
}

static int
handle_round_stand(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	int rc = sitting_open(&s, d, c);

	if (!rc)
		rc = check_seen(&s, d, c);
	if (!rc)
		rc = take_stand(&s, d, c);
	sitting_release(&s);
	return rc;
}

/* --- rows ------------------------------------------------------------------- */

static const struct param open_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page it is about" },
	{ "title", PARAM_TEXT, true, ROUND_TITLE_MAX, "of the round" },
	{ "script", PARAM_TEXT, false, ADDRESS_MAX,
	  "address of the template that holds its steps" },
	{ "steps", PARAM_TEXT, false, REMARK_MAX,
	  "or the steps, as a script has them" },
	{ "days", PARAM_NUMBER, false, ROUND_DAYS_MAX,
	  "that each step is open; as the script says when absent" },
	{ "with", PARAM_TEXT, false, WITH_MAX,
	  "handles of who take part, blanks between; everybody who may write "
	  "when absent" },
	PARAMS_END,
};

#define PARAM_ANSWER(what) \
	{ \
		"text", PARAM_TEXT, true, ROUND_ANSWER_MAX, what \
	}

static const struct param keep_params[] = {
	PARAM_ROUND,
	{ "step", PARAM_NUMBER, true, ROUND_STEPS_MAX,
	  "of the round; 0: the conclusion, of who leads it" },
	{ "text", PARAM_TEXT, true, ROUND_CONCLUSION_MAX,
	  "as far as it is written; empty: none any more" },
	PARAMS_END,
};

static const struct param answer_params[] = {
	PARAM_ROUND,
	PARAM_STEP,
	PARAM_ANSWER("the answer, in Markdown"),
	PARAMS_END,
};

static const struct param point_params[] = {
	PARAM_ROUND,
	PARAM_STEP,
	{ "text", PARAM_TEXT, true, NOTE_MAX, "the statement, one line" },
	PARAMS_END,
};

static const struct param stand_params[] = {
	PARAM_ROUND,
	PARAM_STEP,
	{ "point", PARAM_NUMBER, true, ROUND_POINTS_MAX, "of the step" },
	{ "agrees", PARAM_FLAG, true, 1, "or not" },
	{ "reason", PARAM_TEXT, false, NOTE_MAX, "why, one line" },
	PARAMS_END,
};

const struct method round_write_rows[] = {
	{ "round.open", RIGHT_MODERATE, PLACE_WRITER, open_params,
	  "Opens a round of reflection, led by the caller. Until it closes it "
	  "stands in no page.",
	  "{round}: its number",
	  "denied usage rule too-big not-found busy no-space io corrupt",
	  handle_round_open },
	{ "round.keep", RIGHT_WRITE, PLACE_GROUPED, keep_params,
	  "Keeps what the caller is writing in a round, in place of what it "
	  "was; nobody else sees it.",
	  "{}", "denied rule too-big not-found busy no-space io corrupt",
	  handle_round_keep },
	{ "round.answer", RIGHT_WRITE, PLACE_GROUPED, answer_params,
	  "Answers a step. Who answered before adds this to their answer, in "
	  "place of what they added; a nameless answer cannot be added to "
	  "(same). In a closed step only where there are names, and marked as "
	  "late.",
	  "{}", "denied rule too-big same not-found busy no-space io corrupt",
	  handle_round_answer },
	{ "round.point", RIGHT_WRITE, PLACE_GROUPED, point_params,
	  "Adds a statement to a step whose answers the caller may see, for "
	  "people to agree with or not.",
	  "{point}: its number",
	  "denied rule too-big not-found busy no-space io corrupt",
	  handle_round_point },
	{ "round.stand", RIGHT_WRITE, PLACE_GROUPED, stand_params,
	  "Says whether the caller agrees with a statement, in place of what "
	  "they said before.",
	  "{}", "denied rule too-big not-found busy no-space io corrupt",
	  handle_round_stand },
	ROWS_END,
};
