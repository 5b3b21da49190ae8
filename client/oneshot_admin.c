/* oneshot_admin.c - what administrators do in words. */
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

/* --- log --- */

static void
add_record(struct oneshot *o, const json_t *row, void *ctx)
{
	static const char *const keys[] = { "who",  "act",    "about", "from",
					    "door", "result", "detail" };
	json_int_t time = row_number(row, "time");

	(void)ctx;
	if (o->json) {
		output_json(
			&o->out,
			json_pack("{s:O, s:o, s:O, s:O, s:O, s:O, s:O, s:O, "
				  "s:O}",
				  "n", row_part(row, "n"), "time",
				  output_json_time(time), "who",
				  row_part(row, "who"), "act",
				  row_part(row, "act"), "about",
				  row_part(row, "about"), "from",
				  row_part(row, "from"), "door",
				  row_part(row, "door"), "result",
				  row_part(row, "result"), "detail",
				  row_part(row, "detail")));
		return;
	}
	output_number(&o->out, row_number(row, "n"));
	output_time(&o->out, time);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		output_field(&o->out, row_text(row, keys[i]));
	output_end(&o->out);
}

static int
tell_log(struct oneshot *o)
{
	struct row_list list = { .method = "audit.list",
				 .cursor = "before",
				 .most = words_number(&o->words, OPTION_COUNT,
						      0),
				 .add = add_record };
	json_t *params = json_object();
	int exit_code = oneshot_set_moment(o, params, "since", OPTION_SINCE);

	if (words_value(&o->words, OPTION_BY))
		(void)json_object_set_new(
			params, "person",
			json_string(words_value(&o->words, OPTION_BY)));
	if (!exit_code)
		exit_code = oneshot_each(o, &list, json_incref(params));
	json_decref(params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

/* --- settings --- */

static void
add_setting(struct oneshot *o, const json_t *row)
{
	if (o->json) {
		output_json(&o->out, json_deep_copy(row));
		return;
	}
	output_field(&o->out, row_text(row, "setting"));
	output_field(&o->out, row_text(row, "value"));
	output_field(&o->out, row_text(row, "change"));
	output_field(&o->out, row_text(row, "normal"));
	output_field(&o->out, gettext(row_text(row, "means")));
	output_end(&o->out);
}

/* All, or the one of that name. */
static int
tell_settings(struct oneshot *o, const char *name)
{
	json_t *result = NULL;
	const json_t *row;
	size_t i, n = 0;
	int exit_code = oneshot_ask(o, "setting.list", NULL, &result);

	if (exit_code)
		return exit_code;
	json_array_foreach(json_object_get(result, "rows"), i, row)
	{
		if (name && strcmp(row_text(row, "setting"), name) != 0)
			continue;
		add_setting(o, row);
		n++;
	}
	json_decref(result);
	return oneshot_found(o, n);
}

static int
tell_changed(struct oneshot *o, const json_t *result)
{
	if (o->json) {
		output_json(&o->out, json_deep_copy(result));
		return EXIT_DONE;
	}
	output_field(&o->out, row_text(result, "setting"));
	output_field(&o->out, row_text(result, "value"));
	output_end(&o->out);
	return EXIT_DONE;
}

/* The rest of the words, with a blank between. */
static char *
join_rest(const struct oneshot *o, size_t from)
{
	struct buf line = BUF_INIT;

	for (size_t i = from; i < o->words.args.len; i++)
		buf_printf(&line, "%s%s", i > from ? " " : "",
			   (const char *)o->words.args.items[i]);
	return buf_take(&line);
}

static int
run_setting(struct oneshot *o)
{
	const struct vec *args = &o->words.args;
	json_t *result = NULL;
	char *value;
	int exit_code;

	if (args->len < 3)
		return tell_settings(o, args->len == 2 ? args->items[1] : NULL);
	value = join_rest(o, 2);
	exit_code = oneshot_ask(o, "setting.set",
				json_pack("{s:s, s:s}", "setting",
					  args->items[1], "value", value),
				&result);
	if (!exit_code)
		exit_code = tell_changed(o, result);
	json_decref(result);
	free(value);
	return exit_code;
}

/* --- people --- */

/* Something that only succeeds or not; `said` is a remark then. */
static int
act(struct oneshot *o, const char *method, json_t *params_take,
    const char *said)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, method, params_take, &result);

	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s", said);
	return exit_code;
}

static int
run_undo(struct oneshot *o)
{
	if (o->words.args.len != 2)
		return oneshot_misuse(o, _("Whose? One short name."));
	return act(o, "accounts.undo",
		   json_pack("{s:s}", "handle", o->words.args.items[1]),
		   _("Taken back."));
}

/* A number of the list; 0: it is none. */
static json_int_t
read_number(const char *word)
{
	return word[strspn(word, "0123456789")] ? 0 : strtol(word, NULL, 10);
}

static int
run_ask(struct oneshot *o)
{
	const struct vec *args = &o->words.args;
	json_int_t number = args->len > 2 ? read_number(args->items[1]) : 0;
	char *question;
	int exit_code;

	if (!number)
		return oneshot_misuse(o, _("The number of a request, and the "
					   "question."));
	question = join_rest(o, 2);
	exit_code = act(
		o, "register.ask",
		json_pack("{s:I, s:s}", "number", number, "question", question),
		_("The question is asked. They read it when they sign "
		  "in."));
	free(question);
	return exit_code;
}

