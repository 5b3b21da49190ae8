/*
 * profile.c - see profile.h. The form is made anew from what the wiki says
 * after each change of it; what was typed and not saved stays.
 */
#include "view/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/profile_impl.h"

#define LABELS 17 /* columns of the labels */
#define LINE_WIDTH 42 /* with its brackets */
#define NUMBER_WIDTH 6
#define NAME_BYTES 256
#define NUMBER_BYTES 3

/* What may be chosen, as it is called; in the order of display.h. */
static const struct {
	const char *label;
	const char *words[4];
	bool joined; /* stands on the row of the one before */
	bool asks; /* could it make the screen unreadable? */
} choices[DISPLAY_N] = {
	[DISPLAY_VIEW] = { N_("Display"),
			   { N_("screen"), N_("screen, one column"),
			     N_("plain lines") },
			   false,
			   true },
	[DISPLAY_COLOUR] = { N_("Colour"),
			     { N_("automatic"), N_("none"),
			       N_("high contrast") },
			     false,
			     true },
	[DISPLAY_SIGNS] = { N_("Signs"),
			    { N_("ordinary"), N_("only ASCII") },
			    false,
			    true },
	[DISPLAY_MOUSE] = { N_("Mouse"), { N_("off"), N_("on") }, true, false },
	[DISPLAY_CLIPBOARD] = { N_("Share clipboard"),
				{ N_("off"), N_("on") },
				false,
				false },
	[DISPLAY_ESC] = { N_("Wait after Esc"), { NULL }, false, false },
};

static const char *const languages[] = { "nl", "en", "automatic" };
static const char *const language_words[] = { "Nederlands", "English",
					      N_("as my computer") };

#define N_LANGUAGES (sizeof(languages) / sizeof(languages[0]))

static struct profile *
profile_of(struct view *v)
{
	return (struct profile *)v;
}

static const struct profile *
const_profile(const struct view *v)
{
	return (const struct profile *)v;
}

/* --- the form --- */

static void
add_line(struct form *f, int id, const char *label, const char *text)
{
	form_add_line(f, id, label, text, NAME_BYTES, LINE_WIDTH);
}

static void
add_language(struct profile *p)
{
	struct form *f = &p->form.form;
	const char *chosen = args_text(p->data, "language");

	form_add_choice(f, PROFILE_LANGUAGE, _("Language"));
	form_part(f);
	for (size_t i = 0; i < N_LANGUAGES; i++)
		form_add_option(f, gettext(language_words[i]),
				strcmp(languages[i], chosen) == 0);
}

static void
add_setting(struct profile *p, enum display_setting s)
{
	const struct display *d = &p->form.view.ctx->display;
	struct form *f = &p->form.form;

	form_add_choice(f, PROFILE_SETTINGS + (int)s,
			gettext(choices[s].label));
	if (choices[s].joined)
		form_join(f);
	for (size_t i = 0; choices[s].words[i]; i++)
		form_add_option(f, gettext(choices[s].words[i]),
				d->value[s] == (int)i);
}

static void
add_wait(struct profile *p)
{
	struct form *f = &p->form.form;
	struct buf number = BUF_INIT;

	display_tell(&p->form.view.ctx->display, DISPLAY_ESC, &number);
	form_add_line(f, PROFILE_SETTINGS + DISPLAY_ESC, _("Wait after Esc"),
		      number.ptr, NUMBER_BYTES, NUMBER_WIDTH);
	form_unit(f, _("thousandths of a second"));
	form_explain(f, _("From 25 to 500."));
	buf_release(&number);
}

static void
fill(struct profile *p)
{
	struct form *f = &p->form.form;

	add_line(f, PROFILE_NAME, _("Name"), args_text(p->data, "name"));
	add_line(f, PROFILE_ORGANISATION, _("Municipality"),
		 args_text(p->data, "organisation"));
	add_language(p);
	for (int s = 0; s < DISPLAY_ESC; s++)
		add_setting(p, (enum display_setting)s);
	add_wait(p);
	profile_add_keys(p);
	profile_add_account(p);
	form_add_button(f, FORM_SEND, _("Save"));
	form_part(f);
	form_add_button(f, FORM_STOP, _("Back"));
}

