/*
 * line_act.c - what a line means: a number chooses (line_choose.c), a letter
 * or a word is a command. All of it becomes keys for the view, so that line
 * mode can do what the screen can, and no more.
 */
#include "linemode_impl.h"

#include <stdlib.h>
#include <string.h>

#include "line_edit.h"
#include "line_near.h"
#include "plein/i18n.h"
#include "plein/utf8.h"
#include "view/thread.h"
#include "view/topics.h"

/* What a line consists of: the first word, and what follows it. */
struct spoken {
	struct buf word;
	const char *rest; /* may be "" */
};

/* Words that are not commands of a view. */
enum own {
	OWN_LINKS,
	OWN_SCREEN,
	OWN_LINE,
	OWN_NEWS,
	OWN_CHANGES,
	OWN_QUESTIONS,
	OWN_DECISIONS,
	OWN_ACTIONS,
	OWN_MEETINGS,
	OWN_PROGRESS,
	OWN_ROUNDS,
	OWN_REQUESTS,
	OWN_MEMBERS,
	OWN_N
};

static const struct {
	const char *nl, *en;
	enum screen screen; /* that opens; SCREEN_N: none */
} own_words[OWN_N] = {
	[OWN_LINKS] = { "links", "links", SCREEN_N },
	[OWN_SCREEN] = { "scherm", "screen", SCREEN_N },
	[OWN_LINE] = { "lijn", "line", SCREEN_N },
	[OWN_NEWS] = { "nieuws", "news", SCREEN_NEWS },
	[OWN_CHANGES] = { "wijzigingen", "changes", SCREEN_CHANGES },
	[OWN_QUESTIONS] = { "vraagstukken", "questions", SCREEN_QUESTIONS },
	[OWN_DECISIONS] = { "besluiten", "decisions", SCREEN_DECISIONS },
	[OWN_ACTIONS] = { "acties", "actions", SCREEN_ACTIONS },
	[OWN_MEETINGS] = { "vergaderingen", "meetings", SCREEN_MEETINGS },
	[OWN_PROGRESS] = { "voortgang", "progress", SCREEN_PROGRESS },
	[OWN_ROUNDS] = { "rondes", "rounds", SCREEN_ROUNDS },
	[OWN_REQUESTS] = { "aanvragen", "requests", SCREEN_REQUESTS },
	[OWN_MEMBERS] = { "leden", "members", SCREEN_MEMBERS },
};

bool
line_is_dutch(void)
{
	return strcmp(_("yes"), "ja") == 0;
}

static const struct view *
top_of(const struct linemode *l)
{
	return nav_top(&l->nav);
}

static bool
is_at(const struct linemode *l, unsigned places)
{
	return ((unsigned)top_of(l)->ops->place & places) != 0;
}

/* --- commands --- */

/* By its menu, which knows what is possible. */
bool
line_run(struct linemode *l, enum command cmd)
{
	struct view *menu;

	if (!is_at(l, command_row(CMD_MENU)->places | PLACE_EDITOR))
		return false; /* where m is text, or an answer */
	linemode_key(l, is_at(l, PLACE_EDITOR) ? "Esc" : "m");
	menu = nav_top(&l->nav);
	if (menu->ops->place != PLACE_MENU)
		return false;
	if (menu->ops->pick(menu, (size_t)cmd)) {
		linemode_key(l, "Enter");
		return true;
	}
	linemode_key(l, "Esc");
	return false;
}

static void
say_impossible(struct linemode *l)
{
	linemode_say(l, "%s", _("That cannot be done here. m lists what can."));
}

/* Is it told there why they may not? */
static bool
explains(enum command cmd)
{
	return cmd == CMD_SETTLE || cmd == CMD_EDIT;
}

/* Who has no right to it is told so; who may is told where there is a
 * discussion, of now. */
static void
say_refusal(struct linemode *l, enum command cmd)
{
	struct context *c = &l->nav.ctx;

	c->said = false;
	if (view_lacks_right(top_of(l), cmd))
		context_say_no_right(c, cmd);
	else if (explains(cmd) && context_allows(c, cmd) &&
		 is_at(l, command_row(cmd)->places))
		nav_run(&l->nav, cmd);
	if (!c->said)
		say_impossible(l);
}

static void
mark_version(struct linemode *l, struct view *list, const char *number)
{
	const struct telling_part *part =
		line_tell_choice(&l->shown, strtoul(number, NULL, 10));

	struct request none = request_of(REQUEST_NONE);

	if (part && list->ops->pick(list, part->value))
		none = list->ops->run(list, CMD_MARK, NULL);
	request_release(&none);
}

