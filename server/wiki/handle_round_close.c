/*
 * handle_round_close.c - round.step and round.close. Closing first lets
 * nothing be added any more, then writes the page, and when that is on stable
 * storage forgets the round. Cut off in between it is done once more: the
 * page knows the round by its code.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/frontmatter.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "plein/roundpage.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/pagetext.h"
#include "wiki/posting.h"
#include "wiki/rounding.h"
#include "wiki/rows.h"
#include "wiki/sitting.h"
#include "wiki/target.h"

#define NTH_MAX 99 /* rounds of one title on one day */

/* --- round.step ------------------------------------------------------------- */

/* Once it is closed a step stays so: who came later would stand out. */
static int
change_step(const struct sitting *s, struct desk *d, struct call *c)
{
	int64_t until = call_number(c, "until", 0);

	if (!round_is_open(s->step, s->now))
		return err_rule(&c->err, PLEIN_ERULE, "step-closed", 0,
				"this step is closed");
	if (until && until <= s->now)
		return err_rule(&c->err, PLEIN_ERULE, "until", 0,
				"that moment has passed");
	return round_set_step(d->state, s->round, s->step->n, until, &c->err);
}

static int
handle_round_step(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	int rc = sitting_open(&s, d, c);

	if (!rc)
		rc = sitting_check_host(&s, c, &c->err);
	if (!rc)
		rc = change_step(&s, d, c);
	sitting_release(&s);
	return rc;
}

/* --- forgetting ------------------------------------------------------------- */

void
rounding_settle(struct desk *d, bool stored)
{
	struct err err = ERR_INIT;
	size_t i;

	for (i = 0; i < d->rounds.len && stored; i++)
		if (round_drop(d->state, *(int64_t *)d->rounds.items[i], &err))
			log_event("round.stays", LOG_TEXT("why", err.msg));
	vec_release(&d->rounds, free);
}

static void
note_closed(struct desk *d, int64_t number)
{
	int64_t *n = mem_alloc(sizeof(*n));

	*n = number;
	vec_push(&d->rounds, n);
}

/* --- the page --------------------------------------------------------------- */

static const char *const conclusions[ROUND_CONCLUSIONS] = {
	[ROUND_AGREED] = "agreed",   [ROUND_DISAGREED] = "disagreed",
	[ROUND_UNKNOWN] = "unknown", [ROUND_MEANS] = "means",
	[ROUND_DIFFERS] = "differs",
};

struct closing {
	struct sitting sitting;
	struct target at; /* of the page */
	struct buf text;
	struct buf conclusion[ROUND_CONCLUSIONS];
	struct round_result *results;
	bool made; /* the page is there already */
};

#define CLOSING_INIT \
	{ \
		.sitting = SITTING_INIT, .at = TARGET_INIT, .text = BUF_INIT \
	}

static void
release_result(struct round_result *r)
{
	vec_release(&r->said, round_said_free);
	vec_release(&r->points, round_point_free);
}

static void
release_closing(struct closing *z)
{
	size_t i, n = z->sitting.round ? z->sitting.round->steps.len : 0;

	for (i = 0; z->results && i < n; i++)
		release_result(&z->results[i]);
	free(z->results);
	for (i = 0; i < ROUND_CONCLUSIONS; i++)
		buf_release(&z->conclusion[i]);
	buf_release(&z->text);
	target_release(&z->at);
	sitting_release(&z->sitting);
}

static int
collect(struct closing *z, struct desk *d, struct err *err)
{
	const struct round *r = z->sitting.round;
	struct round_result *one;
	size_t i;
	int rc = 0;

	z->results = mem_array(r->steps.len, sizeof(*z->results));
	for (i = 0; i < r->steps.len && !rc; i++) {
		one = &z->results[i];
		one->step = r->steps.items[i];
		rc = sitting_said(&z->sitting, d, one->step, true, &one->said,
				  err);
		if (!rc)
			rc = sitting_points(&z->sitting, d, one->step,
					    &one->points, err);
	}
	return rc;
}

