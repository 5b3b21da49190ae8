/*
 * oneshot_discuss.c - the commands about discussions: threads, thread,
 * comment, resolve, reopen. People name a remark by its number; the wiki wants
 * its name.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"
#include "oneshot_version.h"

#include <stdlib.h>
#include <string.h>

#include "base/mention.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "view/draft.h"
#include "view/talk.h"

/* --- threads -------------------------------------------------------------- */

static void
add_thread(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		output_json(
			&o->out,
			json_pack("{s:O, s:O, s:O, s:O, s:O, s:O, s:O, s:O, "
				  "s:O}",
				  "thread", row_part(row, "thread"), "path",
				  row_part(row, "address"), "title",
				  row_part(row, "title"), "state",
				  row_part(row, "state"), "author",
				  row_part(row, "handle"), "remarks",
				  row_part(row, "remarks"), "passage",
				  row_part(row, "quote"), "new",
				  row_part(row, "new"), "follow",
				  row_part(row, "follow")));
		return;
	}
	output_field(&o->out, row_text(row, "thread"));
	output_field(&o->out, row_text(row, "state"));
	output_number(&o->out, row_number(row, "remarks"));
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

/* {address, at}, of those what is named. */
static int
name_page(struct oneshot *o, json_t **params)
{
	struct page_name page = { 0 };
	int exit_code;

	*params = json_object();
	exit_code = oneshot_page_or_all(o, &page);
	if (!exit_code && (page.version || page.commit[0]))
		exit_code = oneshot_misuse(o, _("As of a date: PAGE@DATE."));
	if (!exit_code) {
		json_decref(*params);
		*params = oneshot_page_params(&page);
	}
	free(page.address);
	return exit_code;
}

