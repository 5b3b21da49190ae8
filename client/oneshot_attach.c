/*
 * oneshot_attach.c - the command attach: a file beside a page, sent and
 * fetched in pieces.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"
#include "oneshot_version.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/attachment.h"
#include "plein/base64.h"
#include "plein/fs.h"
#include "plein/i18n.h"

#define PIECE ((size_t)1024 * 1024)
#define TRIES 3 /* when the wiki has lost what was sent */
#define BYTES_MAX ((size_t)ATTACHMENT_MB_MAX << 20)

/* The page and the name behind it; *params holds both. */
static int
name_both(struct oneshot *o, json_t **params)
{
	struct vec *args = &o->words.args;
	struct page_name page;
	char *name;
	int exit_code;

	*params = NULL;
	if (args->len < 2)
		return oneshot_misuse(o, _("Which page, and which file?"));
	name = vec_remove(args, args->len - 1);
	exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code) {
		*params = version_params(o, page.address);
		(void)json_object_set_new(*params, "name", json_string(name));
	}
	free(page.address);
	free(name);
	return exit_code;
}

/* --- putting ------------------------------------------------------------ */

/* One piece; *offset moves on, to the end with the last. */
static int
send_piece(struct oneshot *o, json_t *params, const struct buf *file,
	   size_t *offset, struct rpc_msg *m, struct err *err)
{
	size_t n = file->len - *offset < PIECE ? file->len - *offset : PIECE;
	struct buf data = BUF_INIT;
	int rc;

	base64_encode(&data, file->ptr + *offset, n);
	(void)json_object_set_new(params, "offset",
				  json_integer((json_int_t)*offset));
	(void)json_object_set_new(params, "data",
				  json_stringn(data.ptr, data.len));
	rc = oneshot_write(o, "file.put", json_copy(params), m, err);
	buf_release(&data);
	if (!rc)
		*offset += n;
	return rc;
}

/* All pieces; `m` is the answer to the last, or what went wrong. */
static int
send_file(struct oneshot *o, json_t *params, const struct buf *file,
	  struct rpc_msg *m, struct err *err)
{
	size_t offset = 0;
	int tries = 1, rc;

	for (;;) {
		rc = send_piece(o, params, file, &offset, m, err);
		if (!rc && offset == file->len)
			return 0;
		if (rc == PLEIN_ECONFLICT && tries++ < TRIES)
			offset = 0; /* a fresh wiki process has nothing */
		else if (rc)
			return rc;
		rpc_msg_release(m);
		memset(m, 0, sizeof(*m));
	}
}

static void
tell_stored(struct oneshot *o, const json_t *result)
{
	const char *path = row_text(result, "path");

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O}", "path",
				      row_part(result, "address"), "name",
				      row_part(result, "name"), "file",
				      row_part(result, "path"), "commit",
				      row_part(result, "commit")));
		return;
	}
	output_field(&o->out, row_text(result, "commit"));
	output_end(&o->out);
	if (path)
		oneshot_remark(o, _("Stored. In a page it is: %s"), path);
}

static int
put_file(struct oneshot *o, json_t *params, const struct buf *file)
{
	struct err err = ERR_INIT;
	struct rpc_msg m = { 0 };
	int rc, exit_code = EXIT_DONE;

	(void)json_object_set_new(params, "size",
				  json_integer((json_int_t)file->len));
	rc = send_file(o, params, file, &m, &err);
	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else
		tell_stored(o, m.result);
	rpc_msg_release(&m);
	return exit_code;
}

static int
do_put(struct oneshot *o)
{
	struct err err = ERR_INIT;
	struct buf file = BUF_INIT;
	json_t *params = NULL;
	int rc = 0, exit_code;

	if (!isatty(STDIN_FILENO))
		rc = fs_read_fd(STDIN_FILENO, &file, BYTES_MAX, &err);
	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, NULL);
	else if (!file.len)
		exit_code = oneshot_misuse(o, _("No bytes came in. Nothing was "
						"stored."));
	else
		exit_code = name_both(o, &params);
	if (!exit_code)
		exit_code = put_file(o, params, &file);
	json_decref(params);
	buf_release(&file);
	return exit_code;
}

/* --- the others --------------------------------------------------------- */

static void
add_row(struct oneshot *o, const json_t *row, void *ctx)
{
	const char *handle = row_text(row, "handle");

	(void)ctx;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:o, s:O}", "name",
				      row_part(row, "name"), "size",
				      row_part(row, "size"), "author",
				      row_part(row, "handle"), "time",
				      handle ? output_json_time(
						       row_number(row, "time"))
					     : json_null(),
				      "commit", row_part(row, "commit")));
		return;
	}
	output_field(&o->out, row_text(row, "name"));
	output_number(&o->out, row_number(row, "size"));
	if (handle) /* else nobody knows, for now */
		output_time(&o->out, row_number(row, "time"));
	else
		output_field(&o->out, "");
	output_field(&o->out, handle ? handle : "");
	output_end(&o->out);
}

static int
do_list_files(struct oneshot *o)
{
	struct row_list l = { .method = "file.list",
			      .cursor = "after",
			      .add = add_row };
	struct page_name page;
	int exit_code = oneshot_page_of_now(o, &page);

	if (!exit_code)
		exit_code = oneshot_each(
			o, &l, json_pack("{s:s}", "address", page.address));
	free(page.address);
	return exit_code ? exit_code : oneshot_found(o, l.n);
}

/* One piece onto stdout; *next is where the following begins, or 0. */
static int
fetch_piece(struct oneshot *o, json_t *params, json_int_t *next)
{
	struct err err = ERR_INIT;
	json_t *result;
	const char *data;
	int exit_code = oneshot_ask(o, "file.get", json_copy(params), &result);

	if (exit_code)
		return exit_code;
	data = row_text(result, "data");
	if (!data || base64_decode(&o->out, data, strlen(data), &err))
		exit_code = oneshot_fail(o, PLEIN_EPROTO, "no data", NULL);
	*next = row_number(result, "next");
	(void)json_object_set(params, "commit", row_part(result, "commit"));
	(void)json_object_set_new(params, "offset", json_integer(*next));
	json_decref(result);
	return exit_code ? exit_code : oneshot_flush(o);
}

static int
do_get(struct oneshot *o)
{
	json_t *params;
	json_int_t next = 1;
	int exit_code = name_both(o, &params);

	if (exit_code)
		return exit_code;
	(void)json_object_del(params, "note");
	(void)json_object_del(params, "request");
	while (!exit_code && next)
		exit_code = fetch_piece(o, params, &next);
	json_decref(params);
	return exit_code;
}

static int
do_drop(struct oneshot *o)
{
	struct err err = ERR_INIT;
	struct rpc_msg m = { 0 };
	json_t *params;
	int rc, exit_code = name_both(o, &params);

	if (exit_code)
		return exit_code;
	rc = oneshot_write(o, "file.delete", params, &m, &err);
	if (rc) {
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	} else {
		output_field(&o->out, row_text(m.result, "commit"));
		output_end(&o->out);
	}
	rpc_msg_release(&m);
	return exit_code;
}

int
do_attach(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "lijst", "list", do_list_files },
		{ "haal", "get", do_get },
		{ "weg", "drop", do_drop },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "");

	if (!act)
		return do_put(o);
	free(vec_remove(args, 0));
	return act->run(o);
}
