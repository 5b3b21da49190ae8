/*
 * takeback.c - see takeback.h. A version is undone as the history does it
 * (REQUEST_CHANGE), so that what others wrote since is joined or asked about.
 */
#include "takeback.h"

#include <string.h>

#include "plein/i18n.h"
#include "view/act.h"
#include "view/wayback.h"

static bool
is_method(const json_t *act, const char *method)
{
	return strcmp(args_text(act, "method"), method) == 0;
}

/* What a version changed can be looked at first. */
static void
add_answers(struct question *q, const json_t *act)
{
	const json_t *params = json_object_get(act, "params");

	question_add(q, _("No, change nothing"), CMD_N, NULL);
	question_leave(q, _("Change nothing"));
	if (is_method(act, "page.undo"))
		act_add_comparison(
			q, args_text(params, "address"),
			json_integer_value(json_object_get(params, "version")));
	question_add(q, _("Yes, do that"), CMD_TAKE_BACK, "");
}

struct request
takeback_ask(struct acts *a)
{
	const json_t *act = wayback_last(a->ctx);
	struct request r = request_of(REQUEST_ASK);

	if (!act) {
		context_say(a->ctx, "%s",
			    _("There is nothing to take back. The history (h) "
			      "undoes versions."));
		return request_of(REQUEST_NONE);
	}
	r.question = question_new(
		args_text(act, "ask"),
		is_method(act, "page.undo")
			? _("A new version is made, without that change. What "
			    "was changed later stays, and all versions are "
			    "kept.")
			: NULL);
	question_say(r.question, _("Nothing has been changed yet."));
	add_answers(r.question, act);
	return r;
}

/* Drafts and marks change no page. */
static struct request
show_before(const json_t *act)
{
	struct request r = request_text(wayback_is_own(act) ? REQUEST_RELOAD
							    : REQUEST_MOVED,
					args_text(act, "done"));

	r.args = json_pack(
		"{s:O, s:O}", "address", json_object_get(act, "at"), "gone",
		json_object_get(json_object_get(act, "params"), "address"));
	return r;
}

static void
take_undone(void *ctx, const struct rpc_msg *m)
{
	struct acts *a = ctx;
	json_t *act = a->back;
	struct request r;

	a->back = NULL;
	if (m->kind == RPC_ERROR) {
		context_say_error(a->ctx, m);
		if (wayback_is_final(m->code))
			wayback_drop(a->ctx, act, NULL);
	} else {
		r = show_before(act);
		wayback_drop(a->ctx, act, m->result);
		a->ctx->post(a->ctx, NULL, r);
	}
	json_decref(act);
}

struct request
takeback_do(struct acts *a)
{
	const json_t *act = wayback_last(a->ctx);
	json_t *params;

	if (is_method(act, "page.undo"))
		return act_take_back(act);
	if (!act || a->back)
		return request_of(REQUEST_NONE);
	a->back = json_incref((json_t *)act);
	params = json_copy(json_object_get(act, "params"));
	if (wayback_is_own(act))
		(void)link_call(a->ctx->link, args_text(act, "method"), params,
				take_undone, a);
	else
		acts_write(a, args_text(act, "method"), params, take_undone);
	return request_of(REQUEST_NONE);
}