int
do_threads(struct oneshot *o)
{
	struct row_list list = { .method = "thread.list",
				 .cursor = "after",
				 .add = add_thread };
	const char *folder = words_value(&o->words, OPTION_FOLDER);
	json_t *params;
	int exit_code = name_page(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	if (folder)
		oneshot_set_folder(params, folder);
	if (!(o->words.set & OPTION_ALL))
		(void)json_object_set_new(params, "state", json_string("open"));
	exit_code = oneshot_each(o, &list, params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

/* --- one thread ----------------------------------------------------------- */

/* What became of a remark, in one word; NULL: nothing. */
static const char *
fate_of(const json_t *row)
{
	if (json_is_true(json_object_get(row, "withdrawn")))
		return "withdrawn";
	return row_number(row, "edited") ? "edited" : NULL;
}

/* {quote, found, version, author, time} of the passage: the latter three of
 * the version that took it away, or null. */
static json_t *
describe_passage(const json_t *passage)
{
	const json_t *lost = json_object_get(passage, "lost");
	json_t *time = json_is_object(lost)
			       ? output_json_time(row_number(lost, "time"))
			       : json_null();

	return json_pack("{s:O, s:O, s:O, s:O, s:o}", "quote",
			 row_part(passage, "quote"), "found",
			 row_part(passage, "found"), "version",
			 row_part(lost, "version"), "author",
			 row_part(lost, "handle"), "time", time);
}

/* `passage` NULL: none is told. */
static void
add_remark_json(struct oneshot *o, const json_t *row, const json_t *passage)
{
	json_t *out = json_pack(
		"{s:O, s:O, s:O, s:O, s:o, s:O, s:O, s:O, s:O, "
		"s:O}",
		"remark", row_part(row, "remark"), "number",
		row_part(row, "number"), "kind", row_part(row, "kind"),
		"author", row_part(row, "handle"), "time",
		output_json_time(row_number(row, "time")), "reply",
		row_part(row, "reply"), "withdrawn", row_part(row, "withdrawn"),
		"reason", row_part(row, "reason"), "text",
		row_part(row, "text"), "new", row_part(row, "new"));

	if (passage)
		(void)json_object_set_new(out, "passage",
					  describe_passage(passage));
	output_json(&o->out, out);
}

/* A text, without the newline that ends its file. */
static void
add_words(struct oneshot *o, const json_t *row)
{
	struct buf text = BUF_INIT;
	const char *s = row_text(row, "text");

	buf_str(&text, s ? s : "");
	if (text.len > 0 && text.ptr[text.len - 1] == '\n')
		buf_erase(&text, text.len - 1, 1);
	output_field(&o->out, text.ptr);
	buf_release(&text);
}

static void
add_remark(struct oneshot *o, const json_t *row, void *ctx)
{
	const char *number = row_text(row, "number");

	(void)ctx;
	if (o->json) {
		add_remark_json(o, row, NULL);
		return;
	}
	output_field(&o->out, number ? number : row_text(row, "kind"));
	output_field(&o->out, row_text(row, "handle"));
	output_time(&o->out, row_number(row, "time"));
	output_field(&o->out, fate_of(row));
	if (json_is_true(json_object_get(row, "withdrawn")))
		output_field(&o->out, row_text(row, "reason"));
	else
		add_words(o, row);
	output_end(&o->out);
}

/* One of a thread; the passage stands with its first. */
static void
add_first(struct oneshot *o, const json_t *row, void *ctx)
{
	const json_t **passage = ctx;
	const char *number = row_text(row, "number");

	if (!o->json) {
		add_remark(o, row, NULL);
		return;
	}
	add_remark_json(o, row,
			number && strcmp(number, "1") == 0 ? *passage : NULL);
}

/* The first argument, a code, with `@date` behind it if `dated`. */
static int
take_code(struct oneshot *o, json_t **params)
{
	struct vec *args = &o->words.args;
	char *code;

	*params = NULL;
	if (args->len == 0)
		return oneshot_misuse(o, _("Which discussion? threads gives "
					   "their codes."));
	code = vec_remove(args, 0);
	if (thread_code_is_valid(code))
		*params = json_pack("{s:s}", "thread", code);
	free(code);
	return *params ? 0
		       : oneshot_misuse(o, _("This is no code of a "
					     "discussion."));
}

/* Where the passage it is about is lost, and since when that is known. */
static void
take_head(struct oneshot *o, const json_t *result, void *ctx)
{
	const json_t *head = json_object_get(result, "head");
	const json_t *passage = json_object_get(head, "passage");
	const json_t *lost = json_object_get(passage, "lost");
	struct buf line = BUF_INIT;

	*(const json_t **)ctx = json_is_object(passage) ? passage : NULL;
	if (!json_is_object(lost))
		return;
	talk_tell_lost(lost, &line);
	oneshot_remark(o, "%s %s", _("This text is not on the page any more."),
		       line.ptr);
	buf_release(&line);
}

static int
show_thread(struct oneshot *o)
{
	const json_t *passage = NULL; /* of the part that is being written */
	struct row_list list = { .method = "thread.read",
				 .cursor = "after",
				 .add = add_first,
				 .begin = take_head,
				 .ctx = &passage };
	json_t *params = NULL;
	int64_t at = 0;
	int exit_code = oneshot_take_moment(o, &at);

	if (!exit_code)
		exit_code = take_code(o, &params);
	if (!exit_code && o->words.args.len > 0)
		exit_code = oneshot_misuse(o, _("One code."));
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	if (at)
		(void)json_object_set_new(params, "at", json_integer(at));
	return oneshot_each(o, &list, params);
}

/* --- one remark ----------------------------------------------------------- */

static const char *
find_number(const json_t *rows, const char *number)
{
	const char *said;
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		said = row_text(row, "number");
		if (said && strcmp(said, number) == 0)
			return row_text(row, "remark");
	}
	return NULL;
}

/* The code and the number behind it, as {thread, `key`: the remark's name}. */
static int
take_remark(struct oneshot *o, const char *key, json_t **params)
{
	json_t *rows = NULL;
	const char *name;
	char *number;
	int exit_code = take_code(o, params);

	if (exit_code)
		return exit_code;
	if (o->words.args.len == 0)
		return oneshot_misuse(o, _("Which remark? Say its number, "
					   "such as 2.1."));
	number = vec_remove(&o->words.args, 0);
	exit_code =
		oneshot_ask_rows(o, "thread.read", json_copy(*params), &rows);
	name = exit_code ? NULL : find_number(rows, number);
	if (name)
		(void)json_object_set_new(*params, key, json_string(name));
	else if (!exit_code)
		exit_code = oneshot_tell(o, PLEIN_ENOTFOUND,
					 _("There is no remark of that "
					   "number."));
	json_decref(rows);
	free(number);
	return exit_code;
}

/* --- writing -------------------------------------------------------------- */

static void
set_request(json_t *params)
{
	char request[DRAFT_REQUEST + 1];

	draft_make_request(request);
	(void)json_object_set_new(params, "request", json_string(request));
}

static void
tell_unknown(struct oneshot *o, const json_t *result)
{
	struct buf line = BUF_INIT;

	mention_tell_unknown(&line, json_object_get(result, "unknown"));
	if (line.len)
		oneshot_remark(o, "%s", line.ptr);
	buf_release(&line);
}

/* Prints the code and, of what has one, the number. */
static int
write_discussion(struct oneshot *o, const char *method, json_t *params_take)
{
	struct err err = ERR_INIT;
	struct rpc_msg m = { 0 };
	int rc = oneshot_write(o, method, params_take, &m, &err);
	int exit_code = 0;

	if (rc) {
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	} else if (o->json) {
		output_json(&o->out, json_incref(m.result));
	} else {
		output_field(&o->out, row_text(m.result, "thread"));
		output_field(&o->out, row_text(m.result, "number"));
		output_end(&o->out);
	}
	if (!exit_code)
		tell_unknown(o, m.result);
	rpc_msg_release(&m);
	return exit_code;
}

static void
set_text(json_t *params, const char *key, const char *value)
{
	if (value)
		(void)json_object_set_new(params, key, json_string(value));
}

/* With the text that comes in. */
static int
write_text(struct oneshot *o, const char *method, json_t *params_take)
{
	struct buf text = BUF_INIT;
	int exit_code = oneshot_read_text(o, &text);

	if (exit_code) {
		json_decref(params_take);
	} else {
		(void)json_object_set_new(params_take, "text",
					  json_stringn(text.ptr, text.len));
		set_request(params_take);
		exit_code = write_discussion(o, method, params_take);
	}
	buf_release(&text);
	return exit_code;
}

static int
begin_thread(struct oneshot *o)
{
	struct page_name page = { 0 };
	json_t *params;
	int exit_code = oneshot_page_of_now(o, &page);

	if (exit_code) {
		free(page.address);
		return exit_code;
	}
	params = json_pack("{s:s, s:s}", "address", page.address, "title",
			   words_value(&o->words, OPTION_TITLE));
	set_text(params, "quote", words_value(&o->words, OPTION_AT));
	free(page.address);
	return write_text(o, "thread.start", params);
}

static int
answer_thread(struct oneshot *o)
{
	bool reply = o->words.args.len > 1;
	json_t *params = NULL;
	int exit_code = reply ? take_remark(o, "reply", &params)
			      : take_code(o, &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	return write_text(o, "remark.add", params);
}

static int
edit_remark(struct oneshot *o)
{
	json_t *params = NULL;
	int exit_code = take_remark(o, "remark", &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)json_object_del(params, "thread");
	set_text(params, "title", words_value(&o->words, OPTION_TITLE));
	return write_text(o, "remark.edit", params);
}

static int
withdraw_remark(struct oneshot *o)
{
	json_t *params = NULL;
	int exit_code = take_remark(o, "remark", &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)json_object_del(params, "thread");
	set_text(params, "reason", words_value(&o->words, OPTION_REASON));
	set_request(params);
	return write_discussion(o, "remark.withdraw", params);
}

static int
restore_remark(struct oneshot *o)
{
	json_t *params = NULL;
	int exit_code = take_remark(o, "remark", &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)json_object_del(params, "thread");
	set_request(params);
	return write_discussion(o, "remark.restore", params);
}

int
do_comment(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "wijzig", "edit", edit_remark },
		{ "trek-in", "withdraw", withdraw_remark },
		{ "zet-terug", "restore", restore_remark },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "");

	if (act) {
		free(vec_remove(args, 0));
		return act->run(o);
	}
	if (words_value(&o->words, OPTION_TITLE))
		return begin_thread(o);
	return answer_thread(o);
}

static int
change_state(struct oneshot *o, const char *method)
{
	json_t *params = NULL;
	int exit_code = take_code(o, &params);

	if (exit_code)
		return exit_code;
	set_text(params, "reason", words_value(&o->words, OPTION_REASON));
	set_request(params);
	return write_discussion(o, method, params);
}

int
do_resolve(struct oneshot *o)
{
	return change_state(o, "thread.resolve");
}

int
do_reopen(struct oneshot *o)
{
	return change_state(o, "thread.reopen");
}

/* --- moving, splitting, earlier wordings ---------------------------------- */

static int
move_thread(struct oneshot *o)
{
	struct page_name page = { 0 };
	json_t *params = NULL;
	int exit_code = take_code(o, &params);

	if (!exit_code)
		exit_code = oneshot_page_of_now(o, &page);
	if (exit_code) {
		json_decref(params);
	} else {
		set_text(params, "address", page.address);
		set_text(params, "note", words_value(&o->words, OPTION_NOTE));
		exit_code = write_discussion(o, "thread.move", params);
	}
	free(page.address);
	return exit_code;
}

static int
split_thread(struct oneshot *o)
{
	json_t *params = NULL;
	int exit_code;

	if (!words_value(&o->words, OPTION_TITLE))
		return oneshot_misuse(o, _("A discussion needs a title: "
					   "--title T."));
	exit_code = take_remark(o, "remark", &params);
	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)json_object_del(params, "thread");
	set_text(params, "title", words_value(&o->words, OPTION_TITLE));
	set_text(params, "note", words_value(&o->words, OPTION_NOTE));
	return write_discussion(o, "thread.split", params);
}

