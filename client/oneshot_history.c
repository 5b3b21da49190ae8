/* oneshot_history.c - what was changed, by whom: log, changes, blame. */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>

#include "base/tale.h"
#include "plein/i18n.h"

/* --- log --- */

static void
add_version(struct oneshot *o, const json_t *row, void *ctx)
{
	json_int_t time = row_number(row, "time");

	(void)ctx;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:o, s:O, s:O, "
				      "s:O}",
				      "version", row_part(row, "version"),
				      "path", row_part(row, "address"),
				      "author", row_part(row, "handle"), "name",
				      row_part(row, "author"), "time",
				      output_json_time(time), "note",
				      row_part(row, "note"), "commit",
				      row_part(row, "commit"), "gone",
				      row_part(row, "gone")));
		return;
	}
	output_number(&o->out, row_number(row, "version"));
	output_time(&o->out, time);
	output_field(&o->out, row_text(row, "handle"));
	output_field(&o->out, row_text(row, "note"));
	output_end(&o->out);
}

static void
add_talk(struct oneshot *o, const json_t *row, const char *address)
{
	struct buf note = BUF_INIT;
	json_int_t time = row_number(row, "time");

	tale_talk(&note, row, address);
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:o, s:s, "
				      "s:O, s:O, s:O, s:O}",
				      "what", row_part(row, "what"), "path",
				      row_part(row, "address"), "from",
				      row_part(row, "from"), "author",
				      row_part(row, "handle"), "name",
				      row_part(row, "author"), "time",
				      output_json_time(time), "note", note.ptr,
				      "commit", row_part(row, "commit"),
				      "thread", row_part(row, "thread"),
				      "thread_title",
				      row_part(row, "thread_title"), "remark",
				      row_part(row, "remark")));
	} else {
		output_field(&o->out, row_text(row, "thread"));
		output_time(&o->out, time);
		output_field(&o->out, row_text(row, "handle"));
		output_field(&o->out, note.ptr);
		output_end(&o->out);
	}
	buf_release(&note);
}

/* `ctx` is the address of the page. */
static void
add_happened(struct oneshot *o, const json_t *row, void *ctx)
{
	if (row_text(row, "thread"))
		add_talk(o, row, ctx);
	else
		add_version(o, row, ctx);
}

int
do_log(struct oneshot *o)
{
	struct row_list list = { .method = "page.log",
				 .cursor = "before",
				 .most = words_number(&o->words, OPTION_COUNT,
						      0),
				 .add = add_version };
	struct page_name page;
	int exit_code = oneshot_page_of_now(o, &page);

	if (o->words.set & OPTION_ALL) {
		list.method = "page.history";
		list.add = add_happened;
		list.ctx = page.address;
	}
	if (!exit_code)
		exit_code = oneshot_each(o, &list, oneshot_page_params(&page));
	free(page.address);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

/* --- changes --- */

static void
add_changed(struct oneshot *o, const json_t *row, const json_t *page)
{
	json_int_t time = row_number(row, "time");

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:O, s:o, "
				      "s:O, s:O, s:O, s:O, s:O}",
				      "version", row_part(page, "version"),
				      "path", row_part(page, "address"),
				      "title", row_part(page, "title"),
				      "action", row_part(page, "action"),
				      "author", row_part(row, "handle"), "name",
				      row_part(row, "author"), "time",
				      output_json_time(time), "note",
				      row_part(row, "note"), "commit",
				      row_part(row, "commit"), "thread",
				      row_part(page, "thread"), "remark",
				      row_part(page, "remark"), "new",
				      row_part(page, "new")));
		return;
	}
	if (row_text(page, "thread"))
		output_field(&o->out, row_text(page, "thread"));
	else
		output_number(&o->out, row_number(page, "version"));
	output_field(&o->out, row_text(page, "address"));
	output_time(&o->out, time);
	output_field(&o->out, row_text(row, "handle"));
	output_field(&o->out, row_text(row, "note"));
	output_end(&o->out);
}

