/*
 * handle_file.c - attachments: file.put, file.get, file.list, file.delete.
 * They lie beside their page (bijlagen/<page address>/<name>), go along when
 * it moves, and stay when it is deleted, for restore. They are no versions
 * of the page.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/attachment.h"
#include "plein/base64.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "state/timeline.h"
#include "store/snap.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/upload.h"

#define NAME_MAX_LEN 80 /* bytes; a slug, a dot, and a kind */
#define FILE_BYTES_MAX ((size_t)ATTACHMENT_MB_MAX << 20)

/* An attachment that a request names. */
struct file {
	struct target page;
	struct buf path;
	const char *name; /* borrowed from the call */
};

#define FILE_INIT \
	{ \
		TARGET_INIT, BUF_INIT, NULL \
	}

static void
release_file(struct file *f)
{
	target_release(&f->page);
	buf_release(&f->path);
}

static int
name_file(const struct call *c, struct file *f, struct err *err)
{
	f->name = call_text(c, "name");
	return attachment_path(&f->path, f->page.address.ptr, f->name, err);
}

/* To change it: as to change its page. */
static int
check_change(const struct call *c, struct file *f, struct err *err)
{
	int rc = edit_check(c, &f->page, err);

	return rc ? rc : name_file(c, f, err);
}

static int
answer_changed(struct call *c, const struct file *f, const char *commit)
{
	c->result = json_object();
	describe_line(c->result, "address", f->page.address.ptr);
	describe_line(c->result, "name", f->name);
	describe_line(c->result, "path", f->path.ptr);
	describe_line(c->result, "commit", commit);
	return 0;
}

/* --- writing ------------------------------------------------------------ */

