/* nav.c - see nav.h. */
#include "nav.h"

#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "base/sentence.h"
#include "nav_change.h"
#include "nav_clash.h"
#include "nav_door.h"
#include "nav_notice.h"
#include "nav_pages.h"
#include "nav_stack.h"
#include "nav_time.h"
#include "nav_unread.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/policy.h"
#include "screens.h"
#include "view/act.h"
#include "view/aspect.h"
#include "view/field.h"
#include "view/keep.h"
#include "view/menu.h"
#include "view/profile.h"
#include "view/since.h"

#define KEY_BEGIN 7 /* letters of a key that are shown */

static struct request
run_command(struct nav *n, enum command cmd, const char *text);

/* --- what views do by themselves --- */

int64_t
nav_due(const struct nav *n)
{
	int64_t first = nav_notice_due(n);

	for (size_t i = 0; i < n->views.len; i++) {
		const struct view *v = n->views.items[i];
		int64_t at = v->ops->due ? v->ops->due(v) : 0;

		if (at && (!first || at < first))
			first = at;
	}
	return first;
}

void
nav_tick(struct nav *n, bool ends)
{
	nav_notice_tick(n, clock_mono_ms());
	for (size_t i = 0; i < n->views.len; i++) {
		struct view *v = n->views.items[i];

		if (v->ops->tick)
			v->ops->tick(v, ends);
	}
}

/* A screen of its own begins without the message of the one before. */
static void
clear_message(struct nav *n)
{
	if (n->ctx.said)
		return;
	free(n->ctx.message);
	n->ctx.message = NULL;
	n->ctx.passing = false;
}

/* --- requests --- */

static void
go_back(struct nav *n, struct request *r)
{
	struct view *v;

	(void)r;
	clear_message(n);
	v = nav_take_top(n);
	if (v)
		ahead_keep(&n->ctx.ahead, v);
}

static struct request
go_forward(struct nav *n)
{
	struct view *v = ahead_take(&n->ctx.ahead);

	if (v) {
		clear_message(n);
		nav_push(n, v);
		if (v->ops->returned)
			v->ops->returned(v);
	} else {
		context_say(&n->ctx, "%s",
			    _("You did not go back from a page."));
	}
	return request_of(REQUEST_NONE);
}

/* A screen of its own; `args_take` may be NULL. */
static void
open_screen(struct nav *n, enum screen screen, json_t *args_take)
{
	clear_message(n);
	if (screen == SCREEN_PAGE)
		ahead_forget(&n->ctx.ahead);
	nav_push(n, screens_open(screen, &n->ctx, args_take));
	json_decref(args_take);
}

void
nav_open_screen(struct nav *n, enum screen screen, json_t *args_take)
{
	open_screen(n, screen, args_take);
}

/* What only led the way is not gone back to. */
static void
close_passing(struct nav *n)
{
	if (nav_top(n)->ops->passes)
		nav_close_top(n);
}

static void
show_screen(struct nav *n, struct request *r)
{
	close_passing(n);
	open_screen(n, r->screen, json_incref(r->args));
}

/* With news on it it opens there, unless another place is asked for. */
static void
open_page(struct nav *n, struct request *r)
{
	const json_t *news =
		r->more || n->ctx.at ? NULL : context_news(&n->ctx, r->text);

	if (news) {
		struct request open = since_open(news, 0);

		open_screen(n, open.screen, open.args);
		open.args = NULL;
		request_release(&open);
		return;
	}
	open_screen(
		n, r->more ? SCREEN_PAGE : aspect_first(r->text),
		json_pack("{s:s, s:s*}", "address", r->text, "at", r->more));
}

static void
open_editor(struct nav *n, struct request *r)
{
	if (nav_resume_remark(n, r->text))
		return;
	open_screen(n, SCREEN_EDITOR,
		    json_pack("{s:s, s:b}", "address", r->text, "resume",
			      r->kind == REQUEST_RESUME));
}

/* Without them pages are shown all the same, with links as written. */
static void
take_titles(void *ctx, json_t *titles_take)
{
	struct nav *n = ctx;

	if (!titles_take && !n->ctx.titles)
		titles_take = json_object();
	if (!titles_take)
		return;
	json_decref(n->ctx.titles);
	n->ctx.titles = titles_take;
}

void
nav_read_titles(struct nav *n)
{
	n->stale = false;
	if (n->reads)
		titles_read(&n->titles);
}

void
nav_translate(struct nav *n)
{
	for (size_t i = 0; i < n->views.len; i++) {
		struct view *v = n->views.items[i];

		if (v->ops->place & PLACE_READING)
			nav_reload(v);
	}
	n->ctx.translated = false;
}

