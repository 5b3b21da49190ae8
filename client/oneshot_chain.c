/* oneshot_chain.c - see oneshot_chain.h. */
#include "oneshot_chain.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "oneshot_page.h"
#include "oneshot_rows.h"
#include "oneshot_version.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/draft.h"

void
chain_member(json_t *params, const char *key, const char *value)
{
	if (value)
		(void)json_object_set_new(params, key, json_string(value));
}

/* --- words ---------------------------------------------------------------- */

static const struct chain_field *
find_field(const struct chain_field *fields, const char *word, size_t len)
{
	for (; fields->nl; fields++)
		if ((strlen(fields->nl) == len &&
		     strncmp(fields->nl, word, len) == 0) ||
		    (strlen(fields->en) == len &&
		     strncmp(fields->en, word, len) == 0))
			return fields;
	return NULL;
}

/* The words from `first` on are fields and their values. */
static int
read_fields(struct oneshot *o, const struct chain_field *fields, size_t first,
	    json_t *params)
{
	const struct chain_field *field = NULL;
	const struct vec *args = &o->words.args;
	struct buf value = BUF_INIT;
	int exit_code = EXIT_DONE;

	for (size_t i = first; i < args->len && !exit_code; i++) {
		const char *word = args->items[i];
		const char *equals = strchr(word, '=');

		if (equals) {
			field = find_field(fields, word,
					   (size_t)(equals - word));
			buf_reset(&value);
			buf_str(&value, equals + 1);
		} else {
			buf_printf(&value, " %s", word);
		}
		if (field)
			chain_member(params, field->param, value.ptr);
		else
			exit_code = oneshot_misuse(o, _("There is no such "
							"field here."));
	}
	buf_release(&value);
	return exit_code;
}

int
chain_fields(struct oneshot *o, const struct chain_field *fields,
	     json_t *params)
{
	struct vec *args = &o->words.args;
	size_t first = 0;
	int exit_code;

	while (first < args->len && !strchr(args->items[first], '='))
		first++;
	exit_code = read_fields(o, fields, first, params);
	while (args->len > first)
		free(vec_remove(args, args->len - 1));
	return exit_code;
}

char *
chain_last(struct oneshot *o)
{
	struct vec *args = &o->words.args;

	return args->len > 1 ? vec_remove(args, args->len - 1) : NULL;
}

int
chain_page(struct oneshot *o, json_t **params)
{
	struct page_name page = { 0 };
	int exit_code = oneshot_page_or_all(o, &page);

	*params = json_object();
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
chain_page_of_now(struct oneshot *o, json_t *params)
{
	struct page_name page = { 0 };
	int exit_code = oneshot_page_of_now(o, &page);

	if (!exit_code)
		chain_member(params, "address", page.address);
	free(page.address);
	return exit_code;
}

int
chain_day(struct oneshot *o, json_t *params)
{
	chain_member(params, "on", words_value(&o->words, OPTION_UNTIL));
	return EXIT_DONE;
}

/* --- answers -------------------------------------------------------------- */

void
chain_json(struct oneshot *o, const json_t *row)
{
	json_t *copy = json_copy((json_t *)row);

	(void)json_object_set(copy, "path", row_part(row, "address"));
	(void)json_object_del(copy, "address");
	output_json(&o->out, copy);
}

static void
tell_written(struct oneshot *o, const json_t *result, const char *key)
{
	struct buf line = BUF_INIT;

	if (o->json) {
		chain_json(o, result);
		return;
	}
	if (key)
		output_field(&o->out, row_text(result, key));
	output_number(&o->out, row_number(result, "version"));
	output_end(&o->out);
	sentence_saved(&line, result);
	oneshot_remark(o, "%s", line.ptr);
	buf_release(&line);
}

int
chain_write(struct oneshot *o, const char *method, const char *key,
	    json_t *params_take)
{
	char request[DRAFT_REQUEST + 1];
	struct err err = ERR_INIT;
	struct rpc_msg m = { 0 };
	int rc, exit_code = EXIT_DONE;

	draft_make_request(request);
	chain_member(params_take, "request", request);
	chain_member(params_take, "note", words_value(&o->words, OPTION_NOTE));
	rc = oneshot_write(o, method, params_take, &m, &err);
	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else
		tell_written(o, m.result, key);
	rpc_msg_release(&m);
	return exit_code;
}

int
chain_write_text(struct oneshot *o, const char *method, const char *key,
		 bool needed, json_t *params_take)
{
	struct buf text = BUF_INIT;
	int exit_code = oneshot_read_text(o, &text);

	while (text.len > 0 && text.ptr[text.len - 1] == '\n')
		buf_erase(&text, text.len - 1, 1);
	if (exit_code) {
		json_decref(params_take);
	} else {
		if (text.len > 0 || needed)
			chain_member(params_take, "text", text.ptr);
		exit_code = chain_write(o, method, key, params_take);
	}
	buf_release(&text);
	return exit_code;
}