static int
join_thread(struct oneshot *o)
{
	json_t *params = NULL;
	int exit_code = take_code(o, &params);

	if (exit_code)
		return exit_code;
	set_text(params, "note", words_value(&o->words, OPTION_NOTE));
	return write_discussion(o, "thread.join", params);
}

static void
add_wording(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:o, s:O, s:O, s:O}", "commit",
				      row_part(row, "commit"), "time",
				      output_json_time(row_number(row, "time")),
				      "author", row_part(row, "handle"),
				      "reason", row_part(row, "reason"), "text",
				      row_part(row, "text")));
		return;
	}
	output_time(&o->out, row_number(row, "time"));
	output_field(&o->out, row_text(row, "handle"));
	add_words(o, row);
	output_end(&o->out);
}

static int
show_wordings(struct oneshot *o)
{
	struct row_list list = { .method = "remark.log",
				 .cursor = "after",
				 .add = add_wording };
	json_t *params = NULL;
	int exit_code = take_remark(o, "remark", &params);

	if (exit_code) {
		json_decref(params);
		return exit_code;
	}
	(void)json_object_del(params, "thread");
	return oneshot_each(o, &list, params);
}

int
do_thread(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "geschiedenis", "log", show_wordings },
		{ "verplaats", "move", move_thread },
		{ "splits", "split", split_thread },
		{ "voeg-terug", "join", join_thread },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "");

	if (!act)
		return show_thread(o);
	free(vec_remove(args, 0));
	return act->run(o);
}
