/*
 * decision.c - see decision.h. The wiki registers decisions: nothing here
 * takes one. An action lives in the page of its meeting, or in this one.
 */
#include "view/decision.h"

#include <stdlib.h>
#include <string.h>

#include "base/days.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/utf8.h"
#include "view/chain.h"
#include "view/chain_actions.h"

#define LABEL 12 /* columns of a label, the blank behind it with them */

enum group { CHAIN = 1, ACTIONS };

/* --- how it came about ------------------------------------------------------ */

/* "standpunten/digitale-veiligheid" → "Digitale veiligheid" */
static void
name_missing(struct buf *out, const char *address)
{
	const char *slash = strrchr(address, '/');
	size_t at = out->len;

	buf_str(out, slash ? slash + 1 : address);
	for (size_t i = at; i < out->len; i++)
		if (out->ptr[i] == '-')
			out->ptr[i] = ' ';
	if (out->len > at && out->ptr[at] >= 'a' && out->ptr[at] <= 'z')
		out->ptr[at] = (char)(out->ptr[at] - 'a' + 'A');
}

static const char *
word_kind(const char *address)
{
	static const struct {
		const char *folder, *word;
	} kinds[] = {
		{ "vraagstukken/", N_("Question") },
		{ "standpunten/", N_("Standpoint") },
		{ "reflecties/", N_("Reflection") },
		{ "vergaderingen/", N_("Meeting") },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(address, kinds[i].folder,
			    strlen(kinds[i].folder)) == 0)
			return gettext(kinds[i].word);
	return "";
}

/* The label, and as many blanks as make it LABEL columns wide. */
static void
add_label(struct buf *out, const char *label)
{
	int width = utf8_width(label, strlen(label));

	buf_printf(out, "%s%*s", label, width < LABEL ? LABEL - width : 1, "");
}

static const char *
status_of(const json_t *row)
{
	const char *state = args_text(row, "state");

	return sentence_status(*state ? state : args_text(row, "status"));
}

static void
add_link(struct chain *c, size_t i, const json_t *row)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	bool missing = json_is_true(json_object_get(row, "missing"));
	struct buf line = BUF_INIT;

	add_label(&line, word_kind(args_text(row, "address")));
	buf_char(&line, '[');
	if (missing)
		name_missing(&line, args_text(row, "address"));
	else
		buf_str(&line, args_text(row, "title"));
	buf_printf(&line, "%s], %s", missing ? "?" : "",
		   missing ? _("not there yet") : status_of(row));
	listing_add(&c->base.list, CHAIN * CHAIN_GROUP + i, line.ptr, cells);
	buf_release(&line);
}

static void
say_labelled(struct chain *c, const char *label, const char *words)
{
	struct buf line = BUF_INIT;

	add_label(&line, label);
	buf_str(&line, words);
	listing_say(&c->base.list, line.ptr);
	buf_release(&line);
}

static void
say_itself(struct chain *c)
{
	struct buf words = BUF_INIT;

	buf_str(&words, _("this page."));
	if (*chain_text(c, "official"))
		buf_printf(&words, _(" The official decision is at %s."),
			   chain_text(c, "official"));
	say_labelled(c, _("Decision"), words.ptr);
	buf_reset(&words);
	if (*chain_text(c, "mandate"))
		say_labelled(c, _("Mandate"), chain_text(c, "mandate"));
	if (*chain_text(c, "place"))
		say_labelled(c, _("Place"), chain_text(c, "place"));
	if (*chain_text(c, "review")) {
		buf_printf(&words, "%s ", _("before"));
		days_say(&words, chain_text(c, "review"));
		say_labelled(c, _("To review"), words.ptr);
	}
	buf_release(&words);
}

static void
say_replaced(struct chain *c)
{
	const json_t *list = json_object_get(c->data, "replaces"), *row;
	size_t i;

	json_array_foreach(list, i, row)
	{
		say_labelled(c, _("Replaces"),
			     *args_text(row, "title")
				     ? args_text(row, "title")
				     : args_text(row, "address"));
	}
}

/* The cursor begins on the first action; where that is from is said. */
static void
begin_at_actions(struct chain *c)
{
	const json_t *first = chain_part(c, "actions", 0);

	if (c->base.list.kept || !first)
		return;
	listing_want(&c->base.list, ACTIONS * CHAIN_GROUP);
	if (strcmp(args_text(first, "address"), c->address) != 0)
		context_announce(c->base.view.ctx, _("Action %s is in: %s."),
				 args_text(first, "number"),
				 args_text(first, "title"));
}

static void
fill(struct chain *c)
{
	const json_t *list = json_object_get(c->data, "chain"), *row;
	size_t i;

	begin_at_actions(c);
	listing_say(&c->base.list, _("How the decision came about"));
	json_array_foreach(list, i, row)
	{
		add_link(c, i, row);
	}
	say_itself(c);
	say_replaced(c);
	chain_actions_add(c, ACTIONS);
	chain_say_text(c, chain_text(c, "text"));
}

