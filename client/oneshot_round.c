/*
 * oneshot_round.c - the command round: which rounds of reflection are open,
 * one of them, opening, answering, agreeing and closing.
 */
#include "oneshot_conclude.h"
#include "oneshot_page.h"
#include "oneshot_rows.h"
#include "oneshot_version.h"

#include <stdlib.h>
#include <string.h>

#include "base/roundwords.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/round.h"

/* --- words ---------------------------------------------------------------- */

/* The first argument as a number, into params; EXIT_USAGE with `missing`. */
static int
take_number(struct oneshot *o, json_t *params, const char *key,
	    const char *missing)
{
	struct vec *args = &o->words.args;
	char *end = NULL;
	long n;

	if (args->len == 0)
		return oneshot_misuse(o, missing);
	n = strtol(args->items[0], &end, 10);
	if (end == args->items[0] || *end || n < 0)
		return oneshot_misuse(o, missing);
	(void)json_object_set_new(params, key, json_integer(n));
	free(vec_remove(args, 0));
	return 0;
}

static int
take_round(struct oneshot *o, json_t *params)
{
	return take_number(o, params, "round",
			   _("Which round? round gives their numbers."));
}

static int
take_step(struct oneshot *o, json_t *params)
{
	int exit_code = take_round(o, params);

	return exit_code ? exit_code
			 : take_number(o, params, "step",
				       _("Which step? Say its number."));
}

static int
check_end(struct oneshot *o)
{
	return o->words.args.len ? oneshot_misuse(o, _("That is too much."))
				 : 0;
}

/* Ask what changes something; with --json its answer is shown. */
static int
act(struct oneshot *o, const char *method, json_t *params_take)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, method, params_take, &result);

	if (!exit_code && o->json)
		output_json(&o->out, json_incref(result));
	json_decref(result);
	return exit_code;
}

/* The text that comes in, as parameter `text`. */
static int
take_text(struct oneshot *o, json_t *params)
{
	struct buf text = BUF_INIT;
	int exit_code = oneshot_read_text(o, &text);

	if (!exit_code)
		(void)json_object_set_new(params, "text",
					  json_stringn(text.ptr, text.len));
	buf_release(&text);
	return exit_code;
}

/* --- round ---------------------------------------------------------------- */

static void
add_time(struct oneshot *o, const json_t *row, const char *key)
{
	if (json_is_null(row_part(row, key)))
		output_field(&o->out, "");
	else
		output_time(&o->out, row_number(row, key));
}

