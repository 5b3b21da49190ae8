/*
 * act.c - see act.h. An answer carries what it stands for as JSON: a method
 * with its parameters, or versions to compare.
 */
#include "view/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/draft.h"

#define KEPT 3 /* versions that are named one by one */

/* --- questions --- */

static void
add_answer(struct question *q, const char *label, json_t *act_take)
{
	char *text = json_dumps(act_take, JSON_COMPACT);

	question_add(q, label, CMD_CHANGE, text);
	free(text);
	json_decref(act_take);
}

static void
add_comparison(struct question *q, const char *address, json_int_t from,
	       json_int_t to)
{
	json_t *versions = json_pack("{s:s, s:I, s:I}", "address", address,
				     "from", from, "to", to);
	char *text = json_dumps(versions, JSON_COMPACT);

	question_add_look(q, _("See the difference first"), CMD_CHANGE, text);
	free(text);
	json_decref(versions);
}

void
act_add_comparison(struct question *q, const char *address, json_int_t version)
{
	add_comparison(q, address, version - 1, version);
}

static struct request
begin(struct buf *question, const char *explanation)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(question->ptr, explanation);
	question_say(r.question, _("Nothing has been changed yet."));
	question_add(r.question, _("No, change nothing"), CMD_N, NULL);
	question_leave(r.question, _("Change nothing"));
	buf_release(question);
	return r;
}

struct request
act_ask_undo(struct context *c, const char *address, json_int_t version)
{
	struct buf question = BUF_INIT, label = BUF_INIT;
	struct request r;

	(void)c;
	buf_printf(&question, _("Question: undo what version %lld changed?"),
		   (long long)version);
	r = begin(&question,
		  _("A new version is made, without that change. What was "
		    "changed later stays, and all versions are kept. After "
		    "that, u takes this back too."));
	question_ask(r.question, _("Why? It is in the history."));
	act_add_comparison(r.question, address, version);
	buf_printf(&label, _("Yes, undo version %lld"), (long long)version);
	add_answer(r.question, label.ptr,
		   json_pack("{s:s, s:{s:s, s:I}}", "method", "page.undo",
			     "params", "address", address, "version", version));
	buf_release(&label);
	return r;
}

/* "Versions 12, 13 and 14 are kept." */
static void
tell_kept(struct buf *out, json_int_t from, json_int_t to)
{
	struct buf list = BUF_INIT;

	for (json_int_t n = from; n <= to && to - from < KEPT; n++)
		buf_printf(&list, "%s%lld",
			   n == from ? ""
			   : n < to  ? ", "
				     : _(" and "),
			   (long long)n);
	if (from == to)
		buf_printf(out, _("Version %s is kept."), list.ptr);
	else if (list.len)
		buf_printf(out, _("Versions %s are kept."), list.ptr);
	else
		buf_printf(out, _("Versions %lld to %lld are kept."),
			   (long long)from, (long long)to);
	buf_release(&list);
}

static void
explain_revert(const struct act_revert *a, struct buf *out)
{
	buf_printf(out,
		   _("A new version %lld is made with the text of version "
		     "%lld."),
		   (long long)a->newest + 1, (long long)a->version);
	buf_char(out, ' ');
	tell_kept(out, a->version + 1, a->newest);
	buf_printf(out, " %s", _("Discussions stay."));
	buf_printf(out, " %s\n", _("After that, u takes this back too."));
	buf_printf(out, _("This changes: %s."), a->changes);
}

struct request
act_ask_revert(const struct act_revert *a)
{
	struct buf question = BUF_INIT, label = BUF_INIT, why = BUF_INIT;
	struct buf day = BUF_INIT;
	struct request r;

	sentence_day(&day, a->when);
	buf_printf(&question, _("Question: roll back to version %lld of %s?"),
		   (long long)a->version, day.ptr);
	explain_revert(a, &why);
	r = begin(&question, why.ptr);
	question_ask(r.question, _("Why? It is in the history."));
	add_comparison(r.question, a->address, a->version, a->newest);
	buf_printf(&label, _("Yes, roll back to version %lld"),
		   (long long)a->version);
	add_answer(r.question, label.ptr,
		   json_pack("{s:s, s:{s:s, s:I}}", "method", "page.revert",
			     "params", "address", a->address, "version",
			     a->version));
	buf_release(&day);
	buf_release(&label);
	buf_release(&why);
	return r;
}

/* --- answers --- */

static struct request
change_of(json_t *act_take, const char *reason)
{
	char id[DRAFT_REQUEST + 1];
	json_t *params = json_object_get(act_take, "params");
	struct request r = request_of(REQUEST_CHANGE);

	draft_make_request(id);
	(void)json_object_set_new(params, "request", json_string(id));
	if (*reason)
		(void)json_object_set_new(params, "note", json_string(reason));
	r.args = act_take;
	return r;
}

struct request
act_take_back(const json_t *act)
{
	return change_of(json_pack("{s:O, s:o, s:O}", "method",
				   json_object_get(act, "method"), "params",
				   json_copy(json_object_get(act, "params")),
				   "back", act),
			 "");
}

struct request
act_of_answer(const char *text)
{
	size_t len = strcspn(text, "\n");
	json_t *act = json_loadb(text, len, 0, NULL);

	if (!act)
		return request_of(REQUEST_NONE);
	if (!json_object_get(act, "method"))
		return request_show(SCREEN_COMPARE, act);
	return change_of(act, text[len] ? text + len + 1 : "");
}

void
act_tell(const json_t *change, const json_t *result, struct buf *out)
{
	const char *method = args_text(change, "method");
	const json_t *params = json_object_get(change, "params");
	long long version = args_number(result, "version");

	if (json_object_get(change, "back"))
		buf_printf(out, _("Undone. This is version %lld."), version);
	else if (strcmp(method, "page.undo") == 0)
		buf_printf(out,
			   _("Undone. This is version %lld. u takes it back."),
			   version);
	else
		buf_printf(out,
			   _("Rolled back to version %lld. This is version "
			     "%lld. u takes it back."),
			   (long long)args_number(params, "version"), version);
}
