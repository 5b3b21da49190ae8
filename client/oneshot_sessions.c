/* oneshot_sessions.c - the command sessions: where one is signed in. */
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

static void
add_session(struct oneshot *o, const json_t *row)
{
	bool own = json_is_true(row_part(row, "own"));

	if (o->json) {
		output_json(
			&o->out,
			json_pack("{s:O, s:o, s:O, s:O, s:O, s:O, s:O}",
				  "session", row_part(row, "session"), "since",
				  output_json_time(row_number(row, "since")),
				  "from", row_part(row, "from"), "shape",
				  row_part(row, "shape"), "space",
				  row_part(row, "space"), "key",
				  row_part(row, "key"), "own",
				  row_part(row, "own")));
		return;
	}
	output_number(&o->out, row_number(row, "session"));
	output_time(&o->out, row_number(row, "since"));
	output_field(&o->out, row_text(row, "from"));
	output_field(&o->out, row_text(row, "shape"));
	output_field(&o->out, row_text(row, "key"));
	output_field(&o->out, own ? _("this one") : "");
	output_field(&o->out, row_text(row, "space"));
	output_end(&o->out);
}

static int
list_sessions(struct oneshot *o)
{
	json_t *result = NULL;
	const json_t *rows;
	int exit_code;

	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	exit_code = oneshot_ask(o, "session.list", NULL, &result);
	if (exit_code)
		return exit_code;
	rows = json_object_get(result, "rows");
	for (size_t i = 0; i < json_array_size(rows); i++)
		add_session(o, json_array_get(rows, i));
	json_decref(result);
	return EXIT_DONE;
}

/* A number of the list, or the word for all others: 0; -1: neither. */
static long
read_which(struct oneshot *o)
{
	const char *word = o->words.args.len == 1 ? o->words.args.items[0] : "";

	if (strcmp(word, "anderen") == 0 || strcmp(word, "others") == 0)
		return 0;
	if (!*word || strspn(word, "0123456789") != strlen(word))
		return -1;
	return strtol(word, NULL, 10);
}

static int
end_sessions(struct oneshot *o)
{
	json_t *result = NULL;
	long which = read_which(o);
	int exit_code;

	if (which < 0)
		return oneshot_misuse(o, _("Which session? Its number in the "
					   "list, or others."));
	exit_code = oneshot_ask(
		o, "session.end",
		which ? json_pack("{s:I}", "session", (json_int_t)which)
		      : json_object(),
		&result);
	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s",
			       _("Ended. What was being written there is kept "
				 "as a draft."));
	return exit_code;
}

int
do_sessions(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "lijst", "list", list_sessions },
		{ "stop", "end", end_sessions },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "list");

	if (!act)
		return oneshot_misuse(o, _("List or end sessions?"));
	if (args->len)
		free(vec_remove(args, 0));
	return act->run(o);
}