static void
add_round(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		output_json(&o->out, json_deep_copy(row));
		return;
	}
	output_number(&o->out, row_number(row, "round"));
	output_number(&o->out, row_number(row, "to_answer"));
	add_time(o, row, "until");
	output_field(&o->out, row_text(row, "theme"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static int
list_rounds(struct oneshot *o)
{
	struct row_list list = { .method = "round.list",
				 .cursor = "after",
				 .add = add_round };
	int exit_code = oneshot_each(o, &list, json_object());

	return exit_code ? exit_code : oneshot_found(o, list.n);
}

static void
add_step(struct oneshot *o, const json_t *step)
{
	output_number(&o->out, row_number(step, "step"));
	output_field(&o->out,
		     json_is_true(row_part(step, "open")) ? "open" : "closed");
	output_field(&o->out, row_text(step, "names"));
	add_time(o, step, "until");
	if (json_is_null(row_part(step, "answers")))
		output_field(&o->out, "");
	else
		output_number(&o->out, row_number(step, "answers"));
	output_field(&o->out, row_text(step, "sight"));
	output_field(&o->out, row_text(step, "title"));
	output_end(&o->out);
}

static void
add_steps(struct oneshot *o, const json_t *result)
{
	const json_t *step;
	size_t i;

	json_array_foreach(json_object_get(result, "steps"), i, step)
	{
		add_step(o, step);
	}
}

static void
add_answer(struct oneshot *o, const char *value, const json_t *answer)
{
	output_field(&o->out, value);
	output_field(&o->out, row_text(answer, "who"));
	output_field(&o->out, row_text(answer, "text"));
	output_field(&o->out, row_text(answer, "more"));
	output_end(&o->out);
}

static void
add_group(struct oneshot *o, const json_t *group)
{
	const json_t *answer;
	size_t i;

	json_array_foreach(json_object_get(group, "answers"), i, answer)
	{
		add_answer(o, row_text(group, "value"), answer);
	}
}

static void
add_point(struct oneshot *o, const json_t *point)
{
	struct buf number = BUF_INIT;

	buf_printf(&number, "#%lld", (long long)row_number(point, "point"));
	output_field(&o->out, number.ptr);
	output_number(&o->out, row_number(point, "agree"));
	output_number(&o->out, row_number(point, "disagree"));
	output_field(&o->out, row_text(point, "text"));
	output_end(&o->out);
	buf_release(&number);
}

static const json_t *
find_step(const json_t *result, json_int_t n)
{
	const json_t *step;
	size_t i;

	json_array_foreach(json_object_get(result, "steps"), i, step)
	{
		if (row_number(step, "step") == n)
			return step;
	}
	return NULL;
}

/* Its answers, or why there are none. */
static int
show_step(struct oneshot *o, const json_t *result, json_int_t n)
{
	const json_t *step = find_step(result, n), *row;
	struct buf why = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(result, "groups"), i, row)
	{
		add_group(o, row);
	}
	json_array_foreach(json_object_get(result, "points"), i, row)
	{
		add_point(o, row);
	}
	if (step)
		roundwords_sight(&why, row_text(step, "sight"),
				 (long)row_number(step, "answers"));
	if (why.len > 0)
		oneshot_remark(o, "%s", why.ptr);
	i = why.len;
	buf_release(&why);
	return i > 0 ? EXIT_NOTHING : EXIT_DONE;
}

static int
show_round(struct oneshot *o)
{
	json_t *params = json_object(), *result = NULL;
	json_int_t step = 0;
	int exit_code = take_round(o, params);

	if (!exit_code && o->words.args.len > 0)
		exit_code = take_number(o, params, "step",
					_("Which step? Say its number."));
	if (!exit_code)
		exit_code = check_end(o);
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	step = row_number(params, "step");
	exit_code = oneshot_ask(o, "round.read", params, &result);
	if (!exit_code && o->json)
		output_json(&o->out, json_incref(result));
	else if (!exit_code && step)
		exit_code = show_step(o, result, step);
	else if (!exit_code)
		add_steps(o, result);
	json_decref(result);
	return exit_code;
}

/* --- round scripts, round open -------------------------------------------- */

static void
add_script(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		output_json(&o->out, json_deep_copy(row));
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_number(&o->out,
		      (json_int_t)json_array_size(row_part(row, "steps")));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static int
list_scripts(struct oneshot *o)
{
	struct row_list list = { .method = "round.scripts",
				 .cursor = "after",
				 .add = add_script };
	int exit_code = oneshot_each(o, &list, json_object());

	return exit_code ? exit_code : oneshot_found(o, list.n);
}

/* "waarden", an address, or - for steps that come in. */
static int
take_script(struct oneshot *o, json_t *params)
{
	struct buf address = BUF_INIT;
	char *script;
	int exit_code = 0;

	if (o->words.args.len == 0)
		return oneshot_misuse(o, _("Which script? round scripts gives "
					   "them; - reads its steps."));
	script = vec_remove(&o->words.args, 0);
	if (strcmp(script, "-") == 0) {
		exit_code = take_text(o, params);
		(void)json_object_set(params, "steps",
				      json_object_get(params, "text"));
		(void)json_object_del(params, "text");
	} else {
		buf_printf(&address, "%s%s",
			   strchr(script, '/') ? "" : "sjablonen/reflectie-",
			   script);
		(void)json_object_set_new(params, "script",
					  json_string(address.ptr));
	}
	free(script);
	buf_release(&address);
	return exit_code;
}

/* Who takes part: the rest of the words. */
static void
take_people(struct oneshot *o, json_t *params)
{
	struct buf with = BUF_INIT;

	words_join(&o->words, &with);
	if (with.len > 0)
		(void)json_object_set_new(params, "with",
					  json_string(with.ptr));
	buf_release(&with);
}

static int
send_open(struct oneshot *o, json_t *params_take)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, "round.open", params_take, &result);

	if (!exit_code && o->json)
		output_json(&o->out, json_incref(result));
	else if (!exit_code) {
		output_number(&o->out, row_number(result, "round"));
		output_end(&o->out);
	}
	json_decref(result);
	return exit_code;
}

