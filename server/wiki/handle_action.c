/*
 * handle_action.c - actions and undertakings: action.list, action.add,
 * action.set. They are rows in the pages of meetings and decisions.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/actions.h"
#include "plein/mem.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/overviews.h"
#include "wiki/rows.h"
#include "wiki/shaping.h"

#define STATE_MAX 40
#define OWNER_MAX 100
#define LINE_BYTES ((size_t)1000)

/* --- action.list ------------------------------------------------------------ */

static int
check_state(const char *state, struct err *err)
{
	enum action_state s;

	if (!state || strcmp(state, "overdue") == 0 ||
	    action_state_of(state, &s))
		return 0;
	return err_set(err, PLEIN_EUSAGE,
		       "state is open, overdue, gereed or vervallen");
}

static int
handle_action_list(struct desk *d, struct call *c)
{
	const char *state = call_text(c, "state");
	struct overviews o;
	int rc = overviews_open(&o, d, c,
				state ? OVERVIEW_ACTIONS_IN : OVERVIEW_ACTIONS);

	if (!rc)
		rc = check_state(state, &c->err);
	o.filter.state = state;
	o.filter.owner = call_text(c, "owner");
	o.filter.page = call_text(c, "address");
	o.filter.about = call_text(c, "about");
	if (!rc)
		rc = overviews_answer(&o, d, c);
	overviews_close(&o);
	return rc;
}

/* --- writing ---------------------------------------------------------------- */

static int
check_page(const struct call *c, struct err *err)
{
	const char *address = call_text(c, "address");

	if (strncmp(address, "vergaderingen/", 14) == 0 ||
	    strncmp(address, "besluiten/", 10) == 0)
		return 0;
	return err_set(err, PLEIN_ENOTFOUND,
		       "actions are in pages of meetings and decisions");
}

static int
check_lines(const struct call *c, struct err *err)
{
	static const char *const keys[] = { "text", "owner", "to", "result" };
	const char *value;
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]) && !rc; i++) {
		value = call_text(c, keys[i]);
		if (value && value[0]) /* "" takes it away */
			rc = shaping_check_line(value, err);
	}
	return rc;
}

/* What a decision is called in a row must be an address. */
static int
check_decision(const struct call *c, struct err *err)
{
	const char *address = call_text(c, "decision");
	struct target at = TARGET_INIT;
	int rc = address ? target_read(&at, address, err) : 0;

	target_release(&at);
	return rc;
}

struct writing {
	struct action row;
	char number[ACTION_NUMBER_MAX + 1];
};

static int
check_writing(const struct call *c, struct writing *w, struct err *err)
{
	int rc = check_page(c, err);

	if (!rc)
		rc = check_lines(c, err);
	if (!rc)
		rc = check_decision(c, err);
	return rc ? rc : shaping_read_day(call_text(c, "due"), w->row.due, err);
}

static int
answer_number(struct call *c, const struct writing *w, int rc)
{
	if (!rc)
		describe_line(c->result, "number",
			      w->number[0] ? w->number : NULL);
	return rc;
}

static int
add_action(struct shaping *s, struct desk *d, struct call *c, struct buf *text,
	   struct buf *words)
{
	struct writing *w = s->ctx;
	int rc = actions_add(text, &w->row, w->number, &c->err);

	buf_printf(words, "%s %s: %s",
		   w->row.undertaking ? edit_say(d, "toezegging", "undertaking")
				      : edit_say(d, "actie", "action"),
		   w->number, w->row.text);
	return rc;
}

static int
handle_action_add(struct desk *d, struct call *c)
{
	struct writing w = {
		.row = { .undertaking = call_flag(c, "undertaking"),
			 .text = (char *)call_text(c, "text"),
			 .owner = (char *)call_text(c, "owner"),
			 .to = (char *)call_text(c, "to"),
			 .decision = (char *)call_text(c, "decision") }
	};
	struct shaping s = { .change = add_action,
			     .action = "save",
			     .ctx = &w };
	int rc = check_writing(c, &w, &c->err);

	if (!rc)
		rc = shaping_check_line(w.row.text, &c->err);
	if (!rc)
		rc = shaping_run(&s, d, c);
	return answer_number(c, &w, rc);
}

/* --- action.set ------------------------------------------------------------- */

static const struct action *
find_row(const struct vec *rows, const char *number)
{
	const struct action *a;
	size_t i;

	for (i = 0; i < rows->len; i++) {
		a = rows->items[i];
		if (strcmp(a->number, number) == 0)
			return a;
	}
	return NULL;
}

/* Where a parameter is given it takes the place of what was; "" of nothing. */
static char *
choose(const struct call *c, const char *key, char *was)
{
	const char *value = call_text(c, key);

	if (!value)
		return was;
	return value[0] ? (char *)value : NULL;
}

static void
set_state(const struct call *c, struct action *row)
{
	const char *state = call_text(c, "state");

	if (!state)
		return;
	(void)action_state_of(state, &row->state); /* was looked at */
	if (row->state == ACTION_OPEN)
		row->done[0] = '\0';
	else
		overviews_today(row->done);
}