/* The page may stand elsewhere in the tree now; its title comes with it. */
static void
close_editor(struct nav *n, struct request *r)
{
	nav_close_top(n);
	context_say(&n->ctx, "%s", r->text);
	if (n->views.len > 1)
		nav_reload(nav_top(n));
	nav_outdate_start(n);
}

static void
ask(struct nav *n, struct request *r)
{
	struct question *q = r->question;

	r->question = NULL;
	nav_push(n, question_view_new(&n->ctx, q));
}

static void
open_field(struct nav *n, struct request *r)
{
	clear_message(n);
	nav_push(n, field_view_new(&n->ctx, r->text, r->command));
}

static void
open_help(struct nav *n, struct request *r)
{
	(void)r;
	open_screen(n, SCREEN_HELP,
		    json_pack("{s:i}", "place", (int)nav_top(n)->ops->place));
}

static void
open_menu(struct nav *n, struct request *r)
{
	(void)r;
	nav_push(n, menu_view_new(&n->ctx, nav_top(n)));
}

static void
run_below(struct nav *n, struct request *r)
{
	nav_close_top(n);
	clear_message(n);
	nav_perform(n, run_command(n, r->command, r->text));
}

/* True when there is unsaved text: its editor now asks what to do. */
static bool
ask_about_text(struct nav *n)
{
	size_t i = nav_find_dirty(n);

	if (!i)
		return false;
	nav_close_above(n, i);
	nav_perform(n, run_command(n, CMD_LEAVE, NULL));
	return true;
}

static void
go_to_start(struct nav *n, struct request *r)
{
	if (ask_about_text(n))
		return;
	clear_message(n);
	nav_close_above(n, 0);
	if (r->text)
		context_say(&n->ctx, "%s", r->text);
}

static void
take_entered(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;

	if (m->kind == RPC_RESULT && !n->entered)
		n->entered = mem_strdup(args_text(m->result, "title"));
	else
		context_say_error(&n->ctx, m);
}

/* What waits is of the space that is left. */
static void
enter_space(struct nav *n, struct request *r)
{
	if (ask_about_text(n))
		return;
	nav_tick(n, true);
	(void)link_call(n->ctx.link, "session.space",
			json_pack("{s:s}", "space", r->text), take_entered, n);
}

static void
sign_out(struct nav *n, struct request *r)
{
	(void)r;
	if (!ask_about_text(n))
		n->done = true;
}

static void
redraw(struct nav *n, struct request *r)
{
	(void)r;
	n->redraw = true;
}

void
nav_perform(struct nav *n, struct request r)
{
	static void (*const table[])(struct nav *, struct request *) = {
		[REQUEST_NONE] = NULL,
		[REQUEST_BACK] = go_back,
		[REQUEST_SHOW] = show_screen,
		[REQUEST_OPEN_PAGE] = open_page,
		[REQUEST_FIND_PAGE] = nav_find_page,
		[REQUEST_EDIT] = open_editor,
		[REQUEST_RESUME] = open_editor,
		[REQUEST_SAVED] = close_editor,
		[REQUEST_MOVED] = nav_follow_page,
		[REQUEST_MADE] = nav_edit_made,
		[REQUEST_RELOAD] = nav_reload_top,
		[REQUEST_ASK] = ask,
		[REQUEST_FIELD] = open_field,
		[REQUEST_CHANGE] = nav_change,
		[REQUEST_UNREAD] = nav_unread,
		[REQUEST_HELP] = open_help,
		[REQUEST_MENU] = open_menu,
		[REQUEST_RUN] = run_below,
		[REQUEST_SPACE] = enter_space,
		[REQUEST_START] = go_to_start,
		[REQUEST_QUIT] = sign_out,
		[REQUEST_REDRAW] = redraw,
		[REQUEST_ENTERED] = nav_door_enter,
		[REQUEST_CHANGED] = nav_door_changed,
	};

	if (table[r.kind])
		table[r.kind](n, &r);
	if (n->stale && r.kind != REQUEST_NONE)
		nav_read_titles(n); /* another screen: they may show there */
	request_release(&r);
}

/* --- commands that are the same everywhere --- */

static struct request
ask_where_to(const char *answer)
{
	return answer ? request_text(REQUEST_FIND_PAGE, answer)
		      : request_show(SCREEN_GOING, NULL);
}

/* On the screen for it: other words; in help: there. */
static struct request
search(struct view *v, const char *words)
{
	if (v->ops->place == PLACE_HELP)
		return v->ops->run(v, CMD_SEARCH, words);
	if (v->ops->place == PLACE_SEARCH && !words)
		return v->ops->run(v, CMD_SEARCH, NULL);
	return request_show(SCREEN_SEARCH,
			    json_pack("{s:s}", "words", words ? words : ""));
}