static int
name_theme(struct oneshot *o, json_t *params)
{
	struct page_name page = { 0 };
	struct vec rest = o->words.args;
	int exit_code;

	if (rest.len == 0)
		return oneshot_misuse(o, _("About which page?"));
	/* only the first word is the page */
	o->words.args = (struct vec)VEC_INIT;
	vec_push(&o->words.args, vec_remove(&rest, 0));
	exit_code = oneshot_page_of_now(o, &page);
	vec_release(&o->words.args, free);
	o->words.args = rest;
	if (!exit_code)
		(void)json_object_set_new(params, "address",
					  json_string(page.address));
	free(page.address);
	return exit_code;
}

static int
open_round(struct oneshot *o)
{
	const char *title = words_value(&o->words, OPTION_TITLE);
	json_t *params = json_object();
	int exit_code = name_theme(o, params);

	if (!exit_code && !title)
		exit_code = oneshot_misuse(o, _("A round needs a title: "
						"--title T."));
	if (!exit_code)
		exit_code = take_script(o, params);
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	take_people(o, params);
	(void)json_object_set_new(params, "title", json_string(title));
	if (o->words.set & OPTION_DAYS)
		(void)json_object_set_new(
			params, "days",
			json_integer(words_number(&o->words, OPTION_DAYS, 0)));
	return send_open(o, params);
}

/* --- taking part ------------------------------------------------------------ */

static int
send_text(struct oneshot *o, const char *method)
{
	json_t *params = json_object();
	int exit_code = take_step(o, params);

	if (!exit_code)
		exit_code = check_end(o);
	if (!exit_code)
		exit_code = take_text(o, params);
	if (!exit_code)
		return act(o, method, params);
	json_decref(params);
	return exit_code;
}

static int
answer_step(struct oneshot *o)
{
	return send_text(o, "round.answer");
}

static int
add_statement(struct oneshot *o)
{
	return send_text(o, "round.point");
}

static int
take_stand(struct oneshot *o, bool agrees)
{
	const char *reason = words_value(&o->words, OPTION_REASON);
	json_t *params = json_pack("{s:b}", "agrees", agrees);
	int exit_code = take_step(o, params);

	if (!exit_code)
		exit_code = take_number(o, params, "point",
					_("Which statement? Say its number."));
	if (!exit_code)
		exit_code = check_end(o);
	if (!exit_code && reason)
		(void)json_object_set_new(params, "reason",
					  json_string(reason));
	if (!exit_code)
		return act(o, "round.stand", params);
	json_decref(params);
	return exit_code;
}

static int
agree(struct oneshot *o)
{
	return take_stand(o, true);
}

static int
disagree(struct oneshot *o)
{
	return take_stand(o, false);
}

/* --- ending ----------------------------------------------------------------- */

static int
end_step(struct oneshot *o)
{
	json_t *params = json_object();
	int exit_code = take_step(o, params);

	if (!exit_code)
		exit_code = check_end(o);
	if (!exit_code)
		exit_code =
			oneshot_set_moment(o, params, "until", OPTION_UNTIL);
	if (!exit_code)
		return act(o, "round.step", params);
	json_decref(params);
	return exit_code;
}

static int
send_close(struct oneshot *o, json_t *params_take)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, "round.close", params_take, &result);

	if (!exit_code && o->json)
		output_json(&o->out, json_incref(result));
	else if (!exit_code) {
		output_field(&o->out, row_text(result, "address"));
		output_end(&o->out);
	}
	json_decref(result);
	return exit_code;
}

