/* chain_actions.c - see chain_actions.h. */
#include "view/chain_actions.h"

#include <stdlib.h>
#include <string.h>

#include "base/days.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define STATE 9 /* columns of a state and the blanks behind it */

const char *
chain_actions_word(const json_t *row)
{
	const char *state = args_text(row, "state");

	if (json_is_true(json_object_get(row, "overdue")))
		return _("overdue");
	if (strcmp(state, "gereed") == 0)
		return _("done");
	return strcmp(state, "vervallen") == 0 ? _("not needed") : _("open");
}

/* What is no day is left to the wiki to refuse. */
static void
set_day(json_t *params, const char *text)
{
	char day[DAYTEXT_LEN + 1];

	(void)json_object_set_new(
		params, "due", json_string(days_read(text, day) ? day : text));
}

void
chain_actions_read(json_t *params, const char *line)
{
	static const char *const keys[] = { "text", "owner", "due" };
	char *copy = mem_strdup(line), *at = copy, *end, *last;

	for (size_t i = 0; at && i < 3; i++) {
		end = strchr(at, ';');
		if (end)
			*end++ = '\0';
		at += strspn(at, " ");
		for (last = at + strlen(at); last > at && last[-1] == ' ';)
			*--last = '\0';
		if (i == 2 && *at)
			set_day(params, at);
		else if (*at || i == 0)
			(void)json_object_set_new(params, keys[i],
						  json_string(at));
		at = end;
	}
	free(copy);
}

/* --- as items --------------------------------------------------------------- */

static void
add_action(struct chain *c, size_t value, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf prefix = BUF_INIT, day = BUF_INIT, line = BUF_INIT;
	const char *word = chain_actions_word(row);
	int width = utf8_width(word, strlen(word));

	days_short(&day, args_text(row, "due"));
	buf_printf(&prefix, "%s%*s", word, width < STATE ? STATE - width : 1,
		   "");
	buf_printf(&line, "%s %s", args_text(row, "number"),
		   args_text(row, "text"));
	cells[0] = args_text(row, "owner");
	cells[1] = day.ptr;
	listing_add(&c->base.list, value, line.ptr, cells);
	listing_prefix(&c->base.list, prefix.ptr, word);
	if (*args_text(row, "result"))
		listing_detail(&c->base.list, args_text(row, "result"), 2);
	buf_release(&prefix);
	buf_release(&line);
	buf_release(&day);
}

void
chain_actions_add(struct chain *c, size_t group)
{
	const json_t *list = json_object_get(c->data, "actions"), *row;
	size_t i;

	listing_heading(&c->base.list, _("Actions"));
	json_array_foreach(list, i, row)
	{
		add_action(c, group * CHAIN_GROUP + i, row);
	}
	if (!json_array_size(list))
		listing_say(&c->base.list,
			    context_allows(c->base.view.ctx, CMD_ADD)
				    ? _("No actions. n adds one.")
				    : _("No actions."));
}

const json_t *
chain_actions_focus(const struct chain *c, size_t group)
{
	size_t i;

	return chain_focus(c, group, &i) ? chain_part(c, "actions", i) : NULL;
}

/* --- done ------------------------------------------------------------------- */

static struct request
ask_result(const json_t *row)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT;

	buf_printf(&line, _("Question: is %s done?"), args_text(row, "number"));
	r.question = question_new(line.ptr, args_text(row, "text"));
	question_say(r.question, _("Nothing has been changed yet."));
	question_ask(r.question, _("What came of it?"));
	question_add(r.question, _("No, leave it as it is"), CMD_N, NULL);
	question_add(r.question, _("Yes, it is done"), CMD_COMPLETE, "gereed");
	question_add(r.question, _("It is not needed any more"), CMD_COMPLETE,
		     "vervallen");
	buf_release(&line);
	return r;
}

static void
write_state(struct chain *c, const json_t *row, const char *answer)
{
	size_t len = answer ? strcspn(answer, "\n") : 0;
	json_t *params =
		json_pack("{s:s, s:s}", "address", args_text(row, "address"),
			  "number", args_text(row, "number"));

	(void)json_object_set_new(params, "state",
				  answer ? json_stringn(answer, len)
					 : json_string("open"));
	if (answer && answer[len] && answer[len + 1])
		(void)json_object_set_new(params, "result",
					  json_string(answer + len + 1));
	shaper_write(&c->shaper, "action.set", params,
		     answer ? _("It is written down. u takes it back.")
			    : _("It is open again. u takes it back."));
}

static bool
is_open(const json_t *row)
{
	return strcmp(args_text(row, "state"), "open") == 0;
}

struct request
chain_actions_complete(struct chain *c, size_t group, const char *answer)
{
	const json_t *row = chain_actions_focus(c, group);

	if (row && is_open(row) && !answer)
		return ask_result(row);
	if (row)
		write_state(c, row, answer);
	return request_of(REQUEST_NONE);
}

void
chain_actions_name(const struct chain *c, size_t group, struct buf *word)
{
	const json_t *row = chain_actions_focus(c, group);

	if (row && !is_open(row))
		buf_str(word, _("Reopen"));
}