static struct request
run_command(struct nav *n, enum command cmd, const char *text)
{
	struct view *v = nav_top(n);
	struct request r;

	if (nav_time_ends(n, cmd) || nav_time_refuses(n, cmd))
		return request_of(REQUEST_NONE);
	if (view_lacks_right(v, cmd)) {
		context_say_no_right(&n->ctx, cmd);
		return request_of(REQUEST_NONE);
	}
	if (acts_run(&n->acts, v, cmd, text, &r))
		return r;
	switch ((int)cmd) {
	case CMD_TIME:
		return nav_time(n, text);
	case CMD_HELP:
		return request_of(REQUEST_HELP);
	case CMD_MENU:
	case CMD_EDITOR_MENU:
		return request_of(REQUEST_MENU);
	case CMD_HOME:
		return request_of(REQUEST_START);
	case CMD_REDRAW:
		return request_of(REQUEST_REDRAW);
	case CMD_QUIT:
		return request_of(REQUEST_QUIT);
	case CMD_WHERE:
		return context_tell_where(&n->ctx, nav_top(n));
	case CMD_FORWARD:
		return go_forward(n);
	case CMD_UNREAD: /* the start screen knows which page */
		if (!(v->ops->place & (PLACE_THREADS | PLACE_THREAD)) ||
		    !view_allows(v, cmd))
			v = n->views.items[0];
		return v->ops->run(v, cmd, text);
	case CMD_CHANGE:
		return act_of_answer(text ? text : "");
	case CMD_GOTO:
		return ask_where_to(text);
	case CMD_SEARCH:
		return search(v, text);
	case CMD_ADMIN:
		return request_show(SCREEN_ADMIN, NULL);
	case CMD_INVITE:
		return request_show(SCREEN_INVITE, NULL);
	case CMD_DEED:
		deeds_run(&n->deeds, text ? text : "");
		return request_of(REQUEST_NONE);
	default:
		return screens_of(cmd, &r) ? r : v->ops->run(v, cmd, text);
	}
}

/* --- keys --- */

static void
give_hint(struct nav *n, const struct key *k)
{
	bool text = (nav_top(n)->ops->place & PLACE_TEXT) != 0;

	if (k->code == KEY_PASTE)
		context_announce(&n->ctx, "%s",
				 _("You can only paste in a text field. "
				   "Nothing happened."));
	else
		context_announce(&n->ctx, "%s",
				 text ? _("This key does nothing here. "
					  "F1 shows the keys.")
				      : _("This key does nothing here. "
					  "? shows the keys."));
	n->ctx.passing = true;
}

void
nav_key(struct nav *n, const struct key *k)
{
	struct view *v = nav_top(n);
	struct request r = request_of(REQUEST_NONE);
	bool told = n->ctx.told;
	enum command cmd;

	n->ctx.said = false;
	n->ctx.told = false;
	notices_key(&n->notices, clock_mono_ms());
	if (n->ctx.passing)
		clear_message(n);
	if (v->ops->key && v->ops->key(v, k, &r)) {
		nav_perform(n, r);
		return;
	}
	cmd = command_of_key(k, v->ops->place);
	n->ctx.told = told && cmd == CMD_WHERE;
	if (cmd == CMD_N || nav_time_lacks(n, cmd) ||
	    (command_is_of_profile(cmd) && !view_allows(v, cmd)))
		give_hint(n, k);
	else
		nav_perform(n, run_command(n, cmd, NULL));
	nav_settle(n); /* what a view asked when it came to the top */
}

void
nav_run(struct nav *n, enum command cmd)
{
	nav_perform(n, run_command(n, cmd, NULL));
	nav_settle(n);
}

/* --- what the wiki says --- */

static void
queue_post(struct context *c, struct view *from, struct request r)
{
	struct nav *n = (struct nav *)c;
	struct nav_post *p = mem_alloc(sizeof(*p));

	p->from = from;
	p->request = r;
	vec_push(&n->posts, p);
}

static void
close_above_view(struct nav *n, const struct view *v)
{
	for (size_t i = 0; i < n->views.len; i++)
		if (n->views.items[i] == v)
			nav_close_above(n, i);
}

void
nav_settle(struct nav *n)
{
	while (n->posts.len) {
		struct nav_post *p = vec_remove(&n->posts, 0);

		if (p->from)
			close_above_view(n, p->from);
		nav_perform(n, p->request);
		free(p);
	}
	nav_listen(n);
}

static void
say_back(struct nav *n)
{
	const struct view *v = n->views.items[nav_find_dirty(n)];
	int64_t since = v->ops->unsaved ? v->ops->unsaved(v) : 0;
	struct buf moment = BUF_INIT;

	sentence_clock(&moment, since);
	if (since)
		context_say(&n->ctx,
			    _("New: the connection is back. "
			      "Not saved since %s: Ctrl-S."),
			    moment.ptr);
	else
		context_say(&n->ctx, "%s", _("New: the connection is back."));
	buf_release(&moment);
}