static bool
take_now(struct oneshot *o)
{
	struct vec *args = &o->words.args;
	bool now = args->len == 1 && (strcmp(args->items[0], "nu") == 0 ||
				      strcmp(args->items[0], "now") == 0);

	if (now)
		free(vec_remove(args, 0));
	return now;
}

static int
close_round(struct oneshot *o)
{
	json_t *params = json_object();
	struct buf text = BUF_INIT;
	int exit_code = take_round(o, params);

	if (!exit_code && take_now(o))
		(void)json_object_set_new(params, "now", json_true());
	if (!exit_code)
		exit_code = check_end(o);
	if (!exit_code)
		exit_code = oneshot_read_text(o, &text);
	if (!exit_code && !conclude_read(params, text.ptr))
		exit_code = oneshot_misuse(
			o,
			_("What was concluded stands below lines such as "
			  "\"## agreed\": agreed, disagreed, unknown, means, "
			  "differs, next. Nothing was closed."));
	buf_release(&text);
	if (!exit_code)
		return send_close(o, params);
	json_decref(params);
	return exit_code;
}

/* --- cancelling ------------------------------------------------------------- */

static int
cancel_round(struct oneshot *o)
{
	const char *reason = words_value(&o->words, OPTION_REASON);
	json_t *params = json_object(), *result = NULL;
	int exit_code = take_round(o, params);

	if (!exit_code)
		exit_code = check_end(o);
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	if (reason)
		(void)json_object_set_new(params, "reason",
					  json_string(reason));
	exit_code = oneshot_ask(o, "round.cancel", params, &result);
	if (!exit_code && o->json)
		output_json(&o->out, json_incref(result));
	else if (!exit_code) {
		output_number(&o->out, row_number(result, "told"));
		output_end(&o->out);
	}
	json_decref(result);
	return exit_code;
}

static void
add_cancelled(struct oneshot *o, const json_t *row)
{
	if (o->json) {
		output_json(&o->out, json_deep_copy(row));
		return;
	}
	output_number(&o->out, row_number(row, "round"));
	add_time(o, row, "time");
	output_field(&o->out, row_text(row, "by"));
	output_field(&o->out, row_text(row, "theme"));
	output_field(&o->out, row_text(row, "title"));
	output_field(&o->out, row_text(row, "reason"));
	output_end(&o->out);
}

static int
list_cancelled(struct oneshot *o)
{
	json_t *result = NULL;
	const json_t *rows, *row;
	size_t i;
	int exit_code = check_end(o);

	if (!exit_code)
		exit_code =
			oneshot_ask(o, "round.list", json_object(), &result);
	if (exit_code)
		return exit_code;
	rows = json_object_get(result, "cancelled");
	json_array_foreach(rows, i, row)
	{
		add_cancelled(o, row);
	}
	exit_code = oneshot_found(o, json_array_size(rows));
	json_decref(result);
	return exit_code;
}

static int
note_cancelled(struct oneshot *o)
{
	json_t *params = json_object();
	int exit_code = take_round(o, params);

	if (!exit_code)
		exit_code = check_end(o);
	if (!exit_code)
		return act(o, "round.noted", params);
	json_decref(params);
	return exit_code;
}

int
do_round(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "scripts", "scripts", list_scripts },
		{ "open", "open", open_round },
		{ "antwoord", "answer", answer_step },
		{ "punt", "point", add_statement },
		{ "eens", "agree", agree },
		{ "oneens", "disagree", disagree },
		{ "stap-sluiten", "end", end_step },
		{ "sluiten", "close", close_round },
		{ "afbreken", "cancel", cancel_round },
		{ "afgebroken", "cancelled", list_cancelled },
		{ "gezien", "noted", note_cancelled },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *one =
		oneshot_act(acts, args->len ? args->items[0] : "");

	if (args->len == 0)
		return list_rounds(o);
	if (!one)
		return show_round(o);
	free(vec_remove(args, 0));
	return one->run(o);
}