/* "diff 2" or "diff 1 3": the numbers of a list of versions. */
static void
compare_versions(struct linemode *l, const char *rest)
{
	struct view *list = nav_top(&l->nav);
	char first[9] = "", second[9] = "";
	size_t n = strcspn(rest, " ");

	if (n < sizeof(first))
		memcpy(first, rest, n);
	rest += n + strspn(rest + n, " ");
	if (strlen(rest) < sizeof(second))
		memcpy(second, rest, strlen(rest));
	if (!line_is_number(first) || (*second && !line_is_number(second))) {
		line_say_how_many(l);
		return;
	}
	if (*second) {
		mark_version(l, list, first);
		mark_version(l, list, second);
	} else if (line_tell_choice(&l->shown, strtoul(first, NULL, 10))) {
		(void)list->ops->pick(
			list,
			line_tell_choice(&l->shown, strtoul(first, NULL, 10))
				->value);
	}
	linemode_key(l, "v");
	if (!*second || top_of(l) == list)
		return;
	mark_version(l, list, first); /* not marked any more */
	mark_version(l, list, second);
	l->nav.ctx.said = false;
}

/* Pages that are named with a command are opened first. */
static bool
open_page(struct linemode *l, const char *name)
{
	if (!line_run(l, CMD_GOTO)) {
		say_impossible(l);
		return false;
	}
	linemode_type(l, name, strlen(name));
	linemode_key(l, "Enter");
	linemode_settle(l);
	return is_at(l, PLACE_PAGE);
}

/* Does it do something with the page that is named behind it? Behind CMD_TIME
 * stands a date. */
static bool
takes_page(enum command cmd)
{
	return cmd != CMD_GOTO && cmd != CMD_LOOK && cmd != CMD_NEW &&
	       cmd != CMD_SEARCH && cmd != CMD_TIME &&
	       (command_row(cmd)->places & PLACE_PAGE);
}

/* "comment 2.1": it is about the remark of that number. */
static bool
names_remark(struct linemode *l, enum command cmd, const char *rest)
{
	struct view *top = nav_top(&l->nav);
	size_t value = thread_value(rest);

	return is_at(l, PLACE_THREAD) && value &&
	       (command_row(cmd)->places & PLACE_THREAD) &&
	       top->ops->pick(top, value);
}

/* "steun 2 …": the second of what is shown; what is behind it is left. */
static const char *
pick_named(struct linemode *l, enum command cmd, const char *rest)
{
	const struct telling_part *choice;
	struct view *v = nav_top(&l->nav);
	char *end;
	unsigned long n;

	if (!is_at(l, PLACE_CHAIN) ||
	    (cmd != CMD_SUPPORT && cmd != CMD_RESPOND && cmd != CMD_COMPLETE))
		return rest;
	n = strtoul(rest, &end, 10);
	choice = end > rest ? line_tell_choice(&l->shown, n) : NULL;
	if (!choice)
		return rest;
	(void)v->ops->pick(v, choice->value);
	return end + strspn(end, " ");
}

static void
explain(struct linemode *l, const char *about);

static void
run_command(struct linemode *l, enum command cmd, const char *rest)
{
	if (cmd == CMD_HELP) {
		explain(l, rest);
		return;
	}
	rest = pick_named(l, cmd, rest);
	if (is_at(l, PLACE_EDITOR) && (cmd == CMD_BACK || cmd == CMD_QUIT)) {
		(void)line_edit_act(l, "stop", "");
		linemode_settle(l);
		if (cmd == CMD_BACK || is_at(l, PLACE_EDITOR))
			return;
	}
	if (cmd == CMD_BACK && !is_at(l, PLACE_START)) {
		linemode_key(l, "Esc");
		return;
	}
	if (cmd == CMD_COMPARE && *rest && is_at(l, PLACE_HISTORY)) {
		compare_versions(l, rest);
		return;
	}
	if (*rest && names_remark(l, cmd, rest))
		rest = "";
	if (*rest && takes_page(cmd) && !open_page(l, rest))
		return; /* it was said why */
	if (cmd == CMD_MENU)
		linemode_key(l, "m");
	else if (command_is_of_profile(cmd) && view_allows(top_of(l), cmd))
		nav_run(&l->nav, cmd);
	else if (!line_run(l, cmd))
		say_refusal(l, cmd);
	if (*rest && is_at(l, PLACE_FIELD | PLACE_FIND)) {
		linemode_type(l, rest, strlen(rest));
		linemode_key(l, "Enter");
	}
}

