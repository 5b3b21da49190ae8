/* meeting.c - see meeting.h. */
#include "view/meeting.h"

#include <stdlib.h>
#include <string.h>

#include "base/days.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/chain.h"
#include "view/chain_actions.h"

#define ROWS 12 /* of what was noted at an item, at most */

enum group { ITEMS = 1, DECISIONS, ACTIONS };

/* --- what is shown ----------------------------------------------------------- */

/* Markdown as lines below the item that was added last. */
static void
add_notes(struct chain *c, const char *notes)
{
	struct buf text = BUF_INIT;
	char *line, *rest = NULL;

	chain_plain(c, notes, &text);
	for (line = strtok_r(text.ptr, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		listing_detail(&c->base.list, line, ROWS);
	buf_release(&text);
}

static void
add_item(struct chain *c, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT;

	if (*args_text(row, "number"))
		buf_printf(&line, "%s. ", args_text(row, "number"));
	buf_str(&line, args_text(row, "title"));
	cells[0] = args_text(row, "purpose");
	listing_add(&c->base.list, ITEMS * CHAIN_GROUP + i, line.ptr, cells);
	add_notes(c, args_text(row, "notes"));
	buf_release(&line);
}

static void
add_decision(struct chain *c, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };

	cells[0] = args_text(row, "outcome");
	listing_add(&c->base.list, DECISIONS * CHAIN_GROUP + i,
		    args_text(row, "title"), cells);
}

static void
say_people(struct chain *c, const char *key, const char *label)
{
	struct buf line = BUF_INIT;

	if (*chain_text(c, key)) {
		buf_printf(&line, "%s: %s", label, chain_text(c, key));
		listing_say(&c->base.list, line.ptr);
	}
	buf_release(&line);
}

static void
add_all(struct chain *c, const char *list, const char *heading,
	void (*add)(struct chain *c, size_t i, const json_t *row))
{
	const json_t *rows = json_object_get(c->data, list), *row;
	size_t i;

	if (json_array_size(rows))
		listing_heading(&c->base.list, heading);
	json_array_foreach(rows, i, row)
	{
		add(c, i, row);
	}
}

static void
fill(struct chain *c)
{
	if (!c->base.list.kept)
		listing_want(&c->base.list, ITEMS * CHAIN_GROUP);
	say_people(c, "present", _("Present"));
	say_people(c, "absent", _("Absent"));
	add_all(c, "items", _("Items"), add_item);
	add_all(c, "decisions", _("Decisions"), add_decision);
	chain_actions_add(c, ACTIONS);
}

/* --- the first two lines ----------------------------------------------------- */

static void
add_part(struct buf *out, const char *text)
{
	if (*text)
		buf_printf(out, "%s%s", out->len ? ", " : "", text);
}

/* Of minutes that were adopted: by whom and when, and what came after. */
static void
fill_minutes(const struct chain *c, struct buf *out)
{
	json_int_t adopted =
		json_integer_value(json_object_get(c->data, "adopted_version"));
	json_int_t version =
		json_integer_value(json_object_get(c->data, "version"));

	if (!adopted) {
		buf_str(out, _("minutes: draft"));
		return;
	}
	buf_str(out, version > adopted ? _("changed after adoption")
				       : _("minutes adopted"));
}

static void
fill_head(const struct chain *c, struct head *h)
{
	struct buf day = BUF_INIT;
	const char *found, *body = chain_text(c, "body"), *title;

	buf_printf(&h->title, "%s - %s", chain_text(c, "title"),
		   sentence_kind("vergadering"));
	head_cut_name(h, chain_text(c, "title"));
	fill_minutes(c, &h->fact);
	days_say(&day, chain_text(c, "date"));
	if (*chain_text(c, "begins"))
		buf_printf(&day, " %s", chain_text(c, "begins"));
	add_part(&h->place, day.ptr);
	title = *body ? context_find(c->base.view.ctx, body, &found) : NULL;
	add_part(&h->place, title ? title : body);
	add_part(&h->place, chain_text(c, "place"));
	buf_release(&day);
}

/* --- acting ------------------------------------------------------------------ */

/* What is being typed; the words of CMD_ADD's answers. */
enum asked {
	ASKED_NOTE = 1,
	ASKED_ACTION,
	ASKED_UNDERTAKING,
	ASKED_DECISION, /* only at an item */
	ASKED_PRESENT,
	ASKED_ABSENT,
	ASKED_N,
	TYPED_PRESENT = ASKED_N, /* somebody who was not offered */
	TYPED_ABSENT
};

static const json_t *
focused_item(const struct chain *c)
{
	size_t i;

	return chain_focus(c, ITEMS, &i) ? chain_part(c, "items", i) : NULL;
}

/* How the wiki knows the item. */
static const char *
name_item(const json_t *item)
{
	return *args_text(item, "number") ? args_text(item, "number")
					  : args_text(item, "title");
}

static struct request
note(struct chain *c, const char *text)
{
	const json_t *item = focused_item(c);
	struct buf question = BUF_INIT;
	struct request r;
	json_t *params;

	if (!item)
		return request_of(REQUEST_NONE);
	if (!text) {
		buf_printf(&question, _("What was said about %s?"),
			   args_text(item, "title"));
		r = chain_ask(c, ASKED_NOTE, question.ptr, CMD_RESPOND);
		buf_release(&question);
		return r;
	}
	params = chain_params(c);
	(void)json_object_set_new(params, "item", json_string(name_item(item)));
	(void)json_object_set_new(params, "text", json_string(text));
	shaper_write(&c->shaper, "meeting.note", params,
		     _("Noted. u takes it back."));
	return request_of(REQUEST_NONE);
}

static const struct {
	const char *word, *label, *question; /* msgids, the latter two */
} things[] = {
	[ASKED_ACTION] = { "action", N_("An action"),
			   N_("Which action? Who and when behind it: Make a "
			      "plan; ciso; 1-6-2026") },
	[ASKED_UNDERTAKING] = { "undertaking", N_("An undertaking"),
				N_("Which undertaking? By whom and when behind "
				   "it: Come back; mayor; 1-6-2026") },
	[ASKED_DECISION] = { "decision", N_("A decision at this item"),
			     N_("What was decided? Its outcome may come behind "
				"it: "
				"Every year; adopted") },
	[ASKED_PRESENT] = { "present", N_("Who is present"),
			    N_("Who is present? Several with commas between: "
			       "griffie.waterdam, a guest") },
	[ASKED_ABSENT] = { "absent", N_("Who is absent"),
			   N_("Who is absent? Several with commas between: "
			      "griffie.waterdam, a guest") },
};

static struct request
ask_what(const struct chain *c)
{
	struct request r = request_of(REQUEST_ASK);

	r.question =
		question_new(_("Question: what is to be taken down?"), NULL);
	question_say(r.question, _("Nothing has been changed yet."));
	question_add(r.question, _("Nothing"), CMD_N, NULL);
	for (size_t i = ASKED_ACTION; i < ASKED_N; i++)
		if (i != ASKED_DECISION || focused_item(c))
			question_add(r.question, gettext(things[i].label),
				     CMD_ADD, things[i].word);
	return r;
}

/* Is it one of those between the commas? */
static bool
is_among(const char *names, const char *name)
{
	size_t len;

	for (; *names; names += len + strspn(names + len, ", ")) {
		len = strcspn(names, ",");
		if (strlen(name) == len && strncmp(names, name, len) == 0)
			return true;
	}
	return false;
}

#define ELSE "?" /* the answer that is no short name */
#define N_NAMES ((size_t)QUESTION_ANSWERS - 2)

static void
offer(const struct chain *c, struct question *q, const char *handle)
{
	const char *list = c->asked == ASKED_PRESENT ? "present" : "absent";

	for (size_t i = 0; i < q->n_answers; i++)
		if (strcmp(q->answers[i].label, handle) == 0)
			return; /* two windows */
	if (others_is_person(handle) && q->n_answers <= N_NAMES &&
	    !is_among(chain_text(c, list), handle))
		question_add(q, handle, CMD_ADD, handle);
}

static void
offer_all(const struct chain *c, struct question *q, const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		offer(c, q, args_text(row, "handle"));
	}
}

