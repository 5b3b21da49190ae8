/*
 * handle_edit.c - saving and creating pages. Everything that can be refused
 * without looking at the content is refused before the batch is joined.
 */
#include "wiki/handlers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/fields.h"
#include "wiki/target.h"

static int
check_right(const struct call *c, const struct target *at, struct err *err)
{
	if (policy_allows(c->caller->role, target_right(at)))
		return 0;
	return err_set(err, PLEIN_EDENIED, "%s needs the right %s",
		       at->address.ptr, right_name(target_right(at)));
}

static int
check_note(const char *note, struct err *err)
{
	size_t pos;

	if (!note)
		return 0;
	if (filter_accepts(note, strlen(note), &pos) && !strchr(note, '\t') &&
	    !strchr(note, '\r'))
		return 0;
	return err_set(err, PLEIN_ERULE,
		       "the note holds a character that may not be stored");
}

static int
check_request(const char *request, struct err *err)
{
	const char *p;

	for (p = request; p && *p; p++)
		if (!isxdigit((unsigned char)*p))
			return err_set(err, PLEIN_ERULE,
				       "request must be hexadecimal");
	return 0;
}

/* What save and create check alike; fills `at`. */
static int
check_edit(const struct call *c, struct target *at, struct err *err)
{
	int rc = target_read(at, call_text(c, "address"), err);

	if (!rc)
		rc = check_right(c, at, err);
	if (!rc)
		rc = check_note(call_text(c, "note"), err);
	if (!rc)
		rc = check_request(call_text(c, "request"), err);
	return rc;
}

/* Editors of all systems: "\r\n" becomes "\n". */
static void
add_text(struct buf *out, const char *text)
{
	const char *cr;

	while ((cr = strstr(text, "\r\n"))) {
		buf_add(out, text, (size_t)(cr - text));
		text = cr + 1;
	}
	buf_str(out, text);
}

static void
add_subject(struct buf *out, const struct desk *d, const struct target *at,
	    const struct buf *text, bool created)
{
	bool nl = strcmp(d->conf->language, "en") != 0;
	struct page_info info;

	page_info_init(&info);
	page_info_read(&info, at->address.ptr, text->ptr, text->len);
	buf_printf(out, "%s %s", info.title,
		   created ? (nl ? "aangemaakt" : "created")
			   : (nl ? "bewerkt" : "edited"));
	page_info_release(&info);
}

static void
answer_version(struct call *c, const struct index_version *v)
{
	c->result = json_pack("{s:s, s:I, s:s}", "address", v->address,
			      "version", (json_int_t)v->n, "commit", v->commit);
}

/* Tell which version of the page the commit made. */
static int
answer_commit(struct desk *d, struct call *c, const char *address,
	      const struct repo_id *commit)
{
	struct index_version *v = NULL;
	int rc = index_version_at(d->index, address, commit->hex, &v, &c->err);

	if (!rc)
		answer_version(c, v);
	index_version_free(v);
	return rc;
}

static int
write_page(struct desk *d, struct call *c, const struct target *at,
	   const struct buf *text, bool created)
{
	const struct batch_file file = { at->path.ptr, text->ptr, text->len };
	struct buf subject = BUF_INIT;
	struct repo_id commit;
	struct batch_edit edit = { .files = &file,
				   .n_files = 1,
				   .address = at->address.ptr,
				   .who = c->caller,
				   .note = call_text(c, "note"),
				   .action = created ? "create" : "save",
				   .request = call_text(c, "request") };
	int rc;

	add_subject(&subject, d, at, text, created);
	edit.fallback = subject.ptr;
	rc = batch_write(d->batch, &edit, &commit, &c->err);
	if (!rc)
		rc = answer_commit(d, c, at->address.ptr, &commit);
	buf_release(&subject);
	return rc;
}

/* Is this version what the same request made before? */
static bool
is_repeated(const struct call *c, const struct index_version *v)
{
	const char *request = call_text(c, "request");
	const char *handle = c->caller->handle ? c->caller->handle : "plein";

	return request && request[0] && v->request &&
	       strcmp(request, v->request) == 0 &&
	       strcmp(handle, v->handle) == 0;
}

/* Answered already, or else a conflict. */
static int
refuse_outdated(struct desk *d, struct call *c, const struct target *at,
		const struct index_version *latest)
{
	long base = call_number(c, "base", 0);
	struct index_version *next = NULL;
	int rc = PLEIN_ECONFLICT;

	if (!index_version(d->index, at->address.ptr, base + 1, &next, NULL)) {
		if (is_repeated(c, next)) {
			answer_version(c, next);
			rc = 0;
		}
		index_version_free(next);
	}
	if (!rc)
		return 0;
	c->args = json_pack(
		"{s:I, s:o, s:o, s:b}", "version", (json_int_t)latest->n,
		"handle", call_json_line(latest->handle), "name",
		call_json_line(latest->author), "gone", latest->gone);
	return err_set(&c->err, PLEIN_ECONFLICT,
		       "based on version %ld, the newest is %ld", base,
		       latest->n);
}