static void
list_links(struct linemode *l)
{
	line_tell_choices(&l->shown, l->width, &l->out);
}

/* Does this word open a screen, here and for this person? */
static bool
opens(const struct linemode *l, enum own own)
{
	bool office = own == OWN_REQUESTS || own == OWN_MEMBERS;

	return own_words[own].screen != SCREEN_N && is_at(l, PLACE_READING) &&
	       (!office || context_allows(&l->nav.ctx, CMD_ADMIN));
}

static void
open_screen(struct linemode *l, enum own own)
{
	struct context *c = &l->nav.ctx;

	if (!opens(l, own)) {
		say_impossible(l);
		return;
	}
	c->post(c, NULL, request_show(own_words[own].screen, NULL));
	nav_settle(&l->nav);
}

static void
run_own(struct linemode *l, enum own own)
{
	if (own_words[own].screen != SCREEN_N)
		open_screen(l, own);
	else if (own == OWN_LINKS)
		list_links(l);
	else if (own == OWN_LINE)
		linemode_say(l, "%s", _("You are in plain lines already."));
	else
		linemode_say(
			l, "%s",
			l->options->terminal
				? _("Sign out and type: ssh -t <host> screen")
				: _("The screen needs a terminal. "
				    "Type: ssh -t <host>"));
}

static enum own
own_of(const char *word)
{
	int i = 0;

	while (i < OWN_N && strcmp(word, own_words[i].nl) != 0 &&
	       strcmp(word, own_words[i].en) != 0)
		i++;
	return (enum own)i;
}

/* A letter is the key of a command; what only moves a cursor is none. */
static enum command
command_of_letter(const char *letter, unsigned places)
{
	struct key k = { .code = KEY_TEXT,
			 .text = letter,
			 .len = strlen(letter) };
	enum command cmd = command_of_key(&k, (enum place)places);

	if (cmd != CMD_N && command_row(cmd)->group == COMMAND_MOVE)
		return CMD_N;
	return cmd;
}

static enum command
command_of(const struct linemode *l, const struct spoken *s)
{
	unsigned places = (unsigned)top_of(l)->ops->place;
	size_t len = s->word.len;
	enum command cmd;

	if (*s->rest)
		places |= PLACE_PAGE; /* which is opened first */
	if (utf8_next(s->word.ptr, len, 0) == len)
		return command_of_letter(s->word.ptr, places);
	cmd = command_of_word(s->word.ptr, (enum place)places);
	return cmd == CMD_N ? command_of_word(s->word.ptr, PLACE_ALL) : cmd;
}

/* --- help --- */

static bool
is_possible(const struct view *v, enum command cmd)
{
	if (!(command_row(cmd)->places & (unsigned)v->ops->place))
		return false;
	if (cmd == CMD_FORWARD && !v->ctx->ahead.len)
		return false;
	return view_allows(v, cmd);
}

/* Words that mean something here, with the letter of each. */
static void
list_words(const struct linemode *l, struct buf *out)
{
	enum place place = top_of(l)->ops->place;
	size_t n;
	const struct line_word *w = command_words(&n);

	for (; n; n--, w++) {
		struct buf key = BUF_INIT;

		if (!is_possible(top_of(l), w->id))
			continue;
		buf_printf(out, "%s%s", out->len ? ", " : "",
			   line_is_dutch() ? w->nl : w->en);
		command_key(w->id, place, &key);
		if (key.len == 1)
			buf_printf(out, " (%s)", key.ptr);
		buf_release(&key);
	}
}

/* Keys mean nothing here: of a topic only the text is told. */
static void
explain_topic(struct linemode *l, const char *about)
{
	const struct topic *t = topic_find(about);
	struct buf text = BUF_INIT;

	if (t) {
		topic_text(t, &text);
		line_wrap_text(text.ptr, l->width, &l->out);
	} else {
		linemode_say(l, _("There is no help about %s."), about);
	}
	buf_release(&text);
}

static void
list_topics(struct buf *out)
{
	const struct topic *t;

	for (size_t i = 0; (t = topic_row(i)); i++)
		if (t->nl)
			buf_printf(out, "%s%s", out->len ? ", " : "",
				   topic_word(t, line_is_dutch()));
}