/* Was it this very request that left the file as it is now? */
static int
answer_repeated(struct desk *d, struct call *c, const struct file *f,
		bool *repeated)
{
	const char *request = call_text(c, "request");
	const char *handle = c->caller->handle ? c->caller->handle : "plein";
	struct index_entry *last = NULL;
	int rc = timeline_last(d->index, f->path.ptr, &last, NULL);

	*repeated = !rc && request && request[0] && last->request &&
		    strcmp(last->request, request) == 0 &&
		    strcmp(last->handle, handle) == 0;
	if (*repeated)
		rc = answer_changed(c, f, last->commit);
	index_entry_free(last);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

/* The page must be there. */
static int
find_page(struct desk *d, struct call *c, const struct file *f)
{
	struct index_page *page = NULL;
	int rc = batch_join(d->batch, &c->err);

	if (!rc)
		rc = batch_show(d->batch, f->page.address.ptr, false, &c->err);
	if (!rc)
		rc = batch_show_files(d->batch, f->page.address.ptr, &c->err);
	if (!rc)
		rc = index_page(d->index, f->page.address.ptr, &page, &c->err);
	index_page_free(page);
	return rc;
}

static int
write_file(struct desk *d, struct call *c, const struct file *f,
	   const struct buf *bytes)
{
	struct batch_file file = { f->path.ptr, bytes ? bytes->ptr : NULL,
				   bytes ? bytes->len : 0 };
	struct batch_edit edit = { .files = &file,
				   .n_files = 1,
				   .address = f->page.address.ptr,
				   .who = c->caller,
				   .note = call_text(c, "note"),
				   .action = bytes ? "attach" : "detach",
				   .request = call_text(c, "request") };
	struct buf words = BUF_INIT;
	struct repo_id commit;
	int rc;

	buf_printf(
		&words, "%s %s",
		bytes ? edit_say(d, "bijlage erbij:", "attachment added:")
		      : edit_say(d, "bijlage weg:", "attachment taken away:"),
		f->name);
	edit.fallback = words.ptr;
	rc = batch_write(d->batch, &edit, &commit, &c->err);
	if (!rc)
		rc = answer_changed(c, f, commit.hex);
	buf_release(&words);
	return rc;
}

static int
change_file(struct desk *d, struct call *c, const struct file *f,
	    const struct buf *bytes)
{
	bool repeated = false;
	int rc = find_page(d, c, f);

	if (!rc)
		rc = answer_repeated(d, c, f, &repeated);
	if (!rc && !repeated)
		rc = write_file(d, c, f, bytes);
	return rc;
}

/* --- putting ------------------------------------------------------------ */

static int
check_form(const struct desk *d, const struct call *c, const struct file *f,
	   struct err *err)
{
	size_t size = (size_t)call_number(c, "size", 0);
	size_t most = conf_attachment_max(d->conf);

	if (!attachment_is_kind(d->conf->attachment_kinds, f->name))
		return err_rule(err, PLEIN_ERULE, "file-kind", 0,
				"attachments are: %s",
				d->conf->attachment_kinds);
	if (size == 0)
		return err_rule(err, PLEIN_ERULE, "file-empty", 0,
				"an empty file");
	if (size > most)
		return err_set(err, PLEIN_ETOOBIG,
			       "%zu bytes, at most %zu allowed", size, most);
	return 0;
}

static int
add_piece(struct desk *d, struct call *c, const struct file *f,
	  const struct buf *piece, const struct buf **whole)
{
	const struct upload_piece p = {
		.who = c->caller->handle ? c->caller->handle : "",
		.path = f->path.ptr,
		.offset = (size_t)call_number(c, "offset", 0),
		.total = (size_t)call_number(c, "size", 0),
		.bytes = piece->ptr,
		.len = piece->len,
		.now = clock_mono_ms()
	};
	size_t have = 0;
	int rc;

	if (!d->uploads)
		d->uploads = uploads_new(UPLOADS_BYTES);
	rc = uploads_add(d->uploads, &p, whole, &have, &c->err);
	if (rc == PLEIN_ECONFLICT)
		c->args = json_pack("{s:I}", "offset", (json_int_t)have);
	if (!rc && !*whole)
		c->result = json_pack("{s:I}", "offset", (json_int_t)have);
	return rc;
}

static int
put_file(struct desk *d, struct call *c, const struct file *f,
	 const struct buf *piece)
{
	const struct buf *whole = NULL;
	int rc = add_piece(d, c, f, piece, &whole);

	if (rc || !whole)
		return rc;
	if (!attachment_fits(f->name, whole->ptr, whole->len))
		return err_rule(&c->err, PLEIN_ERULE, "file-bytes", 0,
				"the file is not what its name says");
	return change_file(d, c, f, whole);
}

static int
handle_file_put(struct desk *d, struct call *c)
{
	const char *data = call_text(c, "data");
	struct file f = FILE_INIT;
	struct buf piece = BUF_INIT;
	int rc = check_change(c, &f, &c->err);

	if (!rc)
		rc = check_form(d, c, &f, &c->err);
	if (!rc)
		rc = base64_decode(&piece, data, strlen(data), &c->err);
	if (!rc)
		rc = put_file(d, c, &f, &piece);
	buf_release(&piece);
	release_file(&f);
	return rc;
}

static int
handle_file_delete(struct desk *d, struct call *c)
{
	struct file f = FILE_INIT;
	int rc = check_change(c, &f, &c->err);

	if (!rc)
		rc = change_file(d, c, &f, NULL);
	release_file(&f);
	return rc;
}

/* --- reading ------------------------------------------------------------ */

/* main, or the commit that is asked for. */
static int
choose_commit(struct desk *d, const struct call *c, struct repo_id *commit,
	      struct err *err)
{
	const char *asked = call_text(c, "commit");
	int rc = desk_need_repo(d, err);

	if (rc || !asked)
		return rc ? rc : repo_ref_read(d->repo, commit, err);
	(void)snprintf(commit->hex, sizeof(commit->hex), "%s", asked);
	return 0;
}

static int
answer_piece(struct call *c, const struct file *f, const struct repo_id *commit,
	     const struct buf *bytes)
{
	size_t offset = (size_t)call_number(c, "offset", 0), n;
	struct buf data = BUF_INIT;

	if (offset > bytes->len)
		return err_set(&c->err, PLEIN_ENOTFOUND,
			       "the file has %zu bytes", bytes->len);
	n = bytes->len - offset;
	if (n > UPLOAD_PIECE)
		n = UPLOAD_PIECE;
	base64_encode(&data, bytes->ptr + offset, n);
	(void)answer_changed(c, f, commit->hex); /* always 0 */
	describe_number(c->result, "offset", (json_int_t)offset);
	describe_number(c->result, "size", (json_int_t)bytes->len);
	(void)json_object_set_new(c->result, "data",
				  json_stringn(data.ptr, data.len));
	if (offset + n < bytes->len)
		describe_number(c->result, "next", (json_int_t)(offset + n));
	buf_release(&data);
	return 0;
}

static int
handle_file_get(struct desk *d, struct call *c)
{
	struct file f = FILE_INIT;
	struct buf bytes = BUF_INIT;
	struct repo_id commit = { "" };
	int rc = target_read(&f.page, call_text(c, "address"), &c->err);

	if (!rc)
		rc = name_file(c, &f, &c->err);
	if (!rc)
		rc = choose_commit(d, c, &commit, &c->err);
	if (!rc)
		rc = snap_read(d->repo, &commit, f.path.ptr, &bytes, NULL,
			       &c->err);
	if (!rc)
		rc = answer_piece(c, &f, &commit, &bytes);
	buf_release(&bytes);
	release_file(&f);
	return rc;
}

struct listing {
	struct desk *desk;
	const char *after; /* name, or "" */
	const char *last; /* name of the last row; borrowed from it */
	size_t below; /* bytes of a path before the name */
	json_t *rows;
	bool more;
	struct err *err;
};

/* Who put it there, when; while there is no index nobody knows. */
static void
describe_maker(struct listing *l, json_t *row, const char *path)
{
	struct index_entry *e = NULL;

	if (desk_need_index(l->desk, NULL) ||
	    timeline_last(l->desk->index, path, &e, NULL))
		e = NULL;
	describe_line(row, "handle", e ? e->handle : NULL);
	describe_line(row, "commit", e ? e->commit : NULL);
	(void)json_object_set_new(row, "time",
				  e ? json_integer((json_int_t)e->when)
				    : json_null());
	index_entry_free(e);
}

static int
list_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct listing *l = ctx;
	const char *name = attachment_name(path);
	size_t size = 0;
	json_t *row;
	int rc;

	/* themas/2026/x lies below themas/2026, and is another page */
	if (name != path + l->below || strcmp(name, l->after) <= 0 || l->more)
		return 0;
	l->more = json_array_size(l->rows) == ROWS_MAX;
	if (l->more)
		return 0;
	rc = snap_size(l->desk->repo, blob, &size, l->err);
	if (rc)
		return rc;
	row = json_object();
	describe_line(row, "name", name);
	describe_number(row, "size", (json_int_t)size);
	describe_maker(l, row, path);
	(void)json_array_append_new(l->rows, row);
	l->last = json_string_value(json_object_get(row, "name"));
	return 0;
}

