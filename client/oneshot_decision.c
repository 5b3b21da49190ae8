/* oneshot_decision.c - the commands decisions and actions. */
#include "oneshot_chain.h"
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

/* --- decisions ------------------------------------------------------------ */

/* How it stands on the day, in one word. */
static const char *
standing_of(const json_t *row)
{
	if (json_is_true(json_object_get(row, "in_force")))
		return "in-force";
	if (!json_is_true(json_object_get(row, "holds")))
		return "not-taken";
	return row_text(row, "replaced_by") ? "replaced" : "ended";
}

static void
add_decision(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		chain_json(o, row);
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "date"));
	output_field(&o->out, standing_of(row));
	output_field(&o->out, row_text(row, "outcome"));
	output_field(&o->out, row_text(row, "review"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

/* A list of decisions, as it is sent round: who decided, and what. */
struct round {
	struct buf head; /* of the group that is being written */
	bool begun;
};

static void
add_listed(struct oneshot *o, const json_t *row, void *ctx)
{
	const char *date = row_text(row, "date"), *body = row_text(row, "body");
	const char *outcome = row_text(row, "outcome");
	struct round *r = ctx;
	struct buf head = BUF_INIT, line = BUF_INIT;

	buf_printf(&head, "%s%s%s", date ? date : _("No date"),
		   body ? ", " : "", body ? body : "");
	if (!r->begun)
		buf_printf(&line, "# %s\n", _("List of decisions"));
	if (!r->begun || strcmp(head.ptr, r->head.ptr) != 0)
		buf_printf(&line, "\n## %s\n\n", head.ptr);
	buf_printf(&line, "- %s", row_text(row, "title"));
	buf_printf(&line, ": %s", outcome ? outcome : _("no outcome yet"));
	buf_printf(&line, " ([[%s]])\n", row_text(row, "address"));
	output_text(&o->out, line.ptr, line.len);
	r->begun = true;
	buf_reset(&r->head);
	buf_str(&r->head, head.ptr);
	buf_release(&head);
	buf_release(&line);
}

/* `geldig` is what `in-force` is called in Dutch. */
static int
read_standing(struct oneshot *o, json_t *params)
{
	const char *word = words_value(&o->words, OPTION_STATUS);

	if (o->words.set & OPTION_OPEN)
		word = "in-force";
	if (!word)
		return EXIT_DONE;
	if (strcmp(word, "geldig") == 0)
		word = "in-force";
	if (strcmp(word, "herzien") == 0)
		word = "review";
	if (strcmp(word, "in-force") != 0 && strcmp(word, "review") != 0)
		return oneshot_misuse(o, _("--status in-force or review."));
	chain_member(params, "state", word);
	return EXIT_DONE;
}

static int
list_decisions(struct oneshot *o)
{
	bool md = o->words.set & OPTION_MD;
	struct round round = { .head = BUF_INIT };
	struct row_list list = { .method = "decision.list",
				 .cursor = "after",
				 .add = md ? add_listed : add_decision,
				 .ctx = &round };
	json_t *params;
	int exit_code = chain_page(o, &params);

	if (!exit_code)
		exit_code = read_standing(o, params);
	if (!exit_code)
		exit_code = chain_day(o, params);
	if (exit_code)
		json_decref(params);
	else
		exit_code = oneshot_each(o, &list, params);
	buf_release(&round.head);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

static void
add_action(struct oneshot *o, const json_t *row, void *ctx)
{
	bool overdue = json_is_true(json_object_get(row, "overdue"));

	(void)ctx;
	if (o->json) {
		chain_json(o, row);
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "number"));
	output_field(&o->out, row_text(row, "due"));
	output_field(&o->out, overdue ? "overdue" : row_text(row, "state"));
	output_field(&o->out, row_text(row, "owner"));
	output_field(&o->out, row_text(row, "text"));
	output_end(&o->out);
}

static void
add_field(struct oneshot *o, const char *name, const char *value)
{
	if (!value)
		return;
	output_field(&o->out, name);
	output_field(&o->out, value);
	output_end(&o->out);
}

static void
add_named(struct oneshot *o, const char *name, const json_t *list)
{
	const json_t *row;
	size_t i;

	json_array_foreach(list, i, row)
	{
		add_field(o, name, row_text(row, "address"));
	}
}

static void
print_decision(struct oneshot *o, const json_t *d)
{
	static const char *const keys[] = { "title",   "date",	  "body",
					    "place",   "mandate", "outcome",
					    "meeting", "review",  "ends",
					    "official" };
	const json_t *row;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		add_field(o, keys[i], row_text(d, keys[i]));
	add_field(o, "state", standing_of(d));
	add_field(o, "replaced_by", row_text(d, "replaced_by"));
	add_named(o, "replaces", json_object_get(d, "replaces"));
	add_named(o, "chain", json_object_get(d, "chain"));
	json_array_foreach(json_object_get(d, "actions"), i, row)
	{
		output_field(&o->out, "action");
		add_action(o, row, NULL);
	}
}

static int
show_decision(struct oneshot *o)
{
	json_t *params, *decision = NULL;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)chain_day(o, params);
	exit_code = oneshot_ask(o, "decision.read", params, &decision);
	if (exit_code)
		return exit_code;
	if (o->json)
		chain_json(o, decision);
	else
		print_decision(o, decision);
	json_decref(decision);
	return EXIT_DONE;
}

int
do_decisions(struct oneshot *o)
{
	return oneshot_names_all(o) ? list_decisions(o) : show_decision(o);
}

/* --- actions -------------------------------------------------------------- */

static int
read_state(struct oneshot *o, json_t *params)
{
	const char *word = words_value(&o->words, OPTION_STATUS);

	if (o->words.set & OPTION_OPEN)
		word = "open";
	if (word && strcmp(word, "te-laat") == 0)
		word = "overdue";
	chain_member(params, "state", word);
	return EXIT_DONE;
}

/* All, or those of a page. */
static int
list_actions(struct oneshot *o)
{
	struct row_list list = { .method = "action.list",
				 .cursor = "after",
				 .add = add_action };
	json_t *params;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	if (json_object_get(params, "address"))
		(void)json_object_set(params, "about",
				      json_object_get(params, "address"));
	(void)json_object_del(params, "address");
	chain_member(params, "owner", words_value(&o->words, OPTION_OWNER));
	(void)read_state(o, params);
	(void)chain_day(o, params);
	exit_code = oneshot_each(o, &list, params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

static const struct chain_field fields[] = {
	{ "eigenaar", "owner", "owner" },
	{ "gereed", "due", "due" },
	{ "aan", "to", "to" },
	{ "besluit", "decision", "decision" },
	{ NULL, NULL, NULL },
};

static int
add_row(struct oneshot *o, bool undertaking)
{
	json_t *params = json_object();
	int exit_code = chain_fields(o, fields, params);

	if (!exit_code)
		exit_code = chain_page_of_now(o, params);
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)json_object_set_new(params, "undertaking",
				  json_boolean(undertaking));
	return chain_write_text(o, "action.add", "number", true, params);
}

static int
add_new_action(struct oneshot *o)
{
	return add_row(o, false);
}

static int
add_undertaking(struct oneshot *o)
{
	return add_row(o, true);
}

/* PAGE NUMBER, with fields behind them. */
static int
set_row(struct oneshot *o, const char *state)
{
	json_t *params = json_object();
	int exit_code = chain_fields(o, fields, params);
	char *number = chain_last(o);

	if (!exit_code && !number)
		exit_code = oneshot_misuse(o, _("Which page, and which "
						"number? For example a1."));
	if (!exit_code)
		exit_code = chain_page_of_now(o, params);
	if (exit_code) {
		json_decref(params);
		free(number);
		return exit_code;
	}
	chain_member(params, "number", number);
	chain_member(params, "state", state);
	chain_member(params, "result", words_value(&o->words, OPTION_REASON));
	free(number);
	return chain_write(o, "action.set", "number", params);
}

static int
set_done(struct oneshot *o)
{
	return set_row(o, "gereed");
}

static int
set_dropped(struct oneshot *o)
{
	return set_row(o, "vervallen");
}

static int
set_open(struct oneshot *o)
{
	return set_row(o, "open");
}

static int
set_fields(struct oneshot *o)
{
	return set_row(o, NULL);
}

int
do_actions(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "erbij", "add", add_new_action },
		{ "toezegging", "undertaking", add_undertaking },
		{ "gereed", "done", set_done },
		{ "vervalt", "drop", set_dropped },
		{ "heropen", "reopen", set_open },
		{ "zet", "set", set_fields },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "");

	if (!act)
		return list_actions(o);
	free(vec_remove(args, 0));
	return act->run(o);
}