/* As many lines as it has fields; keys a line each. */
static void
add_member(struct oneshot *o, const json_t *m)
{
	static const char *const keys[] = { "handle",	    "name",
					    "organisation", "role",
					    "standing",	    "reason" };
	const json_t *key;
	size_t i;

	if (o->json) {
		output_json(&o->out, json_deep_copy(m));
		return;
	}
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		output_field(&o->out, keys[i]);
		output_field(&o->out, row_text(m, keys[i]));
		output_end(&o->out);
	}
	json_array_foreach(json_object_get(m, "keys"), i, key)
	{
		output_field(&o->out, "key");
		output_field(&o->out, row_text(key, "fingerprint"));
		output_field(&o->out, row_text(key, "kind"));
		output_field(&o->out, row_text(key, "label"));
		output_end(&o->out);
	}
}

static int
run_member(struct oneshot *o)
{
	json_t *result = NULL;
	int exit_code;

	if (o->words.args.len != 2)
		return oneshot_misuse(o, _("Whose? One short name."));
	exit_code = oneshot_ask(
		o, "accounts.get",
		json_pack("{s:s}", "handle", o->words.args.items[1]), &result);
	if (!exit_code)
		add_member(o, result);
	json_decref(result);
	return exit_code;
}

static int
run_drop_key(struct oneshot *o)
{
	const struct vec *args = &o->words.args;

	if (args->len != 3)
		return oneshot_misuse(o, _("A short name and the fingerprint "
					   "of a key."));
	return act(o, "accounts.drop_key",
		   json_pack("{s:s, s:s}", "handle", args->items[1],
			     "fingerprint", args->items[2]),
		   _("The key opens nothing any more."));
}

/* --- sessions --- */

static void
add_session(struct oneshot *o, const json_t *row)
{
	if (o->json) {
		output_json(&o->out, json_deep_copy(row));
		return;
	}
	output_field(&o->out, row_text(row, "account"));
	output_number(&o->out, row_number(row, "session"));
	output_time(&o->out, row_number(row, "since"));
	output_field(&o->out, row_text(row, "from"));
	output_field(&o->out, row_text(row, "shape"));
	output_field(&o->out, row_text(row, "space"));
	output_end(&o->out);
}

static int
run_sessions(struct oneshot *o)
{
	json_t *result = NULL;
	const json_t *rows;
	int exit_code;

	if (o->words.args.len != 1)
		return oneshot_misuse(o, _("This takes no words."));
	exit_code = oneshot_ask(o, "session.list", json_pack("{s:b}", "all", 1),
				&result);
	if (exit_code)
		return exit_code;
	rows = json_object_get(result, "rows");
	for (size_t i = 0; i < json_array_size(rows); i++)
		add_session(o, json_array_get(rows, i));
	exit_code = oneshot_found(o, json_array_size(rows));
	json_decref(result);
	return exit_code;
}

static int
run_end(struct oneshot *o)
{
	const struct vec *args = &o->words.args;
	json_t *params;

	if (args->len < 2 || args->len > 3 ||
	    (args->len == 3 && !read_number(args->items[2])))
		return oneshot_misuse(o, _("A short name, and the number of a "
					   "session or all of them."));
	params = json_pack("{s:s}", "account", args->items[1]);
	if (args->len == 3)
		(void)json_object_set_new(
			params, "session",
			json_integer(read_number(args->items[2])));
	return act(o, "session.end", params, _("The session ends."));
}

static int
run_log(struct oneshot *o)
{
	return o->words.args.len == 1
		       ? tell_log(o)
		       : oneshot_misuse(o, _("This takes no words."));
}

static int
run_close(struct oneshot *o)
{
	json_t *result = NULL;
	int exit_code;

	if (o->words.args.len != 2)
		return oneshot_misuse(o, _("Whose profile?"));
	exit_code = oneshot_ask(
		o, "accounts.close",
		json_pack("{s:s}", "handle", o->words.args.items[1]), &result);
	if (!exit_code)
		oneshot_remark(
			o, "%s",
			json_is_true(json_object_get(result, "waits"))
				? _("Waits for a second administrator.")
				: _("Closed. What they wrote keeps their short "
				    "name."));
	json_decref(result);
	return exit_code;
}

int
do_admin(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "logboek", "log", run_log },
		{ "instelling", "setting", run_setting },
		{ "terugnemen", "undo", run_undo },
		{ "vraag", "ask", run_ask },
		{ "lid", "member", run_member },
		{ "sleutel-weg", "drop-key", run_drop_key },
		{ "sessies", "sessions", run_sessions },
		{ "beeindig", "end", run_end },
		{ "sluiten", "close", run_close },
		{ "ruimte", "space", do_admin_space },
		{ NULL, NULL, NULL },
	};
	const struct oneshot_act *chosen = NULL;

	if (o->words.args.len)
		chosen = oneshot_act(acts, o->words.args.items[0]);
	if (!chosen)
		return oneshot_misuse(o, _("What? log, setting, undo, ask, "
					   "member, drop-key, sessions, "
					   "end, close or space."));
	return chosen->run(o);
}