void
nav_event(struct nav *n, enum link_event e)
{
	switch (e) {
	case LINK_LOST:
	case LINK_GONE:
		context_say(&n->ctx, "%s",
			    _("Error: no connection to the wiki. "
			      "Your text is safe on this screen."));
		break;
	case LINK_BACK:
		say_back(n);
		nav_forget_heard(n);
		nav_read_titles(n);
		nav_reload(nav_base(n));
		break;
	case LINK_STOPPING:
		nav_tick(n, true);
		context_say(&n->ctx,
			    _("Note: the wiki stops in %d seconds. "
			      "Save; your draft is kept."),
			    link_stop_seconds(n->ctx.link));
		break;
	}
}

static void
say_key(struct nav *n)
{
	struct buf key = BUF_INIT;

	if (context_is_guest(&n->ctx)) {
		context_say(&n->ctx, "%s",
			    _("You look around without a "
			      "profile."));
		return;
	}
	if (role_of(context_session(&n->ctx, "role")) == ROLE_WAITING) {
		context_say(&n->ctx, "%s",
			    _("Your request awaits approval. You can already "
			      "read."));
		return;
	}
	if (!*context_session(&n->ctx, "key")) {
		context_say(&n->ctx, "%s",
			    _("You are signed in with your password."));
		return;
	}
	sentence_key(&key, context_session(&n->ctx, "key"), KEY_BEGIN);
	context_say(&n->ctx, _("You are signed in with key %s."), key.ptr);
	buf_release(&key);
}

/* Of others the wiki would refuse it, and write down that it did. */
static bool
is_counted(const struct nav *n)
{
	return *context_session(&n->ctx, "handle") && n->reads;
}

static void
take_session(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;

	if (m->kind != RPC_RESULT) {
		context_say_error(&n->ctx, m);
		return;
	}
	json_decref(n->ctx.session);
	n->ctx.session = json_incref(m->result);
	nav_door_judge(n);
	/* Only now: the answer tells of the visit before this one. */
	if (is_counted(n))
		(void)link_call(n->ctx.link, "mark.visit", NULL, NULL, NULL);
	if (!n->ctx.message &&
	    !(nav_base(n)->ops->place & (PLACE_FORM | PLACE_WAITING)))
		say_key(n);
}

void
nav_know(struct nav *n)
{
	(void)link_call(n->ctx.link, "session.info", NULL, take_session, n);
	nav_forget_heard(n);
	nav_read_titles(n);
}

static struct view *
open_start(struct context *c, bool sleeps)
{
	json_t *args = json_pack("{s:b}", "sleeps", sleeps);
	struct view *v = screens_open(SCREEN_START, c, args);

	json_decref(args);
	return v;
}

void
nav_init(struct nav *n, struct link *link, enum screen first,
	 const json_t *args)
{
	struct view *above = NULL;

	memset(n, 0, sizeof(*n));
	n->ctx.link = link;
	n->ctx.post = queue_post;
	buf_init(&n->ctx.clip);
	display_init(&n->ctx.display);
	acts_init(&n->acts, &n->ctx);
	deeds_init(&n->deeds, &n->ctx);
	n->ctx.keep_ms = KEEP_MS;
	n->ctx.trial_ms = TRIAL_MS;
	n->titles = (struct titles_reader){ .link = link,
					    .done = take_titles,
					    .ctx = n };
	n->reads = !nav_door_is(first);
	nav_know(n);
	if (first != SCREEN_START) /* what is shown first is asked for first */
		above = screens_open(first, &n->ctx, args);
	link_hold(link, above != NULL);
	vec_push(&n->views, open_start(&n->ctx, nav_door_is(first)));
	link_hold(link, false);
	if (above)
		nav_push(n, above);
}

static void
free_view(void *item)
{
	struct view *v = item;

	v->ops->free(v);
}

void
nav_release(struct nav *n)
{
	vec_release(&n->posts, nav_free_post);
	ahead_forget(&n->ctx.ahead);
	while (n->views.len)
		free_view(vec_remove(&n->views, n->views.len - 1));
	vec_release(&n->views, NULL);
	link_forget(n->ctx.link, n);
	titles_stop(&n->titles);
	acts_release(&n->acts);
	deeds_release(&n->deeds);
	json_decref(n->ctx.undo);
	json_decref(n->ctx.session);
	json_decref(n->ctx.titles);
	json_decref(n->ctx.read);
	json_decref(n->ctx.news);
	json_decref(n->ctx.page);
	json_decref(n->change);
	nav_clash_release(n);
	notices_release(&n->notices);
	nav_forget_heard(n);
	free(n->ctx.message);
	said_release(&n->ctx.told_before);
	context_forget_texts(&n->ctx);
	free(n->sought);
	json_decref(n->making);
}
