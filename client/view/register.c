/*
 * register.c - see register.h. What is asked depends on what the door offers,
 * which register.status tells: a key that was shown, or else a password;
 * whether invitations count here.
 */
#include "view/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/applying.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/form_view.h"

#define KEY_BEGIN 7 /* letters of a key that are shown */
#define OPTION_COLS 18 /* from the one to the other */
#define SHORT_COLS 14 /* fields, with their brackets */
#define HANDLE_COLS 22
#define NAME_COLS 42

enum {
	LOOK = FORM_FIELDS, /* the button to read first */
	NAME,
	HANDLE,
	ORGANISATION,
	REASON,
	CODE,
	LANGUAGE,
	VIEW,
	PASSWORD,
	AGAIN
};

static const struct {
	int id;
	const char *param, *label; /* msgid */
	size_t max;
	int width;
	bool required;
} lines[] = {
	{ NAME, "name", N_("Name, as colleagues know you"), 256, NAME_COLS,
	  true },
	{ HANDLE, "handle",
	  N_("Short name to sign in with: small letters, digits, dot"), 64,
	  HANDLE_COLS, true },
	{ ORGANISATION, "organisation", N_("Municipality or organisation"), 320,
	  NAME_COLS, true },
	{ REASON, "reason",
	  N_("Why do you want to take part? One sentence is enough."), 1200, 0,
	  true },
	{ CODE, "code",
	  N_("Invite code, if you have one. Then you can write at once."), 40,
	  SHORT_COLS, false },
	{ PASSWORD, "password", N_("Password, at least 10 characters"), 256,
	  NAME_COLS, true },
	{ AGAIN, NULL, N_("The same password once more"), 256, NAME_COLS,
	  true },
};

#define N_LINES (sizeof(lines) / sizeof(lines[0]))

struct registering {
	struct form_view form;
	bool first; /* nothing to go back to */
	json_t *change; /* of an application that was made, or NULL */
	bool looks; /* it is left to look around */
	bool ready; /* what is asked is known */
};

static struct registering *
registering_of(struct view *v)
{
	return (struct registering *)v;
}

static const struct registering *
const_registering(const struct view *v)
{
	return (const struct registering *)v;
}

static bool
is_ready(const struct view *v)
{
	return const_registering(v)->ready && v->ctx->session;
}

static void
fill_head(const struct view *v, struct head *h)
{
	buf_str(&h->title, const_registering(v)->change
				   ? _("Change your application")
				   : _("No profile? Register here"));
	buf_str(&h->state, context_session(v->ctx, "wiki"));
	buf_str(&h->place, _("Fields with * must be filled in. Tab or arrow "
			     "down goes to the next field."));
}

/* --- what is asked -------------------------------------------------------- */

static void
add_line(struct form *f, int id, const char *text)
{
	size_t i = 0;

	while (lines[i].id != id)
		i++;
	form_add_line(f, id, gettext(lines[i].label), text, lines[i].max,
		      lines[i].width);
	if (lines[i].required)
		form_require(f);
	if (id == PASSWORD || id == AGAIN)
		form_hide(f);
}

static void
add_choices(struct form *f)
{
	bool dutch = strcmp(_("yes"), "ja") == 0;

	form_add_choice(f, LANGUAGE, _("Language:"));
	form_add_option(f, "Nederlands", dutch);
	form_add_option(f, "English", !dutch);
	form_add_choice(f, VIEW, _("View:"));
	form_add_option(f, _("screen"), true);
	form_add_option(f, _("plain lines, for screen reader or braille"),
			false);
	f->aligned = OPTION_COLS;
}

static void
say_key(struct form *f, const json_t *status)
{
	struct buf print = BUF_INIT, line = BUF_INIT;

	sentence_key(&print, args_text(status, "key"), KEY_BEGIN);
	buf_printf(&line, _("Your key %s %s becomes your way in."),
		   args_text(status, "kind"), print.ptr);
	form_say(f, line.ptr);
	form_part(f);
	buf_release(&print);
	buf_release(&line);
}

static void
add_buttons(struct registering *r, bool reads)
{
	struct form *f = &r->form.form;

	form_add_button(f, FORM_SEND, r->change ? _("Send") : _("Apply"));
	if (reads)
		form_add_button(f, LOOK, _("Look around first"));
	form_add_button(f, FORM_STOP, _("Stop"));
}

static void
ask_all(struct registering *r, const json_t *status)
{
	struct form *f = &r->form.form;
	bool key = *args_text(status, "key") != '\0';

	add_line(f, NAME, "");
	add_line(f, HANDLE, "");
	add_line(f, ORGANISATION, "");
	add_line(f, REASON, "");
	if (json_is_true(json_object_get(status, "invites")))
		add_line(f, CODE, "");
	add_choices(f);
	if (key) {
		say_key(f, status);
	} else {
		add_line(f, PASSWORD, "");
		add_line(f, AGAIN, "");
	}
	form_say(f, _("Your name and municipality will stand at each change "
		      "you save. They go along in every copy of the wiki; we "
		      "cannot take back a copy elsewhere."));
	if (!key)
		form_part(f);
	add_buttons(r,
		    r->first && json_is_true(json_object_get(status, "reads")));
}

static void
ask_change(struct registering *r)
{
	struct form *f = &r->form.form;
	const char *question = args_text(r->change, "question");
	struct buf line = BUF_INIT;

	if (*question) {
		buf_printf(&line, _("An administrator asks: %s"), question);
		form_say(f, line.ptr);
		buf_release(&line);
	}
	add_line(f, NAME, args_text(r->change, "name"));
	if (*question)
		form_part(f);
	add_line(f, ORGANISATION, args_text(r->change, "organisation"));
	add_line(f, REASON, args_text(r->change, "why"));
	add_buttons(r, false);
	if (*question)
		form_set_focus(f, REASON);
}

