/*
 * handle_round_cancel.c - a round of reflection that was opened by mistake: it
 * and what was said in it go, nothing comes into a page, and who took part is
 * told until they put the notice away.
 */
#include "plein/message.h"
#include "state/cancelled.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/posting.h"
#include "wiki/rows.h"
#include "wiki/sitting.h"
#include "wiki/space.h"

/* --- round.cancel ----------------------------------------------------------- */

static int
cancel(const struct sitting *s, struct desk *d, struct call *c)
{
	const char *reason = call_text(c, "reason");
	int told = 0, rc = round_cancel(d->state, s->round, posting_handle(c),
					reason && *reason ? reason : NULL,
					&told, &c->err);

	if (!rc) {
		c->result = json_object();
		describe_line(c->result, "title", s->round->title);
		describe_number(c->result, "told", told);
	}
	return rc;
}

static int
handle_round_cancel(struct desk *d, struct call *c)
{
	struct sitting s = SITTING_INIT;
	int rc = posting_check_line(call_text(c, "reason"), "reason", &c->err);

	if (!rc && !c->caller->handle)
		rc = err_set(&c->err, PLEIN_EDENIED, "a person cancels it");
	if (!rc)
		rc = sitting_open(&s, d, c);
	if (!rc)
		rc = sitting_check_host(&s, c, &c->err);
	if (!rc)
		rc = sitting_check_running(&s, &c->err);
	if (!rc)
		rc = cancel(&s, d, c);
	sitting_release(&s);
	return rc;
}

/* --- round.noted ------------------------------------------------------------ */

static int
handle_round_noted(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	int rc;

	if (!handle)
		return err_set(&c->err, PLEIN_EDENIED, "a person is told");
	rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = cancelled_put_away(d->state, d->space->name,
					call_number(c, "round", 0), handle,
					&c->err);
	return rc;
}

/* --- rows ------------------------------------------------------------------- */

static const struct param cancel_params[] = {
	PARAM_ROUND,
	{ "reason", PARAM_TEXT, false, NOTE_MAX,
	  "why, one line; who took part reads it" },
	PARAMS_END,
};

static const struct param noted_params[] = { PARAM_ROUND, PARAMS_END };

const struct method round_cancel_rows[] = {
	{ "round.cancel", RIGHT_WRITE, PLACE_WRITER, cancel_params,
	  "Cancels a round that was opened by mistake: who leads it, or a "
	  "beheerder. It and all that was said in it go; nothing comes into "
	  "a page or into git. Who was asked by name, wrote or answered is "
	  "told by round.list. The audit log keeps the act. Not once closing "
	  "began: rule round-closing.",
	  "{title, told}: how many people are told",
	  "denied rule not-found busy no-space io corrupt",
	  handle_round_cancel },
	{ "round.noted", RIGHT_READ, PLACE_GROUPED, noted_params,
	  "Puts away what round.list tells the caller of a cancelled round.",
	  "{}", "denied not-found busy no-space io corrupt",
	  handle_round_noted },
	ROWS_END,
};
