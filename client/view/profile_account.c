/*
 * profile_account.c - what else is one's own: the code from an app, sessions,
 * what is stored, and leaving. The form has a button for each, the start
 * screen's menu an item that opens the form and presses it.
 */
#include "view/profile_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/leaving.h"
#include "base/parts.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"

static struct request
ask_for(const char *what, enum command cmd)
{
	struct request r = request_text(REQUEST_FIELD, what);

	r.command = cmd;
	return r;
}

static bool
has_code(const struct profile *p)
{
	return json_is_true(json_object_get(p->proofs, "code"));
}

/* --- the form --- */

static const struct {
	enum command cmd;
	int id;
} buttons[] = {
	{ CMD_PROFILE_CODE, PROFILE_CODE },
	{ CMD_PROFILE_SESSIONS, PROFILE_SESSIONS },
	{ CMD_PROFILE_DATA, PROFILE_DATA },
	{ CMD_PROFILE_LEAVE, PROFILE_LEAVE },
};

#define N_BUTTONS (sizeof(buttons) / sizeof(buttons[0]))

static const char *
name_code(const struct profile *p)
{
	if (has_code(p))
		return _("Code from an app: on");
	return json_is_true(json_object_get(p->proofs, "needed"))
		       ? _("Code from an app: needed")
		       : _("Code from an app: off");
}

/* What it is for, and the key that presses it from any other button. */
static void
add_button(struct form *f, int id, const char *label, const char *help)
{
	struct buf about = BUF_INIT;

	form_add_button(f, id, label);
	buf_printf(&about, "%s ", help);
	for (size_t i = 0; i < N_BUTTONS; i++) {
		if (buttons[i].id != id)
			continue;
		buf_str(&about, _("Key: "));
		command_key(buttons[i].cmd, PLACE_FORM, &about);
		buf_char(&about, '.');
	}
	form_explain(f, about.ptr);
	buf_release(&about);
}

void
profile_add_account(struct profile *p)
{
	struct form *f = &p->form.form;

	if (!p->proofs) /* who waits for approval has none of it */
		return;
	add_button(f, PROFILE_CODE, name_code(p),
		   _("With one, a code is asked when you sign in."));
	form_join(f);
	add_button(f, PROFILE_SESSIONS, _("Sessions"),
		   _("Where you are signed in; end that."));
	add_button(f, PROFILE_DATA, _("My data"),
		   _("All that is stored about you."));
	form_join(f);
	add_button(f, PROFILE_LEAVE, _("Close my profile"),
		   _("For good. It asks first."));
	form_join(f);
}

/* --- the code --- */

static void
explain_code(const struct profile *p, struct buf *out)
{
	if (!has_code(p)) {
		buf_str(out,
			_("From then on a code of an app on your phone is "
			  "asked when you sign in. You can do without again."));
		return;
	}
	buf_str(out, _("It is there since "));
	sentence_year(out, args_number(p->proofs, "since"));
	buf_printf(out, _(". Recovery codes left: %lld. "),
		   (long long)args_number(p->proofs, "recovery"));
	buf_str(out, _("Another app gives other ones; the old codes count no "
		       "more."));
	if (json_is_true(json_object_get(p->proofs, "needed")))
		buf_printf(out, " %s", _("Your role needs a code."));
}

static struct request
ask_code(const struct profile *p)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf about = BUF_INIT;

	explain_code(p, &about);
	r.question = question_new(_("Question: what about a code from an app?"),
				  about.ptr);
	question_add(r.question, _("Nothing, back"), CMD_N, NULL);
	question_add(r.question,
		     has_code(p) ? _("Another app") : _("Set it up"),
		     CMD_CODE_NEW, NULL);
	if (has_code(p) && !json_is_true(json_object_get(p->proofs, "needed")))
		question_add(r.question, _("Take it away"), CMD_CODE_DROP,
			     NULL);
	buf_release(&about);
	return r;
}

static void
take_begun(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;

	if (m->kind != RPC_RESULT)
		context_say_error(p->form.view.ctx, m);
	else
		view_post(&p->form.view,
			  request_show(SCREEN_ENROL, json_copy(m->result)));
}

static void
begin_code(struct profile *p, const char *present)
{
	(void)link_call(p->form.view.ctx->link, "code.begin",
			json_pack("{s:s*}", "code", present), take_begun, p);
}

static void
take_cleared(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;

	if (m->kind != RPC_RESULT) {
		context_say_error(p->form.view.ctx, m);
		return;
	}
	profile_ask_proofs(p);
	context_say(p->form.view.ctx, "%s",
		    _("You sign in without a code from now on. You can set one "
		      "up again."));
}

/* --- what is stored --- */