static int
handle_file_list(struct desk *d, struct call *c)
{
	const char *after = call_text(c, "after");
	struct listing l = { .desk = d,
			     .after = after ? after : "",
			     .rows = json_array(),
			     .err = &c->err };
	struct target page = TARGET_INIT;
	struct buf folder = BUF_INIT;
	struct repo_id commit = { "" };
	int rc = target_read(&page, call_text(c, "address"), &c->err);

	if (!rc)
		rc = choose_commit(d, c, &commit, &c->err);
	if (!rc) {
		buf_printf(&folder, "bijlagen/%s", page.address.ptr);
		l.below = folder.len + 1;
		rc = snap_walk_folder(d->repo, &commit, folder.ptr, list_file,
				      &l, &c->err);
	}
	if (!rc) {
		describe_rows(c, json_incref(l.rows));
		if (l.more)
			describe_line(c->result, "next", l.last);
	}
	json_decref(l.rows);
	buf_release(&folder);
	target_release(&page);
	return rc;
}

/* --- rows --------------------------------------------------------------- */

#define PARAM_PAGE \
	{ \
		"address", PARAM_TEXT, true, ADDRESS_MAX, "the page" \
	}

#define PARAM_NAME \
	{ \
		"name", PARAM_TEXT, true, NAME_MAX_LEN, \
			"of the attachment, such as kaart.png" \
	}

#define PARAM_NOTE \
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" }, \
	{ \
		"request", PARAM_TEXT, false, REQUEST_MAX, \
			"hexadecimal; repeating it never does it twice" \
	}

static const struct param put_params[] = {
	PARAM_PAGE,
	PARAM_NAME,
	{ "size", PARAM_NUMBER, true, FILE_BYTES_MAX, "bytes of the file" },
	{ "offset", PARAM_NUMBER, true, FILE_BYTES_MAX,
	  "of this piece; 0 begins" },
	{ "data", PARAM_TEXT, true, BASE64_LEN(UPLOAD_PIECE),
	  "the piece, at most 1 MiB, in base64" },
	PARAM_NOTE,
	PARAMS_END,
};

static const struct param get_params[] = {
	PARAM_PAGE,
	PARAM_NAME,
	{ "offset", PARAM_NUMBER, false, FILE_BYTES_MAX, "from this byte on" },
	{ "commit", PARAM_TEXT, false, 40, "as of then" },
	PARAMS_END,
};

static const struct param list_params[] = {
	PARAM_PAGE,
	{ "after", PARAM_TEXT, false, NAME_MAX_LEN, "the next of before" },
	PARAMS_END,
};

static const struct param delete_params[] = { PARAM_PAGE, PARAM_NAME,
					      PARAM_NOTE, PARAMS_END };

#define WRITE_ERRORS \
	"denied rule too-big not-found conflict same busy no-space io " \
	"unknown corrupt"

const struct method file_rows[] = {
	{ "file.put", RIGHT_WRITE, PLACE_WRITER, put_params,
	  "Attaches a file to a page, in pieces that follow on each other; one "
	  "of that name is replaced, and stays in the history. Size and kinds "
	  "are settings of the wiki (bijlagen_mb, bijlagen_soorten); the bytes "
	  "must be what the name says.",
	  "{offset}: how much is there; with the last piece {address, name, "
	  "path, commit} when it is on stable storage. On conflict args "
	  "{offset}: from where on to send again",
	  WRITE_ERRORS, handle_file_put },
	{ "file.get", RIGHT_READ, PLACE_READER, get_params,
	  "Gives a piece of an attachment.",
	  "{address, name, path, commit, offset, size, data, next}: data in "
	  "base64; commit is what was read, to be asked with next",
	  "rule not-found too-big corrupt io", handle_file_get },
	{ "file.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists the attachments of a page, also of one that is gone.",
	  "{rows: [{name, size, handle, commit, time}], next}: who put it "
	  "there "
	  "last, null while the index is being made; next is there when there "
	  "is more, to be given as after",
	  "rule corrupt io", handle_file_list },
	{ "file.delete", RIGHT_WRITE, PLACE_WRITER, delete_params,
	  "Takes an attachment away; it stays in the history.",
	  "{address, name, path, commit}", WRITE_ERRORS, handle_file_delete },
	ROWS_END,
};