/* The language may be another one, or the keys. */
static void
fill_anew(struct profile *p)
{
	static const int texts[] = { PROFILE_NAME, PROFILE_ORGANISATION,
				     PROFILE_SETTINGS + DISPLAY_ESC };
	struct form old = p->form.form, *f = &p->form.form;
	int focus = old.items.len ? form_focus(&old) : PROFILE_NAME;

	form_init(f);
	f->beside = LABELS;
	fill(p);
	if (old.changed)
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			form_set_text(f, texts[i], form_text(&old, texts[i]));
	f->changed = old.changed;
	while (focus > PROFILE_KEYS && !form_pick(f, (size_t)focus))
		focus--; /* that key is gone */
	form_set_focus(f, focus);
	form_release(&old);
}

/* --- what was chosen --- */

static enum display_setting
setting_of(int id)
{
	return (enum display_setting)(id - PROFILE_SETTINGS);
}

/* The option that counts now. */
static size_t
current(const struct profile *p, int id)
{
	const char *language = args_text(p->data, "language");
	size_t i = 0;

	if (id != PROFILE_LANGUAGE)
		return (size_t)p->form.view.ctx->display.value[setting_of(id)];
	while (i + 1 < N_LANGUAGES && strcmp(languages[i], language) != 0)
		i++;
	return i;
}

static void
speak(const char *language)
{
	const char *automatic = getenv(DISPLAY_LANGUAGE_ENV);

	if (strcmp(language, "automatic") == 0)
		language = automatic ? automatic : "nl";
	(void)setenv("LANGUAGE", language, 1);
	language_changed();
}

/* It counts from now on; the screen shows it. */
static void
apply(struct profile *p, int id, size_t option)
{
	struct context *c = p->form.view.ctx;

	if (id == PROFILE_LANGUAGE) {
		speak(languages[option]);
		(void)json_object_set_new(p->data, "language",
					  json_string(languages[option]));
		c->translated = true;
	} else {
		c->display.value[setting_of(id)] = (int)option;
	}
	c->adapted = true;
	fill_anew(p);
}

bool
profile_take(struct profile *p, const struct rpc_msg *m, const char *done)
{
	struct context *c = p->form.view.ctx;

	p->form.sent = false;
	if (m->kind != RPC_RESULT) {
		context_say_error(c, m);
		return false;
	}
	json_decref(p->data);
	p->data = json_incref(m->result);
	fill_anew(p);
	context_say(c, "%s", done);
	return true;
}

static void
take_chosen(void *ctx, const struct rpc_msg *m)
{
	(void)profile_take(ctx, m, _("Saved."));
}

static void
take_lines(void *ctx, const struct rpc_msg *m)
{
	(void)profile_take(ctx, m,
			   _("Saved. Plain lines from your next sign-in on. "
			     "ssh -t with the word scherm gives the screen."));
}

/* Store one choice. */
static void
store(struct profile *p, int id)
{
	struct context *c = p->form.view.ctx;
	enum display_setting s = setting_of(id);
	size_t option = current(p, id);
	bool lines =
		id == PROFILE_SETTINGS + DISPLAY_VIEW && option == VIEW_LINES;

	(void)link_call(
		c->link, "profile.set",
		id == PROFILE_LANGUAGE
			? json_pack("{s:s}", "language", languages[option])
			: json_pack("{s:s}", display_name(s),
				    display_word(s, option)),
		lines ? take_lines : take_chosen, p);
}

/* Who cannot see it need not say whether it can be read. */
static bool
must_ask(const struct profile *p, int id)
{
	if (p->form.view.ctx->in_lines)
		return false;
	if (id == PROFILE_LANGUAGE)
		return true;
	return choices[setting_of(id)].asks &&
	       !(setting_of(id) == DISPLAY_VIEW &&
		 current(p, id) == VIEW_LINES);
}

static struct request
ask_whether_readable(struct profile *p, int id, size_t was)
{
	struct request r = request_of(REQUEST_ASK);

	p->trial =
		(struct trial){ id, was,
				clock_mono_ms() + p->form.view.ctx->trial_ms };
	r.question = question_new(_("Question: can you read this?"),
				  _("Without an answer it is as before after a "
				    "minute."));
	question_add(r.question, _("Yes"), CMD_READABLE, NULL);
	question_add(r.question, _("Back"), CMD_UNREADABLE, NULL);
	r.question->focus = 1;
	r.question->cancel = CMD_UNREADABLE;
	return r;
}