/* Oneself, who else is here, and who changed something lately. */
static struct request
ask_who(struct chain *c, size_t asked)
{
	struct request r = request_of(REQUEST_ASK);

	c->asked = asked;
	r.question = question_new(asked == ASKED_PRESENT
					  ? _("Question: who is present?")
					  : _("Question: who is absent?"),
				  NULL);
	question_say(r.question, _("Nothing has been changed yet."));
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	offer(c, r.question, context_session(c->base.view.ctx, "handle"));
	offer_all(c, r.question, c->others.rows);
	offer_all(c, r.question, c->others.lately);
	question_add(r.question, _("Somebody else, or several"), CMD_ADD, ELSE);
	return r;
}

/* Of people some are offered, the rest can be typed. */
static bool
is_offered(size_t asked)
{
	return asked == ASKED_PRESENT || asked == ASKED_ABSENT;
}

static struct request
ask_words(struct chain *c, const char *what)
{
	for (size_t i = ASKED_ACTION; i < ASKED_N; i++) {
		if (strcmp(what, things[i].word) != 0)
			continue;
		return is_offered(i)
			       ? ask_who(c, i)
			       : chain_ask(c, i, gettext(things[i].question),
					   CMD_ADD);
	}
	return request_of(REQUEST_NONE);
}

