/* subject.c - see subject.h. */
#include "wiki/subject.h"

#include <string.h>

#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/moment.h"
#include "wiki/pagetext.h"

static int
find_version(struct subject *s, struct desk *d, struct call *c)
{
	int rc;

	if (json_object_get(c->params, "at"))
		return moment_version(d, call_number(c, "at", 0),
				      s->at.address.ptr, &s->version, &c->err);
	rc = index_latest(d->index, s->at.address.ptr, &s->version, &c->err);
	if (!rc && s->version->gone)
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
	return rc;
}

static int
check_folder(const struct subject *s, const char *folder, struct err *err)
{
	struct buf own = BUF_INIT;
	bool fits;

	target_folder(&s->at, &own);
	fits = !folder || strcmp(own.ptr, folder) == 0;
	buf_release(&own);
	return fits ? 0
		    : err_set(err, PLEIN_ENOTFOUND, "%s is not in %s",
			      s->at.address.ptr, folder);
}

int
subject_open(struct subject *s, struct desk *d, struct call *c,
	     const char *folder)
{
	int rc = target_read(&s->at, call_text(c, "address"), &c->err);

	if (!rc)
		rc = check_folder(s, folder, &c->err);
	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = find_version(s, d, c);
	if (!rc)
		rc = pagetext_load(d, s->version, &s->text, &c->err);
	if (!rc)
		page_info_read(&s->info, s->version->address, s->text.ptr,
			       s->text.len);
	return rc;
}

void
subject_close(struct subject *s)
{
	target_release(&s->at);
	index_version_free(s->version);
	buf_release(&s->text);
	page_info_release(&s->info);
}

json_t *
subject_describe(const struct subject *s)
{
	json_t *row = json_object();

	describe_line(row, "address", s->info.address);
	describe_line(row, "title", s->info.title);
	describe_line(row, "status", s->info.status);
	describe_line(row, "state", s->info.state);
	describe_number(row, "version", s->version->n);
	describe_line(row, "commit", s->version->commit);
	return row;
}