/* One that is too long for a page has its answers just one after the other. */
static int
fit_page(struct closing *z, struct desk *d, struct round_page *p,
	 struct err *err)
{
	bool english = strcmp(d->conf->language, "en") == 0;

	round_page_make(&z->text, p, english);
	if (z->text.len > PAGE_MAX) {
		p->plain = true;
		buf_reset(&z->text);
		round_page_make(&z->text, p, english);
	}
	return page_check(z->text.ptr, z->text.len, err);
}

static int
word_page(struct closing *z, struct desk *d, struct call *c)
{
	const struct round *r = z->sitting.round;
	char *previous = sitting_previous(d, r->theme);
	struct round_page p = { .title = r->title,
				.theme = r->theme,
				.code = r->code,
				.host = r->host,
				.previous = previous,
				.next = call_text(c, "next"),
				.when = z->sitting.now,
				.n = r->steps.len };
	size_t i;
	int rc = collect(z, d, &c->err);

	p.results = z->results;
	for (i = 0; i < ROUND_CONCLUSIONS; i++)
		p.conclusion[i] = z->conclusion[i].ptr;
	if (!rc)
		rc = fit_page(z, d, &p, &c->err);
	free(previous);
	return rc;
}

/* Is the page at this address the one of this round? */
static int
is_of_round(struct desk *d, const struct round *r, const char *address,
	    bool *is, struct err *err)
{
	struct index_version *v = NULL;
	struct frontmatter *fm = NULL;
	struct buf text = BUF_INIT;
	const char *code;
	int rc = index_latest(d->index, address, &v, err);

	*is = false;
	if (!rc)
		rc = pagetext_load(d, v, &text, err);
	if (!rc) {
		(void)frontmatter_parse(&fm, text.ptr, text.len, NULL);
		code = frontmatter_text(fm, "ronde");
		*is = code && strcmp(code, r->code) == 0;
	}
	frontmatter_free(fm);
	index_version_free(v);
	buf_release(&text);
	return rc;
}

/* An address that is free, or where this round's page is already. */
static int
find_address(struct closing *z, struct desk *d, struct call *c)
{
	const struct sitting *s = &z->sitting;
	struct buf address = BUF_INIT;
	int nth, rc = PLEIN_EEXISTS;

	for (nth = 1; nth <= NTH_MAX && rc == PLEIN_EEXISTS && !z->made;
	     nth++) {
		buf_reset(&address);
		target_release(&z->at);
		round_address(&address, s->round->title, s->now, nth);
		rc = target_read(&z->at, address.ptr, &c->err);
		if (!rc)
			rc = edit_check_free(d, c, &z->at, NULL);
		if (rc == PLEIN_EEXISTS &&
		    is_of_round(d, s->round, address.ptr, &z->made, NULL))
			z->made = false;
		json_decref(c->args);
		c->args = NULL;
	}
	buf_release(&address);
	return z->made ? 0 : rc;
}

static int
write_page(struct closing *z, struct desk *d, struct call *c)
{
	const struct caller round = { .handle = (char *)ROUND_HANDLE,
				      .name = (char *)edit_say(
					      d, "Reflectieronde",
					      "Round of reflection") };
	struct edit_version e = { .at = &z->at,
				  .text = &z->text,
				  .who = &round,
				  .action = "reflect" };
	struct index_version *made = NULL;
	struct buf words = BUF_INIT;
	int rc;

	buf_printf(&words, "%s: %s",
		   edit_say(d, "reflectieronde gesloten",
			    "round of reflection closed"),
		   z->sitting.round->title);
	e.words = words.ptr;
	rc = edit_write(d, c, &e, &made);
	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	buf_release(&words);
	return rc;
}

static int
answer_made(const struct closing *z, struct desk *d, struct call *c)
{
	struct index_version *v = NULL;
	int rc = index_latest(d->index, z->at.address.ptr, &v, &c->err);

	if (!rc)
		edit_answer(c, v);
	index_version_free(v);
	return rc;
}