/* A line for each page; what changed no page is not told. */
static void
add_change(struct oneshot *o, const json_t *row, void *ctx)
{
	const json_t *pages = json_object_get(row, "pages");
	size_t *n = ctx;

	for (size_t i = 0; i < json_array_size(pages); i++)
		add_changed(o, row, json_array_get(pages, i));
	*n += json_array_size(pages);
}

/* The page that the words name, if they name one. */
static int
set_page(struct oneshot *o, json_t *params)
{
	struct page_name page = { 0 };
	int exit_code;

	if (!o->words.args.len)
		return EXIT_DONE;
	exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code)
		(void)json_object_set_new(params, "address",
					  json_string(page.address));
	free(page.address);
	return exit_code;
}

static int
set_changes(struct oneshot *o, json_t *params)
{
	const char *by = words_value(&o->words, OPTION_BY);
	const char *folder = words_value(&o->words, OPTION_FOLDER);
	int exit_code = oneshot_set_moment(o, params, "since", OPTION_SINCE);

	if (!exit_code)
		exit_code =
			oneshot_set_moment(o, params, "until", OPTION_UNTIL);
	if (by)
		(void)json_object_set_new(params, "handle", json_string(by));
	if (folder)
		oneshot_set_folder(params, folder);
	return exit_code;
}

int
do_changes(struct oneshot *o)
{
	size_t n = 0;
	struct row_list list = { .method = "changes.list",
				 .cursor = "before",
				 .add = add_change,
				 .ctx = &n };
	json_t *params;
	int exit_code;

	params = json_object();
	exit_code = set_page(o, params);
	if (!exit_code)
		exit_code = set_changes(o, params);
	if (!exit_code)
		exit_code = oneshot_each(o, &list, json_incref(params));
	json_decref(params);
	return exit_code ? exit_code : oneshot_found(o, n);
}

/* --- blame --- */

static void
join_lines(struct buf *out, const json_t *lines)
{
	const json_t *line;
	size_t i;

	json_array_foreach(lines, i, line)
	{
		if (i)
			buf_char(out, '\n');
		if (json_is_string(line))
			buf_str(out, json_string_value(line));
	}
}

static void
add_piece(struct oneshot *o, const json_t *row, void *ctx)
{
	json_int_t time = row_number(row, "time");
	struct buf text = BUF_INIT;

	(void)ctx;
	join_lines(&text, json_object_get(row, "lines"));
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:o, s:O, s:O, s:O, "
				      "s:s%}",
				      "version", row_part(row, "version"),
				      "author", row_part(row, "handle"), "name",
				      row_part(row, "author"), "time",
				      output_json_time(time), "note",
				      row_part(row, "note"), "line",
				      row_part(row, "first"), "lines",
				      row_part(row, "count"), "text", text.ptr,
				      text.len));
	} else {
		output_number(&o->out, row_number(row, "version"));
		output_field(&o->out, row_text(row, "handle"));
		output_time(&o->out, time);
		output_field(&o->out, text.ptr);
		output_end(&o->out);
	}
	buf_release(&text);
}

/* page.blame knows versions by number only. */
static int
find_number(struct oneshot *o, struct page_name *page)
{
	json_t *read;
	int exit_code;

	if (!*page->commit && !page->at)
		return EXIT_DONE;
	exit_code = oneshot_page_read(o, page, &read);
	if (exit_code)
		return exit_code;
	page->version = row_number(read, "version");
	*page->commit = '\0';
	page->at = 0;
	json_decref(read);
	return EXIT_DONE;
}

int
do_blame(struct oneshot *o)
{
	struct row_list list = { .method = "page.blame",
				 .cursor = "line",
				 .add = add_piece };
	struct page_name page;
	int exit_code = oneshot_page(o, &page);

	if (!exit_code)
		exit_code = find_number(o, &page);
	if (!exit_code)
		exit_code = oneshot_each(o, &list, oneshot_page_params(&page));
	free(page.address);
	if (exit_code)
		return exit_code;
	if (list.incomplete)
		oneshot_remark(o, "%s",
			       _("The oldest versions were left out: a piece "
				 "may be older than it says."));
	return oneshot_found(o, list.n);
}
