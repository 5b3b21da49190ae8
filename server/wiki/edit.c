/* edit.c - see edit.h. */
#include "wiki/edit.h"

#include <ctype.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/page.h"
#include "wiki/batch.h"
#include "wiki/call.h"

int
edit_check_right(const struct call *c, const struct target *at, struct err *err)
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

int
edit_check(const struct call *c, struct target *at, struct err *err)
{
	int rc = target_read(at, call_text(c, "address"), err);

	if (!rc)
		rc = edit_check_right(c, at, err);
	if (!rc)
		rc = check_note(call_text(c, "note"), err);
	if (!rc)
		rc = check_request(call_text(c, "request"), err);
	return rc;
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

const char *
edit_say(const struct desk *d, const char *nl, const char *en)
{
	return strcmp(d->conf->language, "en") == 0 ? en : nl;
}

static void
add_subject(struct buf *out, const struct edit_version *e)
{
	struct page_info info;

	page_info_init(&info);
	page_info_read(&info, e->at->address.ptr, e->text->ptr, e->text->len);
	buf_printf(out, "%s %s", info.title, e->words);
	page_info_release(&info);
}

int
edit_write(struct desk *d, struct call *c, const struct edit_version *e,
	   struct index_version **made)
{
	const struct batch_file file = { e->at->path.ptr, e->text->ptr,
					 e->text->len };
	struct buf subject = BUF_INIT;
	struct repo_id commit;
	struct batch_edit edit = { .files = &file,
				   .n_files = 1,
				   .address = e->at->address.ptr,
				   .who = c->caller,
				   .note = call_text(c, "note"),
				   .action = e->action,
				   .request = call_text(c, "request"),
				   .minor = call_flag(c, "minor") };
	int rc;

	*made = NULL;
	add_subject(&subject, e);
	edit.fallback = subject.ptr;
	rc = batch_write(d->batch, &edit, &commit, &c->err);
	if (!rc)
		rc = index_version_at(d->index, e->at->address.ptr, commit.hex,
				      made, &c->err);
	buf_release(&subject);
	return rc;
}

void
edit_answer(struct call *c, const struct index_version *v)
{
	c->result = json_pack("{s:s, s:I, s:s}", "address", v->address,
			      "version", (json_int_t)v->n, "commit", v->commit);
}
