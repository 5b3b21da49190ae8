/*
 * handle_place.c - page.rename, page.delete and page.restore: where a page
 * is, and whether. A page that moves takes its remarks and attachments along,
 * in the same commit, and keeps its former address in `aliassen`, so that old
 * links go on working and its history goes on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/message.h"
#include "plein/page.h"
#include "plein/path.h"
#include "state/index_partial.h"
#include "state/timeline.h"
#include "store/snap.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/fields.h"
#include "wiki/handlers.h"
#include "wiki/joining.h"
#include "wiki/pagetext.h"
#include "wiki/rows.h"

/* --- what moves along --------------------------------------------------- */

struct luggage {
	struct vec texts; /* struct buf * */
	struct vec paths; /* char * */
	struct batch_file *files; /* borrows from both */
	size_t n;
};

static void
free_text(void *text)
{
	buf_release(text);
	free(text);
}

static void
release_luggage(struct luggage *l)
{
	vec_release(&l->texts, free_text);
	vec_release(&l->paths, free);
	free(l->files);
}

static void
add_file(struct luggage *l, char *path_take, const struct buf *text)
{
	vec_push(&l->paths, path_take);
	l->files = mem_realloc(l->files, (l->n + 1) * sizeof(*l->files));
	l->files[l->n].path = path_take;
	l->files[l->n].text = text ? text->ptr : NULL;
	l->files[l->n++].len = text ? text->len : 0;
}

/* From `f->path` to the same name in the folder `to`. */
static int
move_file(struct desk *d, struct luggage *l, const struct timeline_file *f,
	  const char *rest, const char *to, struct err *err)
{
	struct buf *text = mem_alloc(sizeof(*text)), path = BUF_INIT;
	struct repo_id blob;
	int rc;

	buf_init(text);
	vec_push(&l->texts, text);
	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", f->blob);
	rc = snap_blob(d->repo, &blob, text, err);
	if (rc)
		return rc;
	buf_printf(&path, "%s%s", to, rest);
	add_file(l, mem_strdup(f->path), NULL);
	add_file(l, buf_take(&path), text);
	return 0;
}

/* What the page has below top/from to top/to. */
static int
move_folder(struct desk *d, struct luggage *l, const char *top,
	    const char *addresses[2], struct err *err)
{
	struct buf from = BUF_INIT, to = BUF_INIT;
	struct vec files = VEC_INIT;
	const struct timeline_file *f;
	int64_t last = 0;
	size_t i;
	int rc = batch_show_files(d->batch, addresses[0], err);

	if (!rc)
		rc = index_last(d->index, &last, err);
	buf_printf(&from, "%s/%s", top, addresses[0]);
	buf_printf(&to, "%s/%s", top, addresses[1]);
	if (!rc)
		rc = timeline_files(d->index, last, from.ptr, &files, err);
	for (i = 0; i < files.len && !rc; i++) {
		f = files.items[i];
		if (!path_is_of_another(f->path, addresses[0]))
			rc = move_file(d, l, f, f->path + from.len, to.ptr,
				       err);
	}
	vec_release(&files, timeline_file_free);
	buf_release(&from);
	buf_release(&to);
	return rc;
}

/* Is what follows not the name of an attachment, but that of a page with one? */
static bool
is_of_page_below(const char *rest)
{
	return rest[strcspn(rest, "/. \n)")] == '/';
}

/* Links of the page to its own attachments follow them. */
static void
rewrite_links(struct buf *text, const char *addresses[2])
{
	struct buf from = BUF_INIT, to = BUF_INIT;
	size_t pos = 0;
	const char *at;

	buf_printf(&from, "bijlagen/%s/", addresses[0]);
	buf_printf(&to, "bijlagen/%s/", addresses[1]);
	while ((at = memmem(text->ptr + pos, text->len - pos, from.ptr,
			    from.len)) != NULL) {
		pos = (size_t)(at - text->ptr);
		if (is_of_page_below(at + from.len)) {
			pos += from.len;
			continue;
		}
		buf_erase(text, pos, from.len);
		buf_insert(text, pos, to.ptr, to.len);
		pos += to.len;
	}
	buf_release(&from);
	buf_release(&to);
}

/* --- rename ------------------------------------------------------------- */

struct renaming {
	struct target from, to;
	struct buf text; /* as it will be */
	struct luggage luggage;
};

static void
release_renaming(struct renaming *r)
{
	target_release(&r->from);
	target_release(&r->to);
	buf_release(&r->text);
	release_luggage(&r->luggage);
}

