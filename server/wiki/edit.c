/* edit.c - see edit.h. */
#include "wiki/edit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "wiki/call.h"
#include "state/index_partial.h"
#include "wiki/describe.h"
#include "wiki/minutes.h"
#include "wiki/pagetext.h"

static int
refuse(const struct target *at, struct err *err)
{
	return err_set(err, PLEIN_EDENIED, "%s needs the right %s",
		       at->address.ptr, right_name(target_right(at)));
}

int
edit_check_right(const struct call *c, const struct target *at, struct err *err)
{
	if (caller_may_change(c->caller, at->path.ptr))
		return 0;
	if (!caller_may(c->caller, target_right(at)))
		return refuse(at, err);
	return err_rule(err, PLEIN_EDENIED, "speaks", 0,
			"%s is for another municipality to say",
			at->address.ptr);
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
	return err_rule(err, PLEIN_ERULE, "note", 0,
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

int
edit_check_words(const struct call *c, struct err *err)
{
	int rc = check_note(call_text(c, "note"), err);

	return rc ? rc : check_request(call_text(c, "request"), err);
}

int
edit_check_talk(const struct call *c, struct target *at, struct err *err)
{
	int rc = target_read(at, call_text(c, "address"), err);

	return rc ? rc : edit_check_words(c, err);
}

int
edit_check(const struct call *c, struct target *at, struct err *err)
{
	int rc = edit_check_talk(c, at, err);

	return rc ? rc : edit_check_right(c, at, err);
}

int
edit_find_repeated(struct desk *d, const struct call *c, const char *address,
		   struct index_version **v, struct err *err)
{
	const char *request = call_text(c, "request");
	const char *handle = c->caller->handle ? c->caller->handle : "plein";

	*v = NULL;
	if (!request || !request[0])
		return err_set(err, PLEIN_ENOTFOUND, "no request was named");
	return index_version_by(d->index, address, handle, request, v, err);
}

int
edit_repeat(struct desk *d, struct call *c, const char *address, bool *done)
{
	struct index_version *made = NULL;
	int rc = batch_show(d->batch, address, true, &c->err);

	if (!rc)
		rc = edit_find_repeated(d, c, address, &made, &c->err);

	*done = !rc;
	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

const char *
edit_say(const struct desk *d, const char *nl, const char *en)
{
	return strcmp(d->conf->language, "en") == 0 ? en : nl;
}

int
edit_check_kind(const struct target *at, const char *kind, struct err *err)
{
	struct buf folder = BUF_INIT;
	const char *fits;
	int rc = 0;

	target_folder(at, &folder);
	if (target_right(at) == RIGHT_WRITE && folder.len > 0) {
		fits = page_kind_of_folder(folder.ptr);
		if (fits && strcmp(fits, kind) != 0)
			rc = err_rule(err, PLEIN_ERULE, "folder", 0,
				      "%s holds pages of the kind %s",
				      folder.ptr, fits);
	}
	if (!rc && !slug_is_valid(kind, strlen(kind)))
		rc = err_rule(err, PLEIN_ERULE, "kind", 0,
			      "this is no kind of page");
	buf_release(&folder);
	return rc;
}

/* Tell which page is in the way. */
static void
name_holder(struct desk *d, struct call *c, const char *address)
{
	struct index_page *page = NULL;

	if (batch_show(d->batch, address, true, NULL) ||
	    index_page(d->index, address, &page, NULL))
		page = NULL; /* then without its title */
	c->args = json_object();
	describe_line(c->args, "address", address);
	if (page) {
		describe_number(c->args, "version", index_tell_number(page->n));
		describe_line(c->args, "title", page->info.title);
	}
	index_page_free(page);
}

static int
refuse_existing(struct desk *d, struct call *c, const struct target *at)
{
	name_holder(d, c, at->address.ptr);
	return err_set(&c->err, PLEIN_EEXISTS, "%s exists already",
		       at->address.ptr);
}

/* A former address of another page stays that page's. */
static int
check_alias(struct desk *d, struct call *c, const struct target *at,
	    const char *mover)
{
	char *holder = NULL;
	bool moved = false;
	int rc = batch_resolve(d->batch, at->address.ptr, &holder, &moved,
			       &c->err);

	if (rc == PLEIN_ENOTFOUND || rc == PLEIN_EUSAGE)
		return 0;
	if (!rc && moved && !(mover && strcmp(mover, holder) == 0)) {
		name_holder(d, c, holder);
		rc = err_set(&c->err, PLEIN_EEXISTS,
			     "%s is a former address of %s", at->address.ptr,
			     holder);
	}
	free(holder);
	return rc;
}

int
edit_check_free(struct desk *d, struct call *c, const struct target *at,
		const char *mover)
{
	struct index_version *latest = NULL;
	int rc = batch_show(d->batch, at->address.ptr, true, &c->err);

	if (!rc)
		rc = index_latest(d->index, at->address.ptr, &latest, &c->err);
	if (rc == PLEIN_ENOTFOUND)
		rc = 0;
	else if (!rc && !latest->gone)
		rc = refuse_existing(d, c, at);
	index_version_free(latest);
	return rc ? rc : check_alias(d, c, at, mover);
}

/* Of minutes that were adopted every later version says so. */
static const char *
find_adopted(struct desk *d, const struct edit_version *e)
{
	const char *address = e->at->address.ptr;
	struct index_version *before = NULL;
	bool adopted = false;

	if (!minutes_may_be(address))
		return NULL;
	/* a page that is not there yet was not adopted */
	if (!index_latest(d->index, address, &before, NULL))
		adopted = minutes_were_adopted(d, address, before->n);
	index_version_free(before);
	return adopted ? minutes_words(d) : NULL;
}

/* What happened and why: the first line says both, as far as both are told. */
static void
add_note(struct buf *out, const char *note, const struct edit_version *e,
	 const char *adopted)
{
	size_t len;

	note = note ? note + strspn(note, " \t\r\n") : "";
	len = strcspn(note, "\r\n");
	if (!len || e->named)
		buf_str(out, e->words);
	if (len && e->named)
		buf_str(out, ": ");
	buf_add(out, note, len);
	if (len && e->behind)
		buf_printf(out, " (%s)", e->behind);
	if (adopted)
		buf_printf(out, " (%s)", adopted);
	buf_str(out, note + len);
}

/* The page first, then what changes with it; free() it. */
static struct batch_file *
list_files(const struct edit_version *e)
{
	struct batch_file *files = mem_array(e->n_others + 1, sizeof(*files));

	files[0].path = e->at->path.ptr;
	if (e->text) {
		files[0].text = e->text->ptr;
		files[0].len = e->text->len;
	}
	if (e->n_others > 0)
		memcpy(files + 1, e->others, e->n_others * sizeof(*files));
	return files;
}

int
edit_write(struct desk *d, struct call *c, const struct edit_version *e,
	   struct index_version **made)
{
	struct batch_file *files = list_files(e);
	struct buf note = BUF_INIT;
	struct repo_id commit;
	struct batch_edit edit = { .files = files,
				   .n_files = e->n_others + 1,
				   .address = e->at->address.ptr,
				   .who = e->who ? e->who : c->caller,
				   .action = e->action,
				   .request = call_text(c, "request"),
				   .minor = call_flag(c, "minor") };
	int rc;

	*made = NULL;
	add_note(&note, call_text(c, "note"), e, find_adopted(d, e));
	edit.note = note.ptr;
	edit.fallback = e->words;
	rc = batch_write(d->batch, &edit, &commit, &c->err);
	if (!rc)
		rc = index_version_at(d->index, e->at->address.ptr, commit.hex,
				      made, &c->err);
	buf_release(&note);
	free(files);
	return rc;
}

void
edit_answer(struct call *c, const struct index_version *v)
{
	c->result = json_pack("{s:s, s:I, s:s}", "address", v->address,
			      "version", (json_int_t)index_tell_number(v->n),
			      "commit", v->commit);
}

int
edit_load_template(struct desk *d, const char *kind, struct buf *text,
		   struct err *err)
{
	struct buf address = BUF_INIT;
	struct index_version *v = NULL;
	int rc;

	buf_printf(&address, "sjablonen/%s", kind);
	rc = batch_show(d->batch, address.ptr, true, err);
	if (!rc)
		rc = index_latest(d->index, address.ptr, &v, err);
	if (!rc)
		rc = pagetext_load(d, v, text, err);
	index_version_free(v);
	buf_release(&address);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}
