/* viewpoints.c - see viewpoints.h. */
#include "view/viewpoints.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/chain.h"

#define ROWS 3 /* of what explains something, at most */

enum group { POSITIONS = 1 };

/* --- what is shown ----------------------------------------------------------- */

static void
add_supporters(struct chain *c, const json_t *p)
{
	const json_t *list = json_object_get(p, "support"), *handle;
	struct buf line = BUF_INIT;
	size_t i;

	json_array_foreach(list, i, handle)
	{
		buf_printf(&line, "%s%s", i ? ", " : "",
			   json_string_value(handle));
	}
	if (line.len) {
		buf_insert(&line, 0, ": ", 2);
		buf_insert(&line, 0, _("Supported by"),
			   strlen(_("Supported by")));
		listing_detail(&c->base.list, line.ptr, ROWS);
	}
	buf_release(&line);
}

static void
add_arguments(struct chain *c, const json_t *list, const char *label)
{
	struct buf line = BUF_INIT;
	const json_t *a;
	size_t i;

	json_array_foreach(list, i, a)
	{
		buf_reset(&line);
		buf_printf(&line, "%s: %s", label, args_text(a, "text"));
		if (*args_text(a, "handle"))
			buf_printf(&line, " (%s)", args_text(a, "handle"));
		listing_detail(&c->base.list, line.ptr, ROWS);
	}
	buf_release(&line);
}

static void
add_position(struct chain *c, size_t i, const json_t *p)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	size_t n = json_array_size(json_object_get(p, "support"));
	bool mine = json_is_true(json_object_get(p, "mine"));
	struct buf count = BUF_INIT;

	buf_printf(&count, ngettext("%zu supports", "%zu support", n), n);
	cells[0] = n ? count.ptr : "";
	listing_add(&c->base.list, POSITIONS * CHAIN_GROUP + i,
		    args_text(p, "title"), cells);
	listing_prefix(&c->base.list, mine ? "[x] " : "[ ] ",
		       mine ? _("you support") : "");
	listing_gap(&c->base.list);
	if (*args_text(p, "text"))
		listing_detail(&c->base.list, args_text(p, "text"), ROWS);
	add_supporters(c, p);
	add_arguments(c, json_object_get(p, "for"), _("For"));
	add_arguments(c, json_object_get(p, "against"), _("Against"));
	buf_release(&count);
}

static void
fill(struct chain *c)
{
	const json_t *list = json_object_get(c->data, "positions"), *p;
	size_t i;

	if (!c->base.list.kept)
		listing_want(&c->base.list, POSITIONS * CHAIN_GROUP);
	listing_say(&c->base.list, *chain_text(c, "core")
					   ? chain_text(c, "core")
					   : _("What the question is, is not "
					       "written down yet."));
	json_array_foreach(list, i, p)
	{
		add_position(c, i, p);
	}
	if (!json_array_size(list))
		listing_say(&c->base.list,
			    context_allows(c->base.view.ctx, CMD_ADD)
				    ? _("No positions yet. n adds one.")
				    : _("No positions yet."));
}

static void
fill_head(const struct chain *c, struct head *h)
{
	const char *state = chain_text(c, "state");
	size_t n = json_array_size(json_object_get(c->data, "positions"));

	buf_printf(&h->title, "%s - %s, %s", chain_text(c, "title"),
		   sentence_kind("vraagstuk"),
		   sentence_status(*state ? state : "open"));
	head_cut_name(h, chain_text(c, "title"));
	buf_printf(&h->place, ngettext("%zu position", "%zu positions", n), n);
	if (context_allows(c->base.view.ctx, CMD_SUPPORT) && n)
		buf_str(&h->place, _(". Space says which you support"));
}

/* --- acting ------------------------------------------------------------------ */

enum asked { ASKED_POSITION = 1, ASKED_FOR, ASKED_AGAINST };

static const json_t *
focused(const struct chain *c)
{
	size_t i;

	return chain_focus(c, POSITIONS, &i) ? chain_part(c, "positions", i)
					     : NULL;
}

static json_t *
params_of(const struct chain *c, const char *key, const char *title)
{
	json_t *params = chain_params(c);

	(void)json_object_set_new(params, key, json_string(title));
	return params;
}

