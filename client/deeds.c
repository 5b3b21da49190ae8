/* deeds.c - see deeds.h. What cannot be done does not stop the rest. */
#include "deeds.h"

#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/policy.h"
#include "view/wayback.h"

#define NAMES_MAX 3 /* of people in one sentence */

static const struct {
	const char *method;
	bool role; /* the role they have now is told */
	const char *said;
} sentences[] = {
	{ "accounts.approve", true, N_("Let in. u takes this back.") },
	{ "accounts.refuse", false,
	  N_("Refused. They hear so in 10 minutes; u takes it back.") },
	{ "accounts.undo", false, N_("Taken back.") },
	{ "accounts.role", true,
	  N_("Their role is another. u takes it "
	     "back.") },
	{ "member.set", true, N_("This role counts here. u takes it back.") },
	{ "member.remove", false,
	  N_("There is no role here any more. u gives it back.") },
	{ "accounts.block", false,
	  N_("Access is stopped. u lets them in again.") },
	{ "accounts.unblock", false, N_("Let in again.") },
	{ "accounts.close", false,
	  N_("Closed for good. What they wrote stays, under the short "
	     "name.") },
	{ "accounts.drop_key", false, N_("The key opens nothing any more.") },
	{ "register.ask", false,
	  N_("The question is asked. They read it when they sign in.") },
	{ "session.end", false, N_("The session ends.") },
	{ "invite.revoke", false,
	  N_("This invitation lets nobody in any more.") },
	{ "setting.set", false, N_("Changed. It counts from now on.") },
	{ "thread.resolve", false, N_("Resolved. u reopens it.") },
	{ "thread.reopen", false, N_("Reopened. u resolves it again.") },
	{ "thread.move", false, N_("Moved. u moves it back.") },
	{ "thread.split", false,
	  N_("It is a discussion of its own now. u puts it back.") },
	{ "remark.withdraw", false,
	  N_("Withdrawn. Its place stays. u brings it back.") },
};

void
deeds_init(struct deeds *d, struct context *c)
{
	memset(d, 0, sizeof(*d));
	d->ctx = c;
}

static void
end(struct deeds *d)
{
	json_decref(d->calls);
	d->calls = NULL;
	d->at = d->n_done = 0;
	d->role = "";
	d->waits = false;
	buf_release(&d->done);
	buf_release(&d->failed);
}

void
deeds_release(struct deeds *d)
{
	link_forget(d->ctx->link, d);
	end(d);
}

static const json_t *
call_of(const struct deeds *d)
{
	return json_array_get(d->calls, d->at);
}

/* --- what is said --- */

static void
add_name(struct deeds *d, const char *who)
{
	if (d->n_done < NAMES_MAX && *who)
		buf_printf(&d->done, "%s%s", d->n_done ? ", " : "", who);
	else if (d->n_done == NAMES_MAX)
		buf_str(&d->done, ", …");
	d->n_done++;
}

static void
add_sentence(struct deeds *d, const char *method, struct buf *line)
{
	size_t i = 0, n = sizeof(sentences) / sizeof(sentences[0]);

	while (i < n && strcmp(sentences[i].method, method) != 0)
		i++;
	if (d->done.len)
		buf_printf(line, "%s: ", d->done.ptr);
	if (d->waits)
		buf_str(line, _("Waits for a second administrator."));
	else if (i < n && sentences[i].role && *d->role)
		buf_printf(line, "%s. %s", sentence_role(d->role),
			   gettext(sentences[i].said));
	else if (i < n)
		buf_str(line, gettext(sentences[i].said));
}

static void
finish(struct deeds *d)
{
	struct buf line = BUF_INIT;
	struct request r;

	if (d->n_done)
		add_sentence(d,
			     args_text(json_array_get(d->calls, 0), "method"),
			     &line);
	if (d->failed.len)
		buf_printf(&line, "%s%s", line.len ? " " : "", d->failed.ptr);
	end(d);
	r = request_text(REQUEST_RELOAD, line.ptr);
	buf_release(&line);
	d->ctx->post(d->ctx, NULL, r);
}

/* --- doing --- */

static void
ask_next(struct deeds *d);

static void
keep_way_back(struct deeds *d, const json_t *call)
{
	const json_t *back = json_object_get(call, "back");
	struct buf ask = BUF_INIT;

	if (!back || d->waits)
		return;
	if (*args_text(back, "ask"))
		buf_str(&ask, args_text(back, "ask"));
	else
		buf_printf(&ask,
			   _("Question: take back what was decided about %s?"),
			   args_text(call, "who"));
	wayback_add(d->ctx, args_text(back, "method"),
		    json_incref(json_object_get(back, "params")), NULL, ask.ptr,
		    _("Taken back."));
	buf_release(&ask);
}

static void
take(void *ctx, const struct rpc_msg *m)
{
	struct deeds *d = ctx;
	const json_t *call = call_of(d);
	const char *who = args_text(call, "who");

	if (m->kind == RPC_ERROR) {
		if (*who && json_array_size(d->calls) > 1)
			buf_printf(&d->failed, "%s: ", who);
		sentence_error(&d->failed, m->code, m->message, m->args);
		buf_char(&d->failed, ' ');
	} else {
		add_name(d, who);
		d->role = role_name(role_of(args_text(m->result, "role")));
		if (role_of(d->role) == ROLE_NONE)
			d->role = "";
		d->waits = json_is_true(json_object_get(m->result, "waits"));
		keep_way_back(d, call);
	}
	d->at++;
	ask_next(d);
}

static void
ask_next(struct deeds *d)
{
	const json_t *call = call_of(d);

	if (!call) {
		finish(d);
		return;
	}
	(void)link_call(d->ctx->link, args_text(call, "method"),
			json_copy(json_object_get(call, "params")), take, d);
}

/* What is missing in the line that was asked for, or NULL. */
static const char *
give_reason(json_t *calls, const char *reason)
{
	const char *param, *typed;
	json_t *call;
	size_t i;

	json_array_foreach(calls, i, call)
	{
		param = args_text(call, "reason");
		if (*param && !*reason &&
		    json_is_true(json_object_get(call, "must")))
			return _("Nothing happened: say it in the line above "
				 "the answers.");
		typed = args_text(call, "typed");
		if (*typed && strcmp(typed, reason) != 0)
			return _("Nothing happened: the short name was not "
				 "typed.");
		if (*param && *reason)
			(void)json_object_set_new(
				json_object_get(call, "params"), param,
				json_string(reason));
	}
	return NULL;
}

void
deeds_run(struct deeds *d, const char *text)
{
	size_t len = strcspn(text, "\n");
	const char *missing;

	if (d->calls)
		return;
	d->calls = json_loadb(text, len, 0, NULL);
	if (!d->calls)
		return;
	d->role = "";
	missing = give_reason(d->calls, text[len] ? text + len + 1 : "");
	if (missing) {
		context_say(d->ctx, "%s", missing);
		end(d);
		return;
	}
	ask_next(d);
}