static void
explain(struct linemode *l, const char *about)
{
	struct buf words = BUF_INIT;

	if (*about) {
		explain_topic(l, about);
		return;
	}

	linemode_say(l, "%s",
		     _("Type a number to choose from the last list. Enter "
		       "alone gives the next part. m lists what is possible "
		       "here. A word or its letter does something, also with "
		       "the title of a page behind it: read common ground."));
	list_words(l, &words);
	for (int i = 0; i < OWN_N; i++)
		if (opens(l, (enum own)i))
			buf_printf(&words, ", %s",
				   line_is_dutch() ? own_words[i].nl
						   : own_words[i].en);
	if (is_at(l, PLACE_EDITOR))
		line_edit_words(&words);
	linemode_say(l, _("Words here: %s."), words.ptr);
	buf_reset(&words);
	list_topics(&words);
	linemode_say(l, _("help and one of these tells more: %s."), words.ptr);
	buf_release(&words);
}

/* --- lines --- */

static const char *
find_near(const struct linemode *l, const char *word)
{
	size_t n;
	const struct line_word *w = command_words(&n);
	struct line_near near;

	line_near_init(&near, word);
	for (; n; n--, w++)
		line_near_try(&near, line_is_dutch() ? w->nl : w->en);
	for (int i = 0; i < OWN_N; i++)
		line_near_try(&near, line_is_dutch() ? own_words[i].nl
						     : own_words[i].en);
	if (is_at(l, PLACE_EDITOR))
		line_edit_near(&near);
	return near.found;
}

static void
say_unknown(struct linemode *l, const struct spoken *s)
{
	const char *near = find_near(l, s->word.ptr);
	struct buf line = BUF_INIT, answer = BUF_INIT;

	if (!near) {
		linemode_say(l, _("I do not know that: %s. Type help."),
			     s->word.ptr);
		return;
	}
	buf_printf(&line,
		   _("I do not know that: %s. Do you mean %s? "
		     "yes or no."),
		   s->word.ptr, near);
	buf_char(&line, ' ');
	if (linemode_ask(l, line.ptr, &answer)) {
		buf_reset(&line);
		if (line_is_yes(answer.ptr))
			buf_printf(&line, "%s %s", near, s->rest);
		else if (!line_is_no(answer.ptr))
			buf_str(&line, answer.ptr);
		if (line.len)
			line_act(l, line.ptr);
	}
	buf_release(&answer);
	buf_release(&line);
}

/* A menu is a list of what can be said: what is said there is no answer to
 * it, but for going back. */
static void
leave_menu(struct linemode *l, const struct spoken *s)
{
	if (is_at(l, PLACE_MENU) &&
	    command_of_word(s->word.ptr, PLACE_ALL) != CMD_BACK)
		linemode_key(l, "Esc");
}

static void
act_on_words(struct linemode *l, const struct spoken *s)
{
	enum own own = own_of(s->word.ptr);
	enum command cmd;

	leave_menu(l, s);
	cmd = command_of(l, s);
	if (is_at(l, PLACE_EDITOR) && line_edit_act(l, s->word.ptr, s->rest))
		return;
	if (line_edit_is_wording(l) && line_edit_wording(l, s->word.ptr))
		return;
	if (own != OWN_N)
		run_own(l, own);
	else if (cmd != CMD_N)
		run_command(l, cmd, s->rest);
	else
		say_unknown(l, s);
}

static void
fill_line(struct linemode *l, const char *line)
{
	linemode_type(l, line, strlen(line));
	linemode_key(l, *line ? "Enter" : "Esc");
}

static void
show_more(struct linemode *l)
{
	if (is_at(l, PLACE_EDITOR))
		line_edit_more(l);
	else if (line_tell_has_more(&l->shown))
		line_tell_part(&l->shown, l->width, &l->out);
	else
		linemode_go_on(l);
}

static void
split_line(const char *line, struct spoken *s)
{
	size_t n = strcspn(line, " ");

	buf_init(&s->word);
	buf_add(&s->word, line, n);
	s->rest = line + n + strspn(line + n, " ");
}

void
line_act(struct linemode *l, const char *line)
{
	struct spoken s;

	if (is_at(l, PLACE_FIELD | PLACE_FIND)) {
		fill_line(l, line);
		return;
	}
	line += strspn(line, " ");
	if (!*line) {
		show_more(l);
		return;
	}
	split_line(line, &s);
	if (line_is_number(line) && is_at(l, PLACE_EDITOR))
		line_edit_list(l, line);
	else if (line_is_number(line))
		line_choose(l, strtoul(line, NULL, 10));
	else if (!line_answer(l, line) &&
		 (!is_at(l, PLACE_SAVE) || !line_edit_answer(l, s.word.ptr)))
		act_on_words(l, &s);
	buf_release(&s.word);
}
