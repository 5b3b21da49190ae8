/*
 * waiting.c - see waiting.h. Lines of text and of choices below each other,
 * which the arrows walk through; digits choose. What there is to choose
 * depends on how the application stands. An administrator may decide while it
 * is shown: it is read anew then (reload).
 */
#include "view/waiting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "plein/wordwrap.h"
#include "view/scroll.h"
#include "view/view.h"

#define INDENT 2
#define ROOMY 14 /* rows of the body from which there are blank lines */
#define CODE_LABEL N_("Invite code")

enum state { WAITS, REFUSED, LET_IN, STOPPED, STATES };

enum choice { READ, TOUR, CODE, CHANGE, WITHDRAW, LEAVE, CHOICES };

#define BIT(choice) (1U << (choice))

static const char *const choices[CHOICES] = {
	[READ] = N_("Read already"),
	[TOUR] = N_("A tour of two minutes"),
	[CODE] = N_("Fill in an invite code"),
	[CHANGE] = N_("Change your application"),
	[WITHDRAW] = N_("Take your application back"),
	[LEAVE] = N_("Sign out"),
};

static const struct {
	const char *standing, *title, *text; /* msgids; text may be NULL */
	unsigned choices;
} states[STATES] = {
	[WAITS] = { "waiting", N_("Your application awaits approval"),
		    N_("An administrator looks at your application. Most often "
		       "that takes one working day. You need not do anything. "
		       "Sign in again later from this computer, and you see "
		       "what became of it."),
		    BIT(READ) | BIT(TOUR) | BIT(CODE) | BIT(CHANGE) |
			    BIT(WITHDRAW) | BIT(LEAVE) },
	[REFUSED] = { "refused", N_("Your application was not approved"), NULL,
		      BIT(CHANGE) | BIT(LEAVE) },
	[LET_IN] = { "active", N_("You have been let in"),
		     N_("Your application was approved. You can read and "
			"write."),
		     BIT(READ) | BIT(TOUR) | BIT(LEAVE) },
	[STOPPED] = { "blocked", N_("Your access has been stopped"), NULL,
		      BIT(LEAVE) },
};

struct line {
	char *text;
	int choice; /* CHOICES: it is none */
};

struct waiting {
	struct view view;
	bool first; /* nothing to go back to */
	json_t *status; /* of register.status, or NULL */
	enum state state;
	unsigned allowed; /* a set of choices */
	struct vec lines; /* struct line * */
	struct scroll scroll;
	int cols;
	bool low; /* no blank lines */
};

static struct waiting *
waiting_of(struct view *v)
{
	return (struct waiting *)v;
}

static const struct waiting *
const_waiting(const struct view *v)
{
	return (const struct waiting *)v;
}

static const struct line *
line_at(const struct waiting *w, size_t i)
{
	return w->lines.items[i];
}

static bool
can_focus(const void *ctx, size_t i)
{
	return *line_at(ctx, i)->text != '\0';
}

/* --- lines ---------------------------------------------------------------- */

static void
free_line(void *item)
{
	struct line *one = item;

	free(one->text);
	free(one);
}

static void
add_line(struct waiting *w, char *text_take, int choice)
{
	struct line *one = mem_alloc(sizeof(*one));

	one->text = text_take;
	one->choice = choice;
	vec_push(&w->lines, one);
}

static void
add_blank(struct waiting *w)
{
	if (!w->low)
		add_line(w, mem_strdup(""), CHOICES);
}

/* Each line begins below the one before, without the blank at its end. */
static void
add_text(struct waiting *w, const char *text)
{
	int width = w->cols - INDENT - 1;
	size_t len = strlen(text), n, end;

	while (len) {
		n = wordwrap_next(text, len, width > 1 ? width : 1);
		for (end = n; end && text[end - 1] == ' ';)
			end--;
		add_line(w, mem_strndup(text, end), CHOICES);
		text += n;
		len -= n;
	}
}

static const char *
status_text(const struct waiting *w, const char *key)
{
	return args_text(w->status, key);
}

/* "Vragen? Functioneel beheer.": what plein.conf says begins a sentence. */
static void
tell_contact(const struct waiting *w, struct buf *out)
{
	struct buf whom = BUF_INIT;

	buf_str(&whom, status_text(w, "contact"));
	if (whom.len && islower((unsigned char)*whom.ptr))
		*whom.ptr = (char)toupper((unsigned char)*whom.ptr);
	buf_printf(out, _("Questions? %s."), whom.ptr);
	buf_release(&whom);
}