/* In another folder it becomes a page of that folder's kind. */
static void
adopt_kind(struct renaming *r)
{
	struct buf folder = BUF_INIT;
	struct page_info info;
	const char *kind;

	page_info_init(&info);
	page_info_read(&info, r->from.address.ptr, r->text.ptr, r->text.len);
	target_folder(&r->to, &folder);
	kind = folder.len > 0 ? page_kind_of_folder(folder.ptr) : NULL;
	if (kind && strcmp(kind, info.kind) != 0)
		fields_set(&r->text, info.title, kind);
	page_info_release(&info);
	buf_release(&folder);
}

static int
word_renamed(struct desk *d, struct renaming *r,
	     const struct index_version *newest, struct err *err)
{
	const char *addresses[2] = { r->from.address.ptr, r->to.address.ptr };
	int rc = pagetext_load(d, newest, &r->text, err);

	if (rc)
		return rc;
	adopt_kind(r);
	rewrite_links(&r->text, addresses);
	rc = fields_alias(&r->text, addresses[0], addresses[1], err);
	if (!rc)
		rc = page_check(r->text.ptr, r->text.len, err);
	if (!rc)
		rc = move_folder(d, &r->luggage, "bijlagen", addresses, err);
	if (!rc) /* else they would seem to be said by who moves them */
		rc = batch_show_talks(d->batch, addresses[0], err);
	if (!rc)
		rc = move_folder(d, &r->luggage, "bespreking", addresses, err);
	return rc;
}

static int
write_renamed(struct desk *d, struct call *c, struct renaming *r)
{
	struct edit_version e = { .at = &r->to,
				  .text = &r->text,
				  .action = "rename" };
	struct index_version *made = NULL;
	struct buf words = BUF_INIT;
	int rc;

	buf_printf(&words, "%s: %s",
		   edit_say(d, "verplaatst, was", "moved, was"),
		   r->from.address.ptr);
	e.words = words.ptr;

	add_file(&r->luggage, mem_strdup(r->from.path.ptr), NULL);
	e.others = r->luggage.files;
	e.n_others = r->luggage.n;
	rc = edit_write(d, c, &e, &made);
	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	buf_release(&words);
	return rc;
}

/* The newest version of a page that exists; `gone` in the arguments when it
 * exists no more. */
static int
find_existing(struct desk *d, struct call *c, const struct target *at,
	      struct index_version **newest)
{
	int rc = batch_show(d->batch, at->address.ptr, false, &c->err);

	if (!rc)
		rc = index_latest(d->index, at->address.ptr, newest, &c->err);
	if (rc || !(*newest)->gone)
		return rc;
	c->args = json_pack("{s:I}", "gone",
			    (json_int_t)index_tell_number((*newest)->n));
	return err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
}

static int
rename_page(struct desk *d, struct call *c, struct renaming *r)
{
	struct index_version *newest = NULL;
	bool done = false;
	int rc = edit_repeat(d, c, r->to.address.ptr, &done);

	if (rc || done)
		return rc;
	rc = find_existing(d, c, &r->from, &newest);
	if (!rc)
		rc = edit_check_free(d, c, &r->to, r->from.address.ptr);
	if (!rc)
		rc = word_renamed(d, r, newest, &c->err);
	if (!rc)
		rc = write_renamed(d, c, r);
	index_version_free(newest);
	return rc;
}

static int
check_renaming(const struct call *c, struct renaming *r, struct err *err)
{
	int rc = edit_check(c, &r->from, err);

	if (!rc)
		rc = target_read(&r->to, call_text(c, "to"), err);
	if (!rc)
		rc = edit_check_right(c, &r->to, err);
	if (!rc && strcmp(r->from.address.ptr, "index") == 0)
		rc = err_rule(err, PLEIN_ERULE, "start", 0,
			      "the start page stays");
	if (!rc && strcmp(r->from.address.ptr, r->to.address.ptr) == 0)
		rc = err_set(err, PLEIN_ESAME, "it is there already");
	return rc;
}

static int
handle_page_rename(struct desk *d, struct call *c)
{
	struct renaming r = { .from = TARGET_INIT,
			      .to = TARGET_INIT,
			      .text = BUF_INIT };
	int rc = check_renaming(c, &r, &c->err);

	if (!rc)
		rc = batch_join(d->batch, &c->err);
	if (!rc)
		rc = rename_page(d, c, &r);
	if (!rc)
		describe_line(c->result, "from", r.from.address.ptr);
	release_renaming(&r);
	return rc;
}

/* --- delete ------------------------------------------------------------- */

/* Something was saved that who deletes has not seen. */
static int
refuse_unseen(struct call *c, const struct index_version *newest, long base)
{
	c->args = json_pack("{s:I, s:o, s:o, s:b}", "version",
			    (json_int_t)newest->n, "handle",
			    call_json_line(newest->handle), "name",
			    call_json_line(newest->author), "gone", 0);
	return err_set(&c->err, PLEIN_ECONFLICT,
		       "version %ld was to be deleted, the newest is %ld", base,
		       newest->n);
}