static struct request
choose(struct profile *p, int id, size_t option)
{
	size_t was = current(p, id);

	apply(p, id, option);
	if (must_ask(p, id))
		return ask_whether_readable(p, id, was);
	store(p, id);
	return request_of(REQUEST_NONE);
}

static void
end_trial(struct profile *p, bool keep)
{
	struct trial t = p->trial;

	p->trial.id = 0;
	if (!t.id)
		return;
	if (keep) {
		store(p, t.id);
		return;
	}
	apply(p, t.id, t.was);
	context_say(p->form.view.ctx, "%s", _("As it was before."));
}

/* After a key: was something chosen? That is no change to be saved. */
static struct request
follow_choices(struct profile *p, bool changed)
{
	struct form *f = &p->form.form;

	for (int id = PROFILE_LANGUAGE; id < PROFILE_SETTINGS + DISPLAY_ESC;
	     id++) {
		size_t option = form_chosen(f, id);

		if (option == current(p, id))
			continue;
		f->changed = changed;
		return choose(p, id, option);
	}
	return request_of(REQUEST_NONE);
}

/* --- what was typed --- */

static void
take_saved(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;
	json_int_t wait = args_number(m->result, "esc");
	bool renamed = strcmp(args_text(m->result, "name"),
			      args_text(p->data, "name")) != 0;

	if (m->kind == RPC_RESULT) {
		p->form.form.changed = false;
		p->form.view.ctx->display.value[DISPLAY_ESC] = (int)wait;
	}
	(void)profile_take(p, m,
			   renamed ? _("Saved. Your name counts for what you "
				       "write after your next sign-in.")
				   : _("Saved."));
}

static void
send(struct profile *p)
{
	const struct form *f = &p->form.form;

	p->form.sent = true;
	context_say(p->form.view.ctx, "%s", _("Busy: saving."));
	(void)link_call(p->form.view.ctx->link, "profile.set",
			json_pack("{s:s, s:s, s:s}", "name",
				  form_text(f, PROFILE_NAME), "organisation",
				  form_text(f, PROFILE_ORGANISATION), "esc",
				  form_text(f, PROFILE_SETTINGS + DISPLAY_ESC)),
			take_saved, p);
}

/* --- the view --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct profile *p = const_profile(v);
	json_int_t last;
	size_t number = 0;

	buf_printf(&h->title, _("Profile: %s - %s"),
		   args_text(p->data, "handle"),
		   sentence_role(args_text(p->data, "role")));
	buf_str(&h->place, _("Member since "));
	sentence_year(&h->place, args_number(p->data, "created"));
	buf_char(&h->place, '.');
	last = profile_last_key(p, &number);
	if (!last)
		return;
	buf_str(&h->place, _(" Last signed in: "));
	sentence_moment(&h->place, last);
	buf_printf(&h->place, _(" with key %zu."), number);
}

static bool
is_ready(const struct view *v)
{
	return const_profile(v)->data != NULL;
}

static void
recalc(struct view *v, int rows, int cols)
{
	if (is_ready(v))
		form_view_recalc(v, rows, cols);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	canvas_cursor(c, top, 0);
	if (is_ready(v))
		form_view_paint(v, c, top, rows);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct profile *p = profile_of(v);
	bool changed = p->form.form.changed;

	if (!p->data || !form_view_key(v, k, r))
		return false;
	*r = follow_choices(p, changed);
	return true;
}

/* A key, or the button that adds one, is pressed like a row of a list. */
static bool
is_key_pressed(const struct profile *p, enum command cmd)
{
	return cmd == CMD_PRESS && form_focus(&p->form.form) >= PROFILE_ADD;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct profile *p = profile_of(v);
	struct request r = request_of(REQUEST_NONE);
	bool now, changed = p->form.form.changed;

	if (!p->data)
		return request_of(cmd == CMD_CLOSE ? REQUEST_BACK
						   : REQUEST_NONE);
	if (cmd == CMD_READABLE || cmd == CMD_UNREADABLE) {
		end_trial(p, cmd == CMD_READABLE);
		return r;
	}
	if (profile_run_key(p, cmd, text, &r) ||
	    profile_run_password(p, cmd, text, &r) ||
	    profile_run_account(p, cmd, text, &r))
		return r;
	if (cmd == CMD_PRESS &&
	    profile_press_account(p, form_focus(&p->form.form), &r))
		return r;
	if (cmd == CMD_PRESS && form_focus(&p->form.form) == PROFILE_PASSWORD)
		return profile_press_password(p);
	if (is_key_pressed(p, cmd))
		return profile_press_key(p);
	r = form_view_run(&p->form, cmd, &now);
	if (now)
		send(p);
	return r.kind == REQUEST_NONE ? follow_choices(p, changed) : r;
}