static void
tell_question(const struct waiting *w, struct buf *out)
{
	const char *question = status_text(w, "question");

	if (*question)
		buf_printf(out,
			   _("An administrator asks: %s Answer with choice 4."),
			   question);
}

/* What it is about, above the choices. */
static void
tell_state(const struct waiting *w, struct buf *out)
{
	const char *reason = status_text(w, "reason");

	if (*status_text(w, "question"))
		tell_question(w, out);
	else if (states[w->state].text)
		buf_str(out, gettext(states[w->state].text));
	else if (*reason)
		buf_printf(out, _("The administrator says: %s"), reason);
	else
		buf_str(out, _("No reason was given."));
}

/* Applied for from the menu of the login: their key was not shown. */
static void
tell_link(const struct waiting *w, struct buf *out)
{
	if (json_is_true(json_object_get(w->status, "links")))
		buf_str(out,
			_("Do you want to sign in with the key of your "
			  "computer? Sign in once more within 15 minutes, "
			  "with ssh nieuw@<host>. Then it becomes yours."));
}

static void
add_choices(struct waiting *w)
{
	struct buf line = BUF_INIT;

	for (int i = 0; i < CHOICES; i++) {
		if (!(w->allowed & BIT(i)))
			continue;
		buf_printf(&line, "%d %s", i + 1, gettext(choices[i]));
		add_line(w, buf_take(&line), i);
	}
}

/* The line of a choice, or of the first there is. */
static size_t
find_choice(const struct waiting *w, int choice)
{
	size_t first = w->lines.len;

	for (size_t i = w->lines.len; i-- > 0;) {
		if (line_at(w, i)->choice == CHOICES)
			continue;
		if (line_at(w, i)->choice == choice)
			return i;
		first = i;
	}
	return first;
}

static void
lay_out(struct waiting *w)
{
	struct buf text = BUF_INIT;
	int choice = w->lines.len ? line_at(w, w->scroll.at)->choice : CHOICES;

	vec_release(&w->lines, free_line);
	memset(&w->lines, 0, sizeof(w->lines));
	add_blank(w);
	tell_state(w, &text);
	add_text(w, text.ptr);
	add_blank(w);
	buf_reset(&text);
	tell_link(w, &text);
	add_text(w, text.ptr);
	if (text.len)
		add_blank(w);
	add_text(w, _("What do you want to do now?"));
	add_blank(w);
	add_choices(w);
	add_blank(w);
	buf_reset(&text);
	tell_contact(w, &text);
	add_text(w, text.ptr);
	buf_release(&text);
	w->scroll.n = w->lines.len;
	w->scroll.can_focus = can_focus;
	w->scroll.ctx = w;
	w->scroll.at = find_choice(w, choice);
}

/* --- what the wiki says --------------------------------------------------- */

static void
judge(struct waiting *w)
{
	const char *standing = status_text(w, "standing");
	bool reads = json_is_true(json_object_get(w->status, "reads"));
	bool invites = json_is_true(json_object_get(w->status, "invites"));

	w->state = WAITS;
	for (int i = 0; i < STATES; i++)
		if (strcmp(states[i].standing, standing) == 0)
			w->state = (enum state)i;
	w->allowed = states[w->state].choices;
	if (!reads)
		w->allowed &= ~(BIT(READ) | BIT(TOUR));
	if (!invites)
		w->allowed &= ~BIT(CODE);
}

static void
say_what_changed(struct waiting *w)
{
	struct context *c = w->view.ctx;

	if (w->state == LET_IN)
		context_say(c, "%s",
			    w->allowed & BIT(READ)
				    ? _("New: your application is approved. "
					"Press 1.")
				    : _("New: your application is approved. "
					"Sign in once more."));
	else if (w->state == REFUSED)
		context_say(c, "%s",
			    _("New: your application is not approved."));
	else if (*status_text(w, "question"))
		context_say(c, "%s",
			    _("New: an administrator asks you "
			      "something. Answer with 4."));
}