static int
write_vanishing(struct desk *d, struct call *c, const struct target *at)
{
	struct index_version *made = NULL;
	const struct edit_version e = { .at = at,
					.action = "delete",
					.words = edit_say(d, "verwijderd",
							  "deleted") };
	int rc = edit_write(d, c, &e, &made);

	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	return rc;
}

static int
delete_page(struct desk *d, struct call *c, const struct target *at)
{
	struct index_version *newest = NULL;
	long base = call_number(c, "base", 0);
	bool done = false;
	int rc = edit_repeat(d, c, at->address.ptr, &done);

	if (rc || done)
		return rc;
	rc = find_existing(d, c, at, &newest);
	if (!rc && base && !index_is_numbered(newest->n))
		rc = joining_refuse_number(&c->err);
	if (!rc && base && base != newest->n)
		rc = refuse_unseen(c, newest, base);
	if (!rc)
		rc = write_vanishing(d, c, at);
	index_version_free(newest);
	return rc;
}

static int
handle_page_delete(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc && strcmp(at.address.ptr, "index") == 0)
		rc = err_rule(&c->err, PLEIN_ERULE, "start", 0,
			      "the start page stays");
	if (!rc)
		rc = batch_join(d->batch, &c->err);
	if (!rc)
		rc = delete_page(d, c, &at);
	target_release(&at);
	return rc;
}

/* --- restore ------------------------------------------------------------ */

/* The last text it had: the version before the one in which it vanished. */
static int
load_last(struct desk *d, const struct index_version *newest, struct buf *text,
	  struct err *err)
{
	struct index_version *v = NULL;
	int rc = index_version(d->index, newest->address, newest->n - 1, &v,
			       err);

	if (!rc)
		rc = pagetext_load(d, v, text, err);
	index_version_free(v);
	return rc;
}

static int
write_restored(struct desk *d, struct call *c, const struct target *at,
	       const struct index_version *newest)
{
	struct buf text = BUF_INIT;
	const struct edit_version e = { .at = at,
					.text = &text,
					.action = "restore",
					.words = edit_say(d, "teruggeplaatst",
							  "restored") };
	struct index_version *made = NULL;
	int rc = load_last(d, newest, &text, &c->err);

	if (!rc)
		rc = edit_write(d, c, &e, &made);
	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	buf_release(&text);
	return rc;
}

static int
restore_page(struct desk *d, struct call *c, const struct target *at)
{
	struct index_version *newest = NULL;
	bool done = false;
	int rc = edit_repeat(d, c, at->address.ptr, &done);

	if (rc || done)
		return rc;
	rc = batch_show(d->batch, at->address.ptr, false, &c->err);
	if (!rc)
		rc = index_latest(d->index, at->address.ptr, &newest, &c->err);
	/* one that is there, or that moved away, is in the way */
	if (!rc)
		rc = edit_check_free(d, c, at, NULL);
	if (!rc)
		rc = write_restored(d, c, at, newest);
	index_version_free(newest);
	return rc;
}

static int
handle_page_restore(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = batch_join(d->batch, &c->err);
	if (!rc)
		rc = restore_page(d, c, &at);
	target_release(&at);
	return rc;
}

/* --- rows --------------------------------------------------------------- */

#define PARAM_NOTE \
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" }, \
	{ \
		"request", PARAM_TEXT, false, REQUEST_MAX, \
			"hexadecimal; repeating it never does it twice" \
	}

static const struct param rename_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "to", PARAM_TEXT, true, ADDRESS_MAX,
	  "its new address; in another folder it becomes a page of that kind" },
	PARAM_NOTE,
	PARAMS_END,
};

static const struct param delete_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "base", PARAM_NUMBER, false, COUNT_MAX,
	  "the version that was seen; conflict when it is not the newest" },
	PARAM_NOTE,
	PARAMS_END,
};

static const struct param restore_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	PARAM_NOTE,
	PARAMS_END,
};

#define EDIT_ERRORS \
	"denied rule too-big not-found exists conflict same busy no-space io " \
	"unknown corrupt"

const struct method place_rows[] = {
	{ "page.rename", RIGHT_WRITE, PLACE_WRITER, rename_params,
	  "Moves a page with its remarks and attachments; the former address "
	  "goes on leading there.",
	  "{address, version, commit, from}", EDIT_ERRORS, handle_page_rename },
	{ "page.delete", RIGHT_WRITE, PLACE_WRITER, delete_params,
	  "Takes a page away; its versions and attachments stay, and restore "
	  "puts it back.",
	  "{address, version, commit}", EDIT_ERRORS, handle_page_delete },
	{ "page.restore", RIGHT_WRITE, PLACE_WRITER, restore_params,
	  "Puts a deleted page back as it was.", "{address, version, commit}",
	  EDIT_ERRORS, handle_page_restore },
	ROWS_END,
};
