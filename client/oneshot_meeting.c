/* oneshot_meeting.c - the commands meetings and progress. */
#include "oneshot_chain.h"
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/lastmeeting.h"
#include "base/when.h"
#include "plein/i18n.h"

/* --- meetings ------------------------------------------------------------- */

static void
add_meeting(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		chain_json(o, row);
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "date"));
	output_field(&o->out, row_text(row, "status"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static int
list_meetings(struct oneshot *o)
{
	struct row_list list = { .method = "meeting.list",
				 .cursor = "after",
				 .add = add_meeting };
	json_t *params;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)chain_day(o, params);
	exit_code = oneshot_each(o, &list, params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

static void
add_line(struct oneshot *o, const char *what, const char *key,
	 const char *words)
{
	output_field(&o->out, what);
	output_field(&o->out, key);
	output_field(&o->out, words);
	output_end(&o->out);
}

static void
print_meeting(struct oneshot *o, const json_t *m)
{
	static const char *const keys[] = { "title",	 "date",   "begins",
					    "ends",	 "place",  "body",
					    "present",	 "absent", "adopted",
					    "adopted_by" };
	const json_t *row;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (row_text(m, keys[i]))
			add_line(o, keys[i], "", row_text(m, keys[i]));
	json_array_foreach(json_object_get(m, "items"), i, row)
	{
		add_line(o, "item", row_text(row, "number"),
			 row_text(row, "title"));
		if (row_text(row, "notes")[0])
			add_line(o, "notes", row_text(row, "number"),
				 row_text(row, "notes"));
	}
	json_array_foreach(json_object_get(m, "decisions"), i, row)
	{
		add_line(o, "decision", row_text(row, "address"),
			 row_text(row, "title"));
	}
	json_array_foreach(json_object_get(m, "actions"), i, row)
	{
		add_line(o, "action", row_text(row, "number"),
			 row_text(row, "text"));
	}
}

static int
show_meeting(struct oneshot *o)
{
	json_t *params, *meeting = NULL;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	exit_code = oneshot_ask(o, "meeting.read", params, &meeting);
	if (exit_code)
		return exit_code;
	if (o->json)
		chain_json(o, meeting);
	else
		print_meeting(o, meeting);
	json_decref(meeting);
	return EXIT_DONE;
}

/* PAGE ITEM */
static int
name_item(struct oneshot *o, json_t *params)
{
	char *item = chain_last(o);
	int exit_code = item ? chain_page_of_now(o, params)
			     : oneshot_misuse(o, _("Which meeting, and which "
						   "item?"));

	chain_member(params, "item", item);
	free(item);
	return exit_code;
}

static int
add_note(struct oneshot *o)
{
	json_t *params = json_object();
	int exit_code = name_item(o, params);

	if (!exit_code)
		return chain_write_text(o, "meeting.note", NULL, true, params);
	json_decref(params);
	return exit_code;
}

static int
take_decision(struct oneshot *o)
{
	static const struct chain_field fields[] = {
		{ "uitkomst", "outcome", "outcome" },
		{ NULL, NULL, NULL },
	};
	const char *title = words_value(&o->words, OPTION_TITLE);
	json_t *params = json_object();
	int exit_code = title ? chain_fields(o, fields, params)
			      : oneshot_misuse(o, _("What was decided? "
						    "--title T."));

	if (!exit_code)
		exit_code = name_item(o, params);
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	chain_member(params, "title", title);
	return chain_write(o, "meeting.decide", "decision", params);
}

/* How the wiki knows a word for it; the word when it is none. */
static const char *
state_of(const char *word)
{
	static const char *const words[][2] = {
		{ "aanwezig", "present" },
		{ "verhinderd", "absent" },
		{ "afwezig", "absent" },
		{ "geen", "none" },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], word) == 0)
			return words[i][1];
	return word;
}

/* All behind the page, as words; NULL when there is nothing. */
static char *
take_who(struct oneshot *o)
{
	struct vec *args = &o->words.args;
	struct buf who = BUF_INIT;
	char *word;

	while (args->len > 1) {
		word = vec_remove(args, 1);
		buf_printf(&who, "%s%s", who.len ? " " : "", word);
		free(word);
	}
	return who.len ? buf_take(&who) : NULL;
}

/* PAGE WHO [state=absent] */
static int
take_attendance(struct oneshot *o)
{
	static const struct chain_field fields[] = {
		{ "stand", "state", "state" },
		{ NULL, NULL, NULL },
	};
	json_t *params = json_object();
	int exit_code = chain_fields(o, fields, params);
	const char *state = row_text(params, "state");
	char *who = exit_code ? NULL : take_who(o);

	if (!exit_code)
		exit_code = who ? chain_page_of_now(o, params)
				: oneshot_misuse(o, _("Which meeting, and "
						      "who?"));
	if (exit_code) {
		json_decref(params);
		free(who);
		return exit_code;
	}
	chain_member(params, "state", state ? state_of(state) : "present");
	chain_member(params, "who", who);
	free(who);
	return chain_write(o, "meeting.attend", NULL, params);
}

int
do_meetings(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "noteer", "note", add_note },
		{ "besluit", "decide", take_decision },
		{ "aanwezig", "attend", take_attendance },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act;

	if (oneshot_names_all(o))
		return list_meetings(o);
	act = oneshot_act(acts, args->items[0]);
	if (!act)
		return show_meeting(o);
	free(vec_remove(args, 0));
	return act->run(o);
}