static void
say_number(struct waiting *w)
{
	json_int_t n = args_number(w->status, "number");

	if (w->state == LET_IN || *status_text(w, "question"))
		say_what_changed(w);
	else if (n)
		context_say(w->view.ctx,
			    _("The number of your application is "
			      "%lld."),
			    (long long)n);
}

static void
take_status(void *ctx, const struct rpc_msg *m)
{
	struct waiting *w = ctx;
	bool known = w->status != NULL;
	char *before = mem_strdup(status_text(w, "question"));
	enum state state = w->state;

	if (m->kind == RPC_ERROR) {
		context_say_error(w->view.ctx, m);
		free(before);
		return;
	}
	json_decref(w->status);
	w->status = json_incref(m->result);
	judge(w);
	w->cols = 0; /* laid out anew */
	if (!known && !w->view.ctx->message)
		say_number(w);
	else if (known && (w->state != state ||
			   strcmp(before, status_text(w, "question")) != 0))
		say_what_changed(w);
	free(before);
}

static void
reload(struct view *v)
{
	link_forget(v->ctx->link, v);
	(void)link_call(v->ctx->link, "register.status", NULL, take_status, v);
}

static bool
is_ready(const struct view *v)
{
	return const_waiting(v)->status && v->ctx->session;
}

/* --- showing -------------------------------------------------------------- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct waiting *w = const_waiting(v);
	json_int_t time = args_number(w->status, "time");
	struct buf day = BUF_INIT;

	buf_str(&h->title, gettext(states[w->state].title));
	buf_str(&h->state, status_text(w, "handle"));
	if (!time)
		return;
	sentence_year(&day, time);
	sentence_time(&day, time);
	buf_printf(&h->place, _("Applied on %s"), day.ptr);
	buf_release(&day);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct waiting *w = waiting_of(v);
	bool low = rows < ROOMY;

	if (cols != w->cols || low != w->low) {
		w->cols = cols;
		w->low = low;
		lay_out(w);
	}
	w->scroll.rows = rows;
	scroll_fit(&w->scroll);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct waiting *w = const_waiting(v);

	for (int i = 0; i < rows; i++) {
		size_t at = w->scroll.top + (size_t)i;
		bool focus = at == w->scroll.at;

		if (at >= w->lines.len)
			return;
		(void)canvas_ellipsis(c, top + i, INDENT, w->cols - INDENT,
				      STYLE_PLAIN, line_at(w, at)->text);
		if (!focus)
			continue;
		canvas_style(c, top + i, 0, w->cols, STYLE_FOCUS);
		(void)canvas_text(c, top + i, 0, 1, STYLE_FOCUS, ">");
		canvas_cursor(c, top + i, 0);
	}
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_waiting(v)->scroll);
}

/* --- acting --------------------------------------------------------------- */

static struct request
ask(const char *question, const char *why, const char *yes, enum command cmd)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(question, why);
	question_add(r.question, _("No"), CMD_N, NULL);
	question_add(r.question, yes, cmd, NULL);
	return r;
}

static struct request
leave(const struct waiting *w, bool asks)
{
	if (!w->first)
		return request_of(REQUEST_BACK);
	if (!asks)
		return request_of(REQUEST_QUIT);
	return ask(_("Question: sign out?"), NULL, _("Yes, sign out"),
		   CMD_QUIT);
}

static struct request
ask_code(void)
{
	struct request r = request_text(REQUEST_FIELD, gettext(CODE_LABEL));

	r.command = CMD_INVITED;
	return r;
}

static struct request
choose(struct waiting *w, int choice)
{
	switch (choice) {
	case READ:
		return request_of(REQUEST_START);
	case TOUR:
		return request_show(SCREEN_HELP,
				    json_pack("{s:s}", "topic", "tour"));
	case CODE:
		return ask_code();
	case CHANGE:
		return request_show(SCREEN_REGISTER,
				    json_pack("{s:O}", "change", w->status));
	case WITHDRAW:
		return ask(_("Question: take your application back?"),
			   _("All that is known of you goes, the key and the "
			     "name are free again. Then you are signed out."),
			   _("Yes, take it back"), CMD_WITHDRAW);
	case LEAVE:
		return leave(w, false);
	default:
		context_announce(w->view.ctx, "%s",
				 _("Choose one of the numbered lines."));
		return request_of(REQUEST_NONE);
	}
}