/* --- the first two lines ---------------------------------------------------- */

static size_t
count_overdue(const struct chain *c)
{
	const json_t *list = json_object_get(c->data, "actions"), *row;
	size_t i, n = 0;

	json_array_foreach(list, i, row)
	{
		n += json_is_true(json_object_get(row, "overdue"));
	}
	return n;
}

static void
fill_place(const struct chain *c, struct buf *out)
{
	const char *outcome = chain_text(c, "outcome");
	const char *by = chain_text(c, "replaced_by"), *found, *title;

	if (*by) {
		title = context_find(c->base.view.ctx, by, &found);
		buf_printf(out, _("superseded by %s"), title ? title : by);
		return;
	}
	days_say(out, chain_text(c, "date"));
	if (*chain_text(c, "body"))
		buf_printf(out, "%s%s", out->len ? ", " : "",
			   chain_text(c, "body"));
	if (!*outcome || *outcome == '[')
		outcome = _("no outcome yet (e)");
	buf_printf(out, "%s%s", out->len ? ": " : "", outcome);
}

static void
fill_head(const struct chain *c, struct head *h)
{
	size_t n = count_overdue(c);

	buf_printf(&h->title, "%s - %s", chain_text(c, "title"),
		   sentence_kind("besluit"));
	head_cut_name(h, chain_text(c, "title"));
	if (n)
		buf_printf(&h->state, ngettext("%zu overdue", "%zu overdue", n),
			   n);
	fill_place(c, &h->place);
}

/* --- acting ----------------------------------------------------------------- */

/* Into the meeting it came from, where that is there; else into this page. */
static struct request
add_one(struct chain *c, const char *line)
{
	const char *meeting = chain_text(c, "meeting");
	bool there = *chain_text(c, "meeting_title") != '\0';
	json_t *params;

	if (!line)
		return chain_ask(c, 1,
				 _("Which action? Who and when behind it: "
				   "Make a plan; ciso; 1-6-2026"),
				 CMD_ADD);
	params = json_object();
	(void)json_object_set_new(
		params, "address",
		json_string(*meeting && there ? meeting : c->address));
	(void)json_object_set_new(params, "decision", json_string(c->address));
	chain_actions_read(params, line);
	shaper_write(&c->shaper, "action.add", params,
		     _("The action is added. u takes it back."));
	return request_of(REQUEST_NONE);
}

static struct request
open_focus(const struct chain *c)
{
	const json_t *row = NULL;
	const char *address;
	size_t i;

	if (chain_focus(c, CHAIN, &i))
		row = chain_part(c, "chain", i);
	else if (chain_focus(c, ACTIONS, &i))
		row = chain_part(c, "actions", i);
	address = args_text(row, "address");
	if (!row || strcmp(address, c->address) == 0)
		return request_of(REQUEST_NONE); /* the page itself */
	if (strncmp(address, "vergaderingen/", 14) == 0 &&
	    !json_is_true(json_object_get(row, "missing")))
		return request_show(SCREEN_MEETING,
				    json_pack("{s:s}", "address", address));
	return request_text(REQUEST_OPEN_PAGE, address);
}

static struct request
run(struct chain *c, enum command cmd, const char *text)
{
	if (cmd == CMD_OPEN)
		return open_focus(c);
	if (cmd == CMD_ADD)
		return add_one(c, text);
	if (cmd == CMD_COMPLETE)
		return chain_actions_complete(c, ACTIONS, text);
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct chain *c, enum command cmd)
{
	return cmd == CMD_ADD ||
	       (cmd == CMD_COMPLETE && chain_actions_focus(c, ACTIONS));
}

static void
name(const struct chain *c, enum command cmd, struct buf *word)
{
	if (cmd == CMD_ADD)
		buf_str(word, _("Action"));
	if (cmd == CMD_COMPLETE)
		chain_actions_name(c, ACTIONS, word);
}

struct view *
decision_view_new(struct context *c, const json_t *args)
{
	static const enum command bar[] = { CMD_OPEN, CMD_COMPLETE, CMD_ADD,
					    CMD_EDIT, CMD_HISTORY,  CMD_BACK,
					    CMD_GOTO, CMD_HOME,	    CMD_WHERE,
					    CMD_MENU, CMD_HELP,	    CMD_N };
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 60, .width = 6, .from = 60 },
		{ .at = 67, .width = 12, .from = 76 },
	};
	static const struct chain_kind kind = {
		.method = "decision.read",
		.head = fill_head,
		.fill = fill,
		.run = run,
		.allows = allows,
		.name = name,
		.bar = bar,
		.columns = columns,
	};

	return chain_new(c, &kind, args_text(args, "address"));
}