static int
close_round(struct closing *z, struct desk *d, struct call *c)
{
	int rc = find_address(z, d, c);

	if (!rc && z->made)
		rc = answer_made(z, d, c);
	else if (!rc) {
		rc = word_page(z, d, c);
		if (!rc)
			rc = write_page(z, d, c);
	}
	if (!rc)
		note_closed(d, z->sitting.round->number);
	return rc;
}

/* --- round.close ------------------------------------------------------------ */

static int
read_conclusions(struct closing *z, struct call *c)
{
	const char *next = call_text(c, "next");
	size_t i;
	int rc = posting_check_line(next, "next", &c->err);

	for (i = 0; i < ROUND_CONCLUSIONS && !rc; i++) {
		buf_init(&z->conclusion[i]);
		rc = sitting_text(&z->conclusion[i],
				  call_text(c, conclusions[i]), "answer", true,
				  &c->err);
	}
	return rc;
}

static int
check_closed(const struct sitting *s, const struct call *c, struct err *err)
{
	const struct round_step *step;
	size_t i;

	for (i = 0; i < s->round->steps.len && !call_flag(c, "now"); i++) {
		step = s->round->steps.items[i];
		if (round_is_open(step, s->now))
			return err_rule(err, PLEIN_ERULE, "step-open", step->n,
					"step %ld is still open", step->n);
	}
	return 0;
}

static int
handle_round_close(struct desk *d, struct call *c)
{
	struct closing z = CLOSING_INIT;
	int rc = posting_join_whole(d, c);

	if (!rc)
		rc = sitting_open(&z.sitting, d, c);
	if (!rc)
		rc = sitting_check_host(&z.sitting, c, &c->err);
	if (!rc)
		rc = read_conclusions(&z, c);
	if (!rc)
		rc = check_closed(&z.sitting, c, &c->err);
	if (!rc)
		rc = round_set_closing(d->state, z.sitting.round, &c->err);
	if (!rc)
		rc = close_round(&z, d, c);
	release_closing(&z);
	return rc;
}

/* --- rows ------------------------------------------------------------------- */

static const struct param step_params[] = {
	PARAM_ROUND,
	PARAM_STEP,
	{ "until", PARAM_NUMBER, false, TIME_MAX,
	  "it is open till then, in seconds since 1970; closed now when "
	  "absent" },
	PARAMS_END,
};

#define PARAM_CONCLUSION(name, means) \
	{ \
		name, PARAM_TEXT, false, ROUND_ANSWER_MAX, means \
	}

static const struct param close_params[] = {
	PARAM_ROUND,
	PARAM_CONCLUSION("agreed", "what people agree about, in Markdown"),
	PARAM_CONCLUSION("disagreed", "what not, and why"),
	PARAM_CONCLUSION("unknown", "what nobody knows yet"),
	PARAM_CONCLUSION("means", "for the position"),
	PARAM_CONCLUSION("differs", "from the round before"),
	{ "next", PARAM_TEXT, false, 40,
	  "the next round is before: 2027-03-01" },
	{ "now", PARAM_FLAG, false, 1, "although steps are open" },
	PARAMS_END,
};

const struct method round_close_rows[] = {
	{ "round.step", RIGHT_WRITE, PLACE_WRITER, step_params,
	  "Closes a step, or says until when it is open: who leads the round, "
	  "or a beheerder. What is closed stays so.",
	  "{}", "denied rule not-found busy no-space io corrupt",
	  handle_round_step },
	{ "round.close", RIGHT_WRITE, PLACE_WRITER, close_params,
	  "Closes a round: who leads it, or a beheerder. It becomes one page "
	  "in reflecties, with all answers in an order that says nothing; "
	  "nameless ones only from five on. With steps that are open only now: "
	  "rule step-open.",
	  "{address, version, commit}: of the page",
	  "denied rule too-big not-found busy no-space io unknown corrupt",
	  handle_round_close },
	ROWS_END,
};
