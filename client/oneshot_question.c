/* oneshot_question.c - the command questions: list, read, and add to one. */
#include "oneshot_chain.h"
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

/* --- all of them ---------------------------------------------------------- */

static void
add_question(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		chain_json(o, row);
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "state"));
	output_number(&o->out, row_number(row, "positions"));
	output_number(&o->out, row_number(row, "threads"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static int
list_questions(struct oneshot *o)
{
	struct row_list list = { .method = "question.list",
				 .cursor = "after",
				 .add = add_question };
	const char *state = words_value(&o->words, OPTION_STATUS);
	json_t *params;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	if (!state && !(o->words.set & OPTION_ALL))
		state = "open";
	if (state && strcmp(state, "in-bespreking") == 0)
		state = "in bespreking";
	chain_member(params, "state", state);
	exit_code = oneshot_each(o, &list, params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

/* --- one ------------------------------------------------------------------ */

static void
add_line(struct oneshot *o, const char *what, const char *a, const char *b)
{
	output_field(&o->out, what);
	output_field(&o->out, b);
	output_field(&o->out, a);
	output_end(&o->out);
}

static void
add_arguments(struct oneshot *o, const char *what, const json_t *list)
{
	const json_t *a;
	size_t i;

	json_array_foreach(list, i, a)
	{
		add_line(o, what, row_text(a, "text"), row_text(a, "handle"));
	}
}

static void
add_position(struct oneshot *o, const json_t *p)
{
	const json_t *support = json_object_get(p, "support"), *handle;
	struct buf handles = BUF_INIT;
	size_t i;

	json_array_foreach(support, i, handle)
	{
		buf_printf(&handles, "%s%s", i ? " " : "",
			   json_string_value(handle));
	}
	add_line(o, "position", row_text(p, "title"), handles.ptr);
	add_arguments(o, "for", json_object_get(p, "for"));
	add_arguments(o, "against", json_object_get(p, "against"));
	buf_release(&handles);
}

static int
show_question(struct oneshot *o)
{
	json_t *params, *question = NULL;
	const json_t *p;
	size_t i;
	int exit_code = chain_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	exit_code = oneshot_ask(o, "question.read", params, &question);
	if (exit_code)
		return exit_code;
	if (o->json) {
		chain_json(o, question);
	} else {
		add_line(o, "question", row_text(question, "core"),
			 row_text(question, "state"));
		json_array_foreach(json_object_get(question, "positions"), i, p)
		{
			add_position(o, p);
		}
	}
	json_decref(question);
	return EXIT_DONE;
}

/* --- adding --------------------------------------------------------------- */

/* The title of the position and the page, as parameters. */
static int
name_position(struct oneshot *o, const char *key, json_t *params)
{
	const char *title = words_value(&o->words, OPTION_TITLE);

	if (!title)
		return oneshot_misuse(o, _("Which position? --title T."));
	chain_member(params, key, title);
	return chain_page_of_now(o, params);
}

static int
add_one(struct oneshot *o)
{
	json_t *params = json_object();
	int exit_code = name_position(o, "title", params);

	if (!exit_code)
		return chain_write_text(o, "question.position", NULL, false,
					params);
	json_decref(params);
	return exit_code;
}

static int
argue(struct oneshot *o, bool against)
{
	json_t *params = json_object();
	int exit_code = name_position(o, "position", params);

	if (!exit_code) {
		(void)json_object_set_new(params, "against",
					  json_boolean(against));
		return chain_write_text(o, "question.argument", NULL, true,
					params);
	}
	json_decref(params);
	return exit_code;
}

static int
argue_for(struct oneshot *o)
{
	return argue(o, false);
}

static int
argue_against(struct oneshot *o)
{
	return argue(o, true);
}

static int
put_support(struct oneshot *o, bool withdraw)
{
	json_t *params = json_object();
	int exit_code = name_position(o, "position", params);

	if (!exit_code) {
		(void)json_object_set_new(params, "withdraw",
					  json_boolean(withdraw));
		return chain_write(o, "question.support", NULL, params);
	}
	json_decref(params);
	return exit_code;
}

static int
support(struct oneshot *o)
{
	return put_support(o, false);
}

static int
drop_support(struct oneshot *o)
{
	return put_support(o, true);
}

int
do_questions(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "erbij", "add", add_one },
		{ "voor", "for", argue_for },
		{ "tegen", "against", argue_against },
		{ "steun", "support", support },
		{ "steun-niet", "drop", drop_support },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act;

	if (oneshot_names_all(o))
		return list_questions(o);
	act = oneshot_act(acts, args->items[0]);
	if (!act)
		return show_question(o);
	free(vec_remove(args, 0));
	return act->run(o);
}
