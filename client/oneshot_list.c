/* oneshot_list.c - commands that list: list, tree. */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

/* The state of a question, the status of everything else. */
static json_t *
status_of(const json_t *row)
{
	json_t *state = row_part(row, "state");

	return json_is_string(state) ? state : row_part(row, "status");
}

/* Sets a member unless the value is NULL. */
static void
set_text(json_t *object, const char *key, const char *value)
{
	if (value)
		(void)json_object_set_new(object, key, json_string(value));
}

/* Call `add` for each row; EXIT_NOTHING when there is none. */
static int
add_rows(struct oneshot *o, json_t *rows_take,
	 void (*add)(struct oneshot *o, const json_t *row))
{
	size_t n = json_array_size(rows_take);

	for (size_t i = 0; i < n; i++)
		add(o, json_array_get(rows_take, i));
	json_decref(rows_take);
	return oneshot_found(o, n);
}

/* --- list --- */

static void
add_page(struct oneshot *o, const json_t *row)
{
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:O}", "path",
				      row_part(row, "address"), "title",
				      row_part(row, "title"), "kind",
				      row_part(row, "kind"), "status",
				      status_of(row), "version",
				      row_part(row, "version"), "new",
				      row_part(row, "new")));
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "kind"));
	output_field(&o->out, json_string_value(status_of(row)));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

/* Keep the pages that are news for this person. */
static int
keep_new(struct oneshot *o, json_t *rows)
{
	json_t *news, *fresh = json_object(), *row;
	int exit_code = oneshot_ask(o, "news.list", NULL, &news);
	size_t i;

	json_array_foreach(json_object_get(news, "rows"), i, row)
	{
		(void)json_object_set_new(fresh, row_text(row, "address"),
					  json_true());
	}
	for (i = json_array_size(rows); i-- > 0;) {
		row = json_array_get(rows, i);
		if (!json_object_get(fresh, row_text(row, "address")))
			(void)json_array_remove(rows, i);
	}
	json_decref(fresh);
	json_decref(news);
	return exit_code;
}

int
do_list(struct oneshot *o)
{
	json_t *params, *rows;
	int64_t at;
	int exit_code = oneshot_take_moment(o, &at);

	if (!exit_code && o->words.args.len > 1)
		exit_code = oneshot_misuse(o, _("One folder at most."));
	if (exit_code)
		return exit_code;
	params = json_object();
	if (at)
		(void)json_object_set_new(params, "at", json_integer(at));
	if (o->words.args.len)
		oneshot_set_folder(params, o->words.args.items[0]);
	set_text(params, "kind", words_value(&o->words, OPTION_KIND));
	set_text(params, "status", words_value(&o->words, OPTION_STATUS));
	exit_code = oneshot_ask_rows(o, "page.list", params, &rows);
	if (exit_code)
		return exit_code;
	if (o->words.set & OPTION_NEW)
		exit_code = keep_new(o, rows);
	if (!exit_code)
		return add_rows(o, rows, add_page);
	json_decref(rows);
	return exit_code;
}

/* --- tree --- */

static void
add_branch(struct oneshot *o, const json_t *row)
{
	json_int_t depth = json_integer_value(row_part(row, "depth"));
	const char *address = row_text(row, "address");

	if (!address)
		return; /* the heading of pages that hang nowhere */
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:I, s:O}", "path",
				      row_part(row, "address"), "title",
				      row_part(row, "title"), "kind",
				      row_part(row, "kind"), "status",
				      status_of(row), "depth", depth, "new",
				      row_part(row, "new")));
		return;
	}
	for (json_int_t i = 0; i < depth; i++)
		buf_str(&o->out, "  ");
	output_field(&o->out, address);
	output_field(&o->out, json_string_value(status_of(row)));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

/* Their heading is not printed, so pages that hang nowhere move up. */
static void
raise_rest(const json_t *rows)
{
	bool rest = false;
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		json_int_t depth = json_integer_value(row_part(row, "depth"));

		if (rest && depth > 0)
			(void)json_object_set_new(row, "depth",
						  json_integer(depth - 1));
		rest = rest || json_is_null(row_part(row, "address"));
	}
}

static json_t *
tree_params(const struct oneshot *o, const struct page_name *page)
{
	long depth = words_number(&o->words, OPTION_DEPTH, 0);
	json_t *params = json_object();

	set_text(params, "address", page->address);
	if (page->at)
		(void)json_object_set_new(params, "at", json_integer(page->at));
	if (depth)
		(void)json_object_set_new(
			params, "depth", json_integer(depth < 64 ? depth : 64));
	return params;
}

int
do_tree(struct oneshot *o)
{
	struct page_name page = { 0 };
	int exit_code = oneshot_page_or_all(o, &page);
	json_t *rows;

	if (!exit_code && (page.version || *page.commit))
		exit_code = oneshot_misuse(o, _("A tree has no versions. A "
						"date will do: PAGE@DATE"));
	if (!exit_code)
		exit_code = oneshot_ask_rows(o, "agenda.tree",
					     tree_params(o, &page), &rows);
	if (!exit_code) {
		raise_rest(rows);
		exit_code = add_rows(o, rows, add_branch);
	}
	free(page.address);
	return exit_code;
}