/* Numbers that are moments, by their names. */
static bool
is_moment(const char *name)
{
	static const char *const names[] = { "time", "created", "added",
					     "used", "since",	"seen",
					     "made", "expires", NULL };

	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void
add_value(struct buf *out, const char *name, const json_t *value)
{
	char *text;

	if (json_is_string(value)) {
		buf_str(out, json_string_value(value));
	} else if (json_is_integer(value) && is_moment(name)) {
		sentence_year(out, json_integer_value(value));
	} else {
		text = json_dumps(value, JSON_ENCODE_ANY);
		buf_str(out, text ? text : "");
		free(text);
	}
}

/* "key: fingerprint SHA256:…; added 12 January 2025" */
static void
add_stored(struct buf *out, const json_t *row)
{
	const char *key, *before = ": ";
	json_t *value;

	buf_str(out, args_text(row, "kind"));
	json_object_foreach((json_t *)row, key, value)
	{
		if (strcmp(key, "kind") == 0 || json_is_null(value))
			continue;
		buf_printf(out, "%s%s ", before, key);
		add_value(out, key, value);
		before = "; ";
	}
	buf_char(out, '\n');
}

static void
show_data(struct profile *p)
{
	struct buf text = BUF_INIT;
	const json_t *row;
	size_t i;

	buf_printf(&text, "%s\n\nssh %s mydata > me.json\n\n",
		   _("This is what is stored about you, without secrets. What "
		     "you wrote is in the wiki, under your short name. All of "
		     "it together is a file, with this line on your own "
		     "computer:"),
		   *context_session(p->form.view.ctx, "domain")
			   ? context_session(p->form.view.ctx, "domain")
			   : "HOST");
	json_array_foreach(p->stored.rows, i, row)
	{
		add_stored(&text, row);
	}
	view_post(&p->form.view,
		  request_show(SCREEN_PLAIN,
			       json_pack("{s:s, s:s}", "title", _("my data"),
					 "text", text.ptr)));
	buf_release(&text);
}

static void
take_stored(void *ctx, const struct rpc_msg *m);

static void
ask_stored(struct profile *p)
{
	(void)link_call(p->form.view.ctx->link, "profile.data",
			parts_params(&p->stored), take_stored, p);
}

static void
take_stored(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;
	enum parts_step step = parts_take(&p->stored, m);

	if (step == PARTS_MORE)
		ask_stored(p);
	else if (step == PARTS_FAILED)
		context_say_error(p->form.view.ctx, m);
	else
		show_data(p);
}

/* --- leaving --- */

static struct request
ask_leave(void)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf about = BUF_INIT;

	leaving_explain(&about);
	buf_printf(&about, "\n%s", _("This cannot be undone."));
	r.question = question_new(_("Question: close your profile for good?"),
				  about.ptr);
	question_ask_first(r.question, _("Type your short name to confirm"));
	question_add(r.question, _("No, change nothing"), CMD_N, NULL);
	question_leave(r.question, _("Change nothing"));
	question_add(r.question, _("Yes, for good"), CMD_LEAVE_NOW, "");
	buf_release(&about);
	return r;
}

static void
take_left(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;

	if (m->kind != RPC_RESULT)
		context_say_error(p->form.view.ctx, m);
	else
		context_say(p->form.view.ctx, "%s",
			    _("Your profile is closed. Goodbye."));
}

static void
leave(struct profile *p, const char *code)
{
	(void)link_call(p->form.view.ctx->link, "profile.close",
			json_pack("{s:s, s:s*}", "handle",
				  args_text(p->data, "handle"), "code", code),
			take_left, p);
}

/* `text` ends with what was typed. */
static struct request
confirm_leave(struct profile *p, const char *text)
{
	const char *typed = strchr(text, '\n');

	if (!typed || strcmp(typed + 1, args_text(p->data, "handle")) != 0) {
		context_say(p->form.view.ctx, "%s",
			    _("Nothing happened: the short name was not "
			      "typed."));
		return request_of(REQUEST_NONE);
	}
	if (has_code(p))
		return ask_for(_("Code from your app"), CMD_LEAVE_CODE);
	leave(p, NULL);
	return request_of(REQUEST_NONE);
}

/* --- acting --- */

bool
profile_press_account(struct profile *p, int id, struct request *r)
{
	switch (id) {
	case PROFILE_CODE:
		*r = ask_code(p);
		return true;
	case PROFILE_SESSIONS:
		*r = request_show(SCREEN_OWN, NULL);
		return true;
	case PROFILE_DATA:
		parts_release(&p->stored);
		parts_init(&p->stored, NULL);
		ask_stored(p);
		return true;
	case PROFILE_LEAVE:
		*r = ask_leave();
		return true;
	default:
		return false;
	}
}

bool
profile_run_account(struct profile *p, enum command cmd, const char *text,
		    struct request *r)
{
	struct link *link = p->form.view.ctx->link;

	for (size_t i = 0; i < N_BUTTONS; i++)
		if (buttons[i].cmd == cmd && p->proofs) {
			form_set_focus(&p->form.form, buttons[i].id);
			return profile_press_account(p, buttons[i].id, r);
		}
	switch ((int)cmd) {
	case CMD_CODE_NEW:
		if (has_code(p))
			*r = ask_for(_("Code from the app you use now"),
				     CMD_CODE_OLD);
		else
			begin_code(p, NULL);
		return true;
	case CMD_CODE_OLD:
		begin_code(p, text);
		return true;
	case CMD_CODE_DROP:
		*r = ask_for(_("Code from the app you use now"), CMD_CODE_OFF);
		return true;
	case CMD_CODE_OFF:
		(void)link_call(link, "code.clear",
				json_pack("{s:s}", "code", text), take_cleared,
				p);
		return true;
	case CMD_LEAVE_NOW:
		*r = confirm_leave(p, text ? text : "");
		return true;
	case CMD_LEAVE_CODE:
		leave(p, text);
		return true;
	default:
		return false;
	}
}