/* The semicolon an outcome stands behind; NULL: there is none. */
static const char *
find_outcome(const char *line)
{
	const char *at = strrchr(line, ';');

	return at && at[1 + strspn(at + 1, " ")] ? at : NULL;
}

static void
take_decision(struct chain *c, const char *line)
{
	json_t *params = chain_params(c);
	const char *outcome = find_outcome(line);

	(void)json_object_set_new(params, "item",
				  json_string(name_item(focused_item(c))));
	(void)json_object_set_new(
		params, "title",
		json_stringn(line, outcome ? (size_t)(outcome - line)
					   : strlen(line)));
	if (outcome)
		(void)json_object_set_new(
			params, "outcome",
			json_string(outcome + 1 + strspn(outcome + 1, " ")));
	shaper_write(&c->shaper, "meeting.decide", params,
		     outcome ? _("The decision has a page, with its outcome.")
			     : _("The decision has a page. Fill in its outcome "
				 "there (e)."));
}

static void
take_action(struct chain *c, const char *line, bool undertaking)
{
	json_t *params = chain_params(c);

	(void)json_object_set_new(params, "undertaking",
				  json_boolean(undertaking));
	chain_actions_read(params, line);
	shaper_write(&c->shaper, "action.add", params,
		     _("It is taken down. u takes it back."));
}

static void
take_attendance(struct chain *c, const char *who, bool present)
{
	json_t *params = chain_params(c);

	(void)json_object_set_new(params, "who", json_string(who));
	(void)json_object_set_new(params, "state",
				  json_string(present ? "present" : "absent"));
	shaper_write(&c->shaper, "meeting.attend", params,
		     _("It is taken down. u takes it back."));
}

/* What, then the words. */
static struct request
take_down(struct chain *c, const char *text)
{
	size_t asked = c->asked;

	if (!text)
		return ask_what(c);
	if (asked < ASKED_ACTION)
		return ask_words(c, text);
	if (is_offered(asked) && strcmp(text, ELSE) == 0)
		return chain_ask(c, asked - ASKED_PRESENT + TYPED_PRESENT,
				 gettext(things[asked].question), CMD_ADD);
	c->asked = 0;
	if (asked >= ASKED_PRESENT)
		take_attendance(c, text,
				asked == ASKED_PRESENT ||
					asked == TYPED_PRESENT);
	else if (asked != ASKED_DECISION)
		take_action(c, text, asked == ASKED_UNDERTAKING);
	else if (focused_item(c))
		take_decision(c, text);
	return request_of(REQUEST_NONE);
}

static struct request
open_focus(const struct chain *c)
{
	size_t i;

	if (!chain_focus(c, DECISIONS, &i))
		return request_of(REQUEST_NONE);
	return request_show(
		SCREEN_DECISION,
		json_pack("{s:s}", "address",
			  args_text(chain_part(c, "decisions", i), "address")));
}

static struct request
run(struct chain *c, enum command cmd, const char *text)
{
	if (cmd == CMD_OPEN)
		return open_focus(c);
	if (cmd == CMD_ADD)
		return take_down(c, text);
	if (cmd == CMD_RESPOND)
		return note(c, text);
	if (cmd == CMD_COMPLETE)
		return chain_actions_complete(c, ACTIONS, text);
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct chain *c, enum command cmd)
{
	if (cmd == CMD_RESPOND)
		return focused_item(c) != NULL;
	if (cmd == CMD_COMPLETE)
		return chain_actions_focus(c, ACTIONS) != NULL;
	return cmd == CMD_ADD;
}

static void
name(const struct chain *c, enum command cmd, struct buf *word)
{
	if (cmd == CMD_ADD)
		buf_str(word, _("Take down"));
	if (cmd == CMD_RESPOND)
		buf_str(word, _("Note"));
	if (cmd == CMD_COMPLETE)
		chain_actions_name(c, ACTIONS, word);
}

struct view *
meeting_view_new(struct context *c, const json_t *args)
{
	static const enum command bar[] = {
		CMD_OPEN,    CMD_RESPOND, CMD_ADD,  CMD_COMPLETE, CMD_EDIT,
		CMD_HISTORY, CMD_BACK,	  CMD_GOTO, CMD_HOME,	  CMD_WHERE,
		CMD_MENU,    CMD_HELP,	  CMD_N
	};
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 54, .width = 18, .from = 60 },
		{ .at = 68, .width = 11, .right = true, .from = 76 },
	};
	static const struct chain_kind kind = {
		.method = "meeting.read",
		.head = fill_head,
		.fill = fill,
		.run = run,
		.allows = allows,
		.name = name,
		.bar = bar,
		.columns = columns,
		.people = true,
	};

	return chain_new(c, &kind, args_text(args, "address"));
}