static void
take_let_in(void *ctx, const struct rpc_msg *m)
{
	struct waiting *w = ctx;

	if (m->kind == RPC_RESULT)
		take_status(ctx, m);
	else
		context_say_error(w->view.ctx, m);
}

static void
take_withdrawn(void *ctx, const struct rpc_msg *m)
{
	struct waiting *w = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(w->view.ctx, m);
}

static bool
move(struct waiting *w, enum command cmd)
{
	if (!scroll_move_item(&w->scroll, cmd))
		return false;
	if (cmd == CMD_NEXT_ITEM || cmd == CMD_PREVIOUS_ITEM)
		context_announce(w->view.ctx, "%s",
				 line_at(w, w->scroll.at)->text);
	return true;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct waiting *w = waiting_of(v);
	struct request none = request_of(REQUEST_NONE);

	if (move(w, cmd))
		return none;
	switch ((int)cmd) {
	case CMD_CHOOSE:
		return choose(w, line_at(w, w->scroll.at)->choice);
	case CMD_CANCEL:
		return leave(w, true);
	case CMD_INVITED:
		(void)link_call(v->ctx->link, "register.invite",
				json_pack("{s:s}", "code", text ? text : ""),
				take_let_in, v);
		return none;
	case CMD_WITHDRAW:
		v->ctx->withdrawn = true;
		(void)link_call(v->ctx->link, "register.withdraw", NULL,
				take_withdrawn, v);
		return none;
	default:
		return none;
	}
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct waiting *w = waiting_of(v);
	int choice;

	if (k->code != KEY_TEXT || k->alt || k->len != 1)
		return false;
	choice = *k->text - '1';
	if (choice < 0 || choice >= CHOICES || !(w->allowed & BIT(choice)))
		return false;
	w->scroll.at = find_choice(w, choice);
	*r = choose(w, choice);
	return true;
}

static const enum command bar[] = { CMD_CHOOSE, CMD_PICK, CMD_CANCEL,
				    CMD_MENU,	CMD_HELP, CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	const struct waiting *w = const_waiting(v);
	int first = 0;

	while (first < LEAVE && !(w->allowed & BIT(first)))
		first++;
	if (cmd == CMD_PICK && first < LEAVE)
		buf_printf(key, "%d-%d", first + 1, LEAVE + 1);
	else if (cmd == CMD_PICK)
		buf_printf(key, "%d", LEAVE + 1);
	else if (cmd == CMD_CANCEL && w->first)
		buf_str(word, _("Sign out"));
}

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_printf(out, "%s.", gettext(states[const_waiting(v)->state].title));
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct waiting *w = const_waiting(v);
	struct buf text = BUF_INIT;

	tell_state(w, &text);
	telling_add(t, TELLING_TEXT, text.ptr, 0);
	buf_reset(&text);
	tell_link(w, &text);
	if (text.len)
		telling_add(t, TELLING_TEXT, text.ptr, 0);
	for (int i = 0; i < CHOICES; i++)
		if (w->allowed & BIT(i))
			telling_add(t, TELLING_CHOICE, gettext(choices[i]),
				    (size_t)i);
	buf_reset(&text);
	tell_contact(w, &text);
	telling_add(t, TELLING_TEXT, text.ptr, 0);
	buf_release(&text);
}

static bool
pick(struct view *v, size_t value)
{
	struct waiting *w = waiting_of(v);

	if (value >= CHOICES || !(w->allowed & BIT(value)))
		return false;
	w->scroll.at = find_choice(w, (int)value);
	return true;
}

static void
destroy(struct view *v)
{
	struct waiting *w = waiting_of(v);

	link_forget(v->ctx->link, v);
	vec_release(&w->lines, free_line);
	json_decref(w->status);
	free(w);
}

static const struct view_ops ops = {
	.place = PLACE_WAITING,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.name = name,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.reload = reload,
	.free = destroy,
};

struct view *
waiting_view_new(struct context *c, const json_t *args)
{
	struct waiting *w = mem_alloc(sizeof(*w));

	w->view.ops = &ops;
	w->view.ctx = c;
	w->first = json_is_true(json_object_get(args, "first"));
	w->allowed = BIT(LEAVE);
	reload(&w->view);
	return &w->view;
}