static int
save_text(struct desk *d, struct call *c, const struct target *at,
	  const struct buf *text)
{
	struct index_version *latest = NULL;
	int rc = batch_join(d->batch, &c->err);

	if (!rc)
		rc = index_latest(d->index, at->address.ptr, &latest, &c->err);
	if (rc)
		return rc;
	if (latest->n != call_number(c, "base", 0))
		rc = refuse_outdated(d, c, at, latest);
	else if (latest->gone)
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
	else
		rc = write_page(d, c, at, text, false);
	index_version_free(latest);
	return rc;
}

int
handle_page_save(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct buf text = BUF_INIT;
	int rc = check_edit(c, &at, &c->err);

	if (!rc) {
		add_text(&text, call_text(c, "text"));
		rc = page_check(text.ptr, text.len, &c->err);
	}
	if (!rc)
		rc = save_text(d, c, &at, &text);
	buf_release(&text);
	target_release(&at);
	return rc;
}

static int
check_kind(const struct target *at, const char *kind, struct err *err)
{
	struct buf folder = BUF_INIT;
	const char *fits;
	int rc = 0;

	target_folder(at, &folder);
	if (target_right(at) == RIGHT_WRITE && folder.len > 0) {
		fits = page_kind_of_folder(folder.ptr);
		if (fits && strcmp(fits, kind) != 0)
			rc = err_set(err, PLEIN_ERULE,
				     "%s holds pages of the kind %s",
				     folder.ptr, fits);
	}
	if (!rc && !slug_is_valid(kind, strlen(kind)))
		rc = err_set(err, PLEIN_ERULE, "this is no kind of page");
	buf_release(&folder);
	return rc;
}

static int
check_title(const char *title, struct err *err)
{
	size_t pos;

	if (title[strspn(title, " ")] == '\0')
		return err_set(err, PLEIN_ERULE, "the title is empty");
	if (!filter_accepts(title, strlen(title), &pos) ||
	    strpbrk(title, "\t\r\n"))
		return err_set(err, PLEIN_ERULE,
			       "the title holds a character that may not be "
			       "stored");
	return 0;
}

static int
compose_page(const struct call *c, struct buf *text, struct err *err)
{
	const char *given = call_text(c, "text");

	if (given)
		add_text(text, given);
	fields_set(text, call_text(c, "title"), call_text(c, "kind"));
	return page_check(text->ptr, text->len, err);
}

/* The address is held by a page: made by this very request, or refused. */
static int
refuse_existing(struct desk *d, struct call *c, const struct target *at)
{
	struct vec log = VEC_INIT;
	size_t i;
	int rc = index_log(d->index, at->address.ptr, 0, 0, &log, &c->err);

	for (i = 0; i < log.len && !rc && !c->result; i++)
		if (is_repeated(c, log.items[i]))
			answer_version(c, log.items[i]);
	vec_release(&log, index_version_free);
	if (!rc && !c->result)
		rc = err_set(&c->err, PLEIN_EEXISTS, "%s exists already",
			     at->address.ptr);
	return rc;
}

/* A former address of another page stays that page's. */
static int
check_alias(struct desk *d, struct call *c, const struct target *at)
{
	char *holder = NULL;
	bool moved = false;
	int rc = index_resolve(d->index, at->address.ptr, &holder, &moved,
			       &c->err);

	if (rc == PLEIN_ENOTFOUND || rc == PLEIN_EUSAGE)
		return 0;
	if (!rc && moved) {
		c->args = json_pack("{s:s}", "address", holder);
		rc = err_set(&c->err, PLEIN_EEXISTS,
			     "%s is a former address of %s", at->address.ptr,
			     holder);
	}
	free(holder);
	return rc;
}

static int
create_text(struct desk *d, struct call *c, const struct target *at,
	    const struct buf *text)
{
	struct index_version *latest = NULL;
	bool exists = false;
	int rc = batch_join(d->batch, &c->err);

	if (rc)
		return rc;
	rc = index_latest(d->index, at->address.ptr, &latest, &c->err);
	if (!rc) {
		exists = !latest->gone;
		index_version_free(latest);
	} else if (rc != PLEIN_ENOTFOUND) {
		return rc;
	}
	if (exists)
		return refuse_existing(d, c, at);
	rc = check_alias(d, c, at);
	return rc ? rc : write_page(d, c, at, text, true);
}

int
handle_page_create(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct buf text = BUF_INIT;
	int rc = check_edit(c, &at, &c->err);

	if (!rc)
		rc = check_kind(&at, call_text(c, "kind"), &c->err);
	if (!rc)
		rc = check_title(call_text(c, "title"), &c->err);
	if (!rc)
		rc = compose_page(c, &text, &c->err);
	if (!rc)
		rc = create_text(d, c, &at, &text);
	buf_release(&text);
	target_release(&at);
	return rc;
}