/* --- sending -------------------------------------------------------------- */

/* Which field the refusal is about has the focus. */
static void
find_fault(struct registering *r, const json_t *args)
{
	const char *about = applying_about(args);

	for (size_t i = 0; about && i < N_LINES; i++)
		if (lines[i].param && strcmp(lines[i].param, about) == 0)
			form_set_focus(&r->form.form, lines[i].id);
}

static void
fail(struct registering *r, const struct rpc_msg *m)
{
	form_view_fail(&r->form, m);
	find_fault(r, m->args);
}

static void
take_submitted(void *ctx, const struct rpc_msg *m)
{
	struct registering *r = ctx;
	struct request done = request_of(REQUEST_ENTERED);
	struct buf line = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		fail(r, m);
		return;
	}
	if (strcmp(args_text(m->result, "standing"), "active") == 0)
		buf_str(&line, _("You are in. Welcome."));
	else
		buf_printf(&line, _("Request sent. Your number is %lld."),
			   (long long)args_number(m->result, "number"));
	done.text = buf_take(&line);
	done.args = json_incref(m->result);
	view_post(&r->form.view, done);
}

static void
take_changed(void *ctx, const struct rpc_msg *m)
{
	struct registering *r = ctx;
	struct request done = request_of(REQUEST_CHANGED);

	if (m->kind == RPC_ERROR) {
		fail(r, m);
		return;
	}
	done.text = mem_strdup(_("Your application was changed. It waits for "
				 "approval."));
	view_post(&r->form.view, done);
}

/* What is empty is left out, but of what was said before. */
static json_t *
collect(const struct registering *r)
{
	const struct form *f = &r->form.form;
	json_t *params = json_object();

	for (size_t i = 0; i < N_LINES; i++) {
		const char *text = form_text(f, lines[i].id);

		if (lines[i].param && *text)
			(void)json_object_set_new(params, lines[i].param,
						  json_string(text));
	}
	if (r->change)
		return params;
	(void)json_object_set_new(
		params, "language",
		json_string(form_chosen(f, LANGUAGE) ? "en" : "nl"));
	(void)json_object_set_new(
		params, "view",
		json_string(form_chosen(f, VIEW) ? "lines" : "screen"));
	return params;
}

static void
send(struct registering *r)
{
	struct form *f = &r->form.form;
	struct context *c = r->form.view.ctx;

	if (strcmp(form_text(f, PASSWORD), form_text(f, AGAIN)) != 0) {
		context_say(c, _("Error: %s"), _("Those two differ."));
		form_set_focus(f, AGAIN);
		return;
	}
	r->form.sent = true;
	context_say(c, "%s", _("Busy: sending."));
	(void)link_call(
		c->link, r->change ? "register.change" : "register.submit",
		collect(r), r->change ? take_changed : take_submitted, r);
}

/* --- keys ----------------------------------------------------------------- */

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct registering *r = registering_of(v);
	struct request done;
	bool now;

	(void)text;
	if (cmd != CMD_DISCARD)
		r->looks =
			cmd == CMD_PRESS && form_focus(&r->form.form) == LOOK;
	done = form_view_run(
		&r->form, r->looks && cmd == CMD_PRESS ? CMD_CLOSE : cmd, &now);
	if (done.kind == REQUEST_BACK && r->first && !r->looks)
		done.kind = REQUEST_QUIT;
	if (now)
		send(r);
	return done;
}

static const enum command bar[] = { CMD_NEXT_ITEM, CMD_PREVIOUS_ITEM, CMD_DONE,
				    CMD_CLOSE,	   CMD_HELP,	      CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)key;
	if (cmd == CMD_DONE)
		buf_str(word,
			const_registering(v)->change ? _("Send") : _("Apply"));
}

/* --- the view ------------------------------------------------------------- */

static void
take_status(void *ctx, const struct rpc_msg *m)
{
	struct registering *r = ctx;
	struct request away = request_of(REQUEST_START);

	if (m->kind == RPC_ERROR) {
		context_say_error(r->form.view.ctx, m);
	} else if (*args_text(m->result, "handle")) {
		away.text = mem_strdup(_("You have a profile already."));
		view_post(&r->form.view, away);
	}
	form_release(&r->form.form);
	form_init(&r->form.form);
	ask_all(r, m->result);
	r->ready = true;
}

static void
destroy(struct view *v)
{
	struct registering *r = registering_of(v);

	form_view_release(&r->form);
	json_decref(r->change);
	free(r);
}

static const struct view_ops ops = {
	FORM_VIEW_SHOWN,   .place = PLACE_FORM,	 .is_ready = is_ready,
	.head = fill_head, .key = form_view_key, .run = run,
	.bar = bar,	   .name = name,	 .free = destroy,
};

struct view *
register_view_new(struct context *c, const json_t *args)
{
	struct registering *r = mem_alloc(sizeof(*r));

	form_view_init(&r->form, c, &ops);
	r->form.question = N_("Question: throw the application away?");
	r->first = json_is_true(json_object_get(args, "first"));
	r->change = json_incref(json_object_get(args, "change"));
	if (r->change) {
		ask_change(r);
		r->ready = true;
		return &r->form.view;
	}
	form_add_button(&r->form.form, FORM_STOP, _("Stop"));
	(void)link_call(c->link, "register.status", NULL, take_status, r);
	return &r->form.view;
}