static const enum command bar[] = { CMD_NEXT_ITEM, CMD_TURN,  CMD_PRESS,
				    CMD_DONE,	   CMD_CLOSE, CMD_HELP,
				    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_PRESS, N_("Open") },
	{ CMD_DONE, N_("Save") },
	{ CMD_CLOSE, N_("Back") },
	{ CMD_N, NULL },
};

static void
tell_where(const struct view *v, struct buf *out)
{
	if (is_ready(v))
		form_view_where(v, out);
}

static int64_t
due(const struct view *v)
{
	return const_profile(v)->trial.id ? const_profile(v)->trial.due : 0;
}

/* Closes the question that nobody answered. */
static void
tick(struct view *v, bool ends)
{
	struct profile *p = profile_of(v);

	if (!p->trial.id || (!ends && clock_mono_ms() < p->trial.due))
		return;
	end_trial(p, false);
	view_post(v, request_of(REQUEST_NONE));
}

/* The act one came for, once the form is there. */
static void
press_at_once(struct profile *p)
{
	struct request r = request_of(REQUEST_NONE);
	int act = p->act;

	p->act = 0;
	if (!act || !form_pick(&p->form.form, (size_t)act))
		return;
	(void)profile_press_account(p, act, &r);
	if (r.kind != REQUEST_NONE)
		view_post(&p->form.view, r);
}

static void
take_proofs(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;

	json_decref(p->proofs);
	p->proofs = m->kind == RPC_RESULT ? json_incref(m->result) : NULL;
	if (!p->data)
		return;
	fill_anew(p);
	press_at_once(p);
}

void
profile_ask_proofs(struct profile *p)
{
	(void)link_call(p->form.view.ctx->link, "proof.info", NULL, take_proofs,
			p);
}

static void
returned(struct view *v)
{
	profile_ask_proofs(profile_of(v));
}

static void
take_profile(void *ctx, const struct rpc_msg *m)
{
	struct profile *p = ctx;

	if (m->kind != RPC_RESULT) {
		context_say_error(p->form.view.ctx, m);
		view_post(&p->form.view, request_of(REQUEST_BACK));
		return;
	}
	json_decref(p->data);
	p->data = json_incref(m->result);
	fill_anew(p);
	press_at_once(p);
}

static void
destroy(struct view *v)
{
	struct profile *p = profile_of(v);

	end_trial(p, false);
	form_view_release(&p->form);
	json_decref(p->data);
	json_decref(p->proofs);
	parts_release(&p->stored);
	profile_forget_password(p);
	free(p->key);
	free(p);
}

static const struct view_ops ops = {
	.place = PLACE_FORM,
	.profile = true,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = form_view_has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.words = bar_words,
	.where = tell_where,
	.tell = form_view_tell,
	.pick = form_view_pick,
	.is_dirty = form_view_is_dirty,
	.due = due,
	.tick = tick,
	.returned = returned,
	.free = destroy,
};

static int
find_act(const char *word)
{
	if (strcmp(word, "code") == 0)
		return PROFILE_CODE;
	if (strcmp(word, "data") == 0)
		return PROFILE_DATA;
	return strcmp(word, "leave") == 0 ? PROFILE_LEAVE : 0;
}

struct view *
profile_view_new(struct context *c, const json_t *args)
{
	struct profile *p = mem_alloc(sizeof(*p));

	form_view_init(&p->form, c, &ops);
	p->act = find_act(args_text(args, "act"));
	parts_init(&p->stored, NULL);
	profile_ask_proofs(p);
	(void)link_call(c->link, "profile.get", NULL, take_profile, p);
	return &p->form.view;
}
