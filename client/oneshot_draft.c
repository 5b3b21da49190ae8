/* oneshot_draft.c - the command about drafts. */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"

/* --- draft ------------------------------------------------------------- */

static void
add_draft(struct oneshot *o, const json_t *row)
{
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:o, s:O, s:O}",
				      "path", row_part(row, "address"), "title",
				      row_part(row, "title"), "base",
				      row_part(row, "base"), "version",
				      row_part(row, "latest"), "time",
				      output_json_time(row_number(row, "time")),
				      "size", row_part(row, "size"), "new",
				      row_part(row, "new")));
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	output_number(&o->out, row_number(row, "base"));
	output_time(&o->out, row_number(row, "time"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static int
list_drafts(struct oneshot *o)
{
	json_t *result;
	const json_t *rows;
	size_t n;
	int exit_code = oneshot_ask(o, "draft.list", NULL, &result);

	if (exit_code)
		return exit_code;
	rows = json_object_get(result, "rows");
	n = json_array_size(rows);
	for (size_t i = 0; i < n; i++)
		add_draft(o, json_array_get(rows, i));
	json_decref(result);
	return n ? EXIT_DONE : EXIT_NOTHING;
}

/*
 * Which page the words behind the first one name. A draft may be of a page
 * that does not exist: an address is taken as it is.
 */
static int
find_page(struct oneshot *o, struct page_name *page)
{
	struct buf name = BUF_INIT, path = BUF_INIT;
	int exit_code = 0;

	memset(page, 0, sizeof(*page));
	free(vec_remove(&o->words.args, 0));
	words_join(&o->words, &name);
	if (name.len && path_from_address(name.ptr, &path, NULL) == 0)
		page->address = mem_strdup(name.ptr);
	else
		exit_code = oneshot_page(o, page);
	buf_release(&name);
	buf_release(&path);
	return exit_code;
}

/* draft.read or draft.drop of the page that is named; 0 and the result. */
static int
ask_draft(struct oneshot *o, const char *method, json_t **result)
{
	struct err err = ERR_INIT;
	struct page_name page;
	struct rpc_msg m = { 0 };
	int rc, exit_code = find_page(o, &page);

	*result = NULL;
	if (exit_code)
		return exit_code;
	rc = oneshot_call(o, method,
			  json_pack("{s:s}", "address", page.address), &m,
			  &err);
	if (rc == PLEIN_ENOTFOUND)
		exit_code = oneshot_tell(o, rc,
					 _("You have no draft of this page."));
	else if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else
		*result = json_incref(m.result);
	rpc_msg_release(&m);
	free(page.address);
	return exit_code;
}

static int
read_draft(struct oneshot *o)
{
	json_t *draft;
	int exit_code = ask_draft(o, "draft.read", &draft);

	if (exit_code)
		return exit_code;
	if (o->json)
		output_json(
			&o->out,
			json_pack("{s:O, s:O, s:O, s:O, s:o, s:O}", "path",
				  row_part(draft, "address"), "title",
				  row_part(draft, "title"), "base",
				  row_part(draft, "base"), "version",
				  row_part(draft, "latest"), "time",
				  output_json_time(row_number(draft, "time")),
				  "text", row_part(draft, "text")));
	else
		output_text(&o->out, row_text(draft, "text"),
			    json_string_length(row_part(draft, "text")));
	json_decref(draft);
	return EXIT_DONE;
}

static int
drop_draft(struct oneshot *o)
{
	json_t *result;
	int exit_code = ask_draft(o, "draft.drop", &result);

	if (exit_code)
		return exit_code;
	oneshot_remark(o, "%s", _("The draft is thrown away."));
	json_decref(result);
	return EXIT_DONE;
}

int
do_draft(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "lijst", "list", list_drafts },
		{ "lees", "read", read_draft },
		{ "weg", "drop", drop_draft },
		{ NULL, NULL, NULL },
	};
	const struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "list");

	if (!act || (act->run == list_drafts && args->len > 1))
		return oneshot_misuse(o, _("List, read or drop a draft?"));
	return act->run(o);
}