static struct request
add_one(struct chain *c, const char *title)
{
	if (!title)
		return chain_ask(c, ASKED_POSITION,
				 _("Which answer is possible? In one sentence"),
				 CMD_ADD);
	shaper_write(&c->shaper, "question.position",
		     params_of(c, "title", title),
		     _("The position is added. u takes it back."));
	return request_of(REQUEST_NONE);
}

static struct request
support(struct chain *c)
{
	const json_t *p = focused(c);
	bool mine = json_is_true(json_object_get(p, "mine"));
	json_t *params;

	if (!p)
		return request_of(REQUEST_NONE);
	params = params_of(c, "position", args_text(p, "title"));
	(void)json_object_set_new(params, "withdraw", json_boolean(mine));
	shaper_write(&c->shaper, "question.support", params,
		     mine ? _("You do not support this any more. u takes it "
			      "back.")
			  : _("You support this. u takes it back."));
	return request_of(REQUEST_NONE);
}

static struct request
ask_side(const json_t *p)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(_("Question: what do you want to say about "
				    "this position?"),
				  args_text(p, "title"));
	question_say(r.question, _("Nothing has been changed yet."));
	question_add(r.question, _("Nothing"), CMD_N, NULL);
	question_add(r.question, _("It speaks for it"), CMD_RESPOND, "for");
	question_add(r.question, _("It speaks against it"), CMD_RESPOND,
		     "against");
	return r;
}

/* Which side, then the words. */
static struct request
argue(struct chain *c, const char *text)
{
	const json_t *p = focused(c);
	size_t asked = c->asked;
	json_t *params;

	if (!p || !text)
		return p ? ask_side(p) : request_of(REQUEST_NONE);
	if (asked != ASKED_FOR && asked != ASKED_AGAINST)
		return chain_ask(
			c, strcmp(text, "for") == 0 ? ASKED_FOR : ASKED_AGAINST,
			_("Your argument, in one sentence"), CMD_RESPOND);
	params = params_of(c, "position", args_text(p, "title"));
	(void)json_object_set_new(params, "against",
				  json_boolean(asked == ASKED_AGAINST));
	(void)json_object_set_new(params, "text", json_string(text));
	c->asked = 0;
	shaper_write(&c->shaper, "question.argument", params,
		     _("The argument is added. u takes it back."));
	return request_of(REQUEST_NONE);
}

static struct request
ask_state(void)
{
	static const char *const states[] = { "open", "in-bespreking",
					      "beantwoord" };
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(_("Question: how does this question stand?"),
				  NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		question_add(r.question, sentence_status(states[i]),
			     CMD_COMPLETE, states[i]);
	return r;
}

static struct request
set_state(struct chain *c, const char *state)
{
	struct buf fields = BUF_INIT;

	if (!state)
		return ask_state();
	buf_printf(&fields, "stand=%s", state);
	shaper_write(&c->shaper, "page.set", params_of(c, "fields", fields.ptr),
		     _("It is written down. u takes it back."));
	buf_release(&fields);
	return request_of(REQUEST_NONE);
}

static struct request
run(struct chain *c, enum command cmd, const char *text)
{
	if (cmd == CMD_ADD)
		return add_one(c, text);
	if (cmd == CMD_SUPPORT)
		return support(c);
	if (cmd == CMD_RESPOND)
		return argue(c, text);
	if (cmd == CMD_COMPLETE)
		return set_state(c, text);
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct chain *c, enum command cmd)
{
	return cmd == CMD_ADD || cmd == CMD_COMPLETE || focused(c);
}

static void
name(const struct chain *c, enum command cmd, struct buf *word)
{
	(void)c;
	if (cmd == CMD_ADD)
		buf_str(word, _("Position"));
	if (cmd == CMD_RESPOND)
		buf_str(word, _("Argument"));
	if (cmd == CMD_COMPLETE)
		buf_str(word, _("State"));
}

struct view *
viewpoints_view_new(struct context *c, const json_t *args)
{
	static const enum command bar[] = { CMD_OPEN, CMD_SUPPORT,  CMD_RESPOND,
					    CMD_ADD,  CMD_COMPLETE, CMD_BACK,
					    CMD_EDIT, CMD_HISTORY,  CMD_GOTO,
					    CMD_HOME, CMD_WHERE,    CMD_MENU,
					    CMD_HELP, CMD_N };
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 66, .width = 13, .right = true, .from = 60 },
	};
	static const struct chain_kind kind = {
		.method = "question.read",
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