static int
put_action(struct shaping *s, struct desk *d, struct call *c, struct buf *text,
	   struct buf *words)
{
	struct writing *w = s->ctx;
	const char *number = call_text(c, "number");
	struct vec rows = VEC_INIT;
	const struct action *was;
	struct action row;
	int rc = 0;

	actions_read(&rows, text->ptr, text->len);
	was = find_row(&rows, number);
	if (was) {
		row = *was;
		row.text = choose(c, "text", was->text);
		row.text = row.text ? row.text : was->text;
		row.owner = choose(c, "owner", was->owner);
		row.to = choose(c, "to", was->to);
		row.result = choose(c, "result", was->result);
		row.decision = choose(c, "decision", was->decision);
		if (call_text(c, "due"))
			memcpy(row.due, w->row.due, sizeof(row.due));
		set_state(c, &row);
		memcpy(w->number, row.number, sizeof(w->number));
		buf_printf(words, "%s: %s, %s", number,
			   action_state_word(row.state), row.text);
		rc = actions_put(text, &row, &c->err);
	} else {
		rc = err_rule(&c->err, PLEIN_ENOTFOUND, "row-none", 0,
			      "there is no row %s", number);
	}
	(void)d;
	vec_release(&rows, action_free);
	return rc;
}

static int
handle_action_set(struct desk *d, struct call *c)
{
	struct writing w = { .number = "" };
	struct shaping s = { .change = put_action,
			     .action = "save",
			     .ctx = &w };
	const char *state = call_text(c, "state");
	int rc = check_writing(c, &w, &c->err);

	if (!rc)
		rc = check_state(state, &c->err);
	if (!rc && state && strcmp(state, "overdue") == 0)
		rc = err_set(&c->err, PLEIN_EUSAGE,
			     "nobody makes an action overdue");
	if (!rc)
		rc = shaping_run(&s, d, c);
	return answer_number(c, &w, rc);
}

/* --- rows ------------------------------------------------------------------- */

static const struct param list_params[] = {
	{ "state", PARAM_TEXT, false, STATE_MAX,
	  "`open`, `overdue`, `gereed` or `vervallen`" },
	{ "owner", PARAM_TEXT, false, OWNER_MAX, "a role" },
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "only in this page, of a meeting or decision" },
	{ "about", PARAM_TEXT, false, ADDRESS_MAX,
	  "only those that belong to this decision" },
	PARAM_ON,
	PARAM_AFTER_ROW,
	PARAM_LIMIT,
	PARAM_AT,
	PARAMS_END,
};

#define ROW_PARAMS \
	{ "owner", PARAM_TEXT, false, OWNER_MAX, "a role, not a person" }, \
		{ "due", PARAM_TEXT, false, DAYTEXT_LEN, "a day" }, \
		{ "to", PARAM_TEXT, false, OWNER_MAX, \
		  "of an undertaking: whom it is given to" }, \
	{ \
		"decision", PARAM_TEXT, false, ADDRESS_MAX, \
			"the decision it belongs to" \
	}

static const struct param add_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX,
	  "the page of a meeting or a decision" },
	{ "text", PARAM_TEXT, true, LINE_BYTES,
	  "what is to be done; one line" },
	{ "undertaking", PARAM_FLAG, false, 1, "it is one, not an action" },
	ROW_PARAMS,
	PARAMS_SHAPING,
	PARAMS_END,
};

static const struct param set_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page it is in" },
	{ "number", PARAM_TEXT, true, ACTION_NUMBER_MAX, "its number there" },
	{ "state", PARAM_TEXT, false, STATE_MAX,
	  "`open`, `gereed` or `vervallen`" },
	{ "result", PARAM_TEXT, false, LINE_BYTES,
	  "what came of it; one line" },
	{ "text", PARAM_TEXT, false, LINE_BYTES, "what is to be done" },
	ROW_PARAMS,
	PARAMS_SHAPING,
	PARAMS_END,
};

const struct method action_rows[] = {
	{ "action.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists actions and undertakings, the open ones first, by the day "
	  "they "
	  "are due.",
	  "{rows: [{address, title, number, kind, text, owner, to, due, state, "
	  "done, result, decision, decision_title, overdue}], next}: address "
	  "and title are of the page they are in, number is its own there; "
	  "kind is `actie` or `toezegging`; state `open`, `gereed` or "
	  "`vervallen`; overdue on the day; next is there when there may be "
	  "more, to be given as after; new as in page.list",
	  "usage rule busy corrupt", handle_action_list },
	{ "action.add", RIGHT_WRITE, PLACE_WRITER, add_params,
	  "Adds an action or undertaking to a page, with the next number.",
	  "as page.set, and number: null when the request is repeated",
	  SHAPING_ERRORS, handle_action_add },
	{ "action.set", RIGHT_WRITE, PLACE_WRITER, set_params,
	  "Changes an action or undertaking: what is named becomes that, \"\" "
	  "nothing; the day it is done is today.",
	  "as action.add", "usage " SHAPING_ERRORS, handle_action_set },
	ROWS_END,
};