/* --- as a moment ----------------------------------------------------------- */

int
oneshot_meeting_end(struct oneshot *o, const char *name, int64_t *when)
{
	bool last = when_is_last_meeting(name);
	json_t *answer = NULL;
	int exit_code = last ? oneshot_ask(o, "meeting.list",
					   lastmeeting_params(), &answer)
			     : oneshot_ask(o, "meeting.read",
					   json_pack("{s:s}", "address", name),
					   &answer);

	*when = 0;
	if (!exit_code && !(last ? lastmeeting_end(answer, when)
				 : lastmeeting_of(answer, when)))
		exit_code = oneshot_tell(o, PLEIN_ENOTFOUND,
					 _("There is no meeting with a day "
					   "before this one."));
	json_decref(answer);
	return exit_code;
}

/* --- progress ------------------------------------------------------------- */

static void
add_progress(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		chain_json(o, row);
		return;
	}
	output_field(&o->out, row_text(row, "theme"));
	output_field(&o->out, row_text(row, "municipality"));
	output_field(&o->out, row_text(row, "stage"));
	output_field(&o->out, row_text(row, "since"));
	output_field(&o->out, row_text(row, "offers"));
	output_field(&o->out, row_text(row, "needs"));
	output_end(&o->out);
}

/* The page that is named is the theme. */
static void
call_theme(json_t *params)
{
	json_t *address = json_object_get(params, "address");

	if (address)
		(void)json_object_set(params, "theme", address);
	(void)json_object_del(params, "address");
}

static int
list_progress(struct oneshot *o)
{
	struct row_list list = { .method = "progress.list",
				 .cursor = "after",
				 .add = add_progress };
	json_t *params;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	call_theme(params);
	exit_code = oneshot_each(o, &list, params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

static int
say_progress(struct oneshot *o)
{
	static const struct chain_field fields[] = {
		{ "stand", "stage", "stage" },
		{ "biedt", "offers", "offers" },
		{ "vraagt", "needs", "needs" },
		{ "gemeente", "municipality", "municipality" },
		{ NULL, NULL, NULL },
	};
	json_t *params = json_object();
	int exit_code = chain_fields(o, fields, params);

	if (!exit_code)
		exit_code = chain_page_of_now(o, params);
	if (!exit_code && !json_object_get(params, "stage"))
		exit_code = oneshot_misuse(o, _("How far? stage=verkennen, "
						"for example."));
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	call_theme(params);
	return chain_write(o, "progress.set", NULL, params);
}

int
do_progress(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "zeg", "say", say_progress },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "");

	if (!act)
		return list_progress(o);
	free(vec_remove(args, 0));
	return act->run(o);
}
