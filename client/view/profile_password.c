/* profile_password.c - the password of a profile: asked twice, never shown. */
#include "view/profile_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"

void
profile_forget_password(struct profile *p)
{
	if (p->password)
		explicit_bzero(p->password, strlen(p->password));
	free(p->password);
	p->password = NULL;
}

static void
tell(struct profile *p, const struct rpc_msg *m, const char *done)
{
	if (m->kind == RPC_RESULT)
		context_say(p->form.view.ctx, "%s", done);
	else
		context_say_error(p->form.view.ctx, m);
}

static void
take_set(void *ctx, const struct rpc_msg *m)
{
	tell(ctx, m, _("You can sign in with this password now."));
}

static void
take_dropped(void *ctx, const struct rpc_msg *m)
{
	tell(ctx, m, _("Your password is gone."));
}

/* --- asking --- */

static void
take_info(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;
	bool has = json_is_true(json_object_get(m->result, "password"));
	struct request r = request_of(REQUEST_ASK);

	if (m->kind != RPC_RESULT) {
		context_say_error(p->form.view.ctx, m);
		return;
	}
	r.question = question_new(_("Question: what about your password?"),
				  has ? _("You have a password.")
				      : _("You have no password. With one you "
					  "can sign in where your key is "
					  "not."));
	question_add(r.question, _("Nothing, back"), CMD_N, NULL);
	question_add(r.question, has ? _("Change it") : _("Set one"),
		     CMD_PASSWORD_NEW, NULL);
	if (has)
		question_add(r.question, _("Take it away"), CMD_PASSWORD_DROP,
			     NULL);
	view_post(&p->form.view, r);
}

/* Lines show what is typed. */
struct request
profile_press_password(struct profile *p)
{
	struct context *c = p->form.view.ctx;

	if (c->in_lines)
		context_say(c, "%s",
			    _("Use: ssh -t <host> password. There nobody "
			      "sees what you type."));
	else
		(void)link_call(c->link, "proof.info", NULL, take_info, p);
	return request_of(REQUEST_NONE);
}

static struct request
ask_for(const char *what, enum command cmd)
{
	struct request r = request_text(REQUEST_FIELD, what);

	r.command = cmd;
	return r;
}

/* --- doing --- */

static void
set_password(struct profile *p, const char *again)
{
	struct context *c = p->form.view.ctx;

	if (!p->password || strcmp(p->password, again) != 0)
		context_say(c, "%s",
			    _("Those two differ. Nothing was changed."));
	else
		(void)link_call(c->link, "password.set",
				json_pack("{s:s}", "password", again), take_set,
				p);
	profile_forget_password(p);
}

bool
profile_run_password(struct profile *p, enum command cmd, const char *text,
		     struct request *r)
{
	switch ((int)cmd) {
	case CMD_PASSWORD_NEW:
		*r = ask_for(_("New password, at least 10 characters. Nobody "
			       "sees it."),
			     CMD_PASSWORD_TYPED);
		return true;
	case CMD_PASSWORD_TYPED:
		profile_forget_password(p);
		p->password = mem_strdup(text);
		*r = ask_for(_("The same password once more"),
			     CMD_PASSWORD_AGAIN);
		return true;
	case CMD_PASSWORD_AGAIN:
		set_password(p, text);
		return true;
	case CMD_PASSWORD_DROP:
		(void)link_call(p->form.view.ctx->link, "password.clear", NULL,
				take_dropped, p);
		return true;
	default:
		return false;
	}
}
