/* pagetext.c - see pagetext.h. */
#include "wiki/pagetext.h"

#include <stdio.h>
#include <string.h>

#include "store/snap.h"
#include "wiki/bigtexts.h"
#include "wiki/call.h"

int
pagetext_load(struct desk *d, const struct index_version *v, struct buf *text,
	      struct err *err)
{
	struct repo_id blob;
	int rc;

	if (!v || v->gone)
		return 0;
	rc = desk_need_repo(d, err);
	if (rc)
		return rc;
	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", v->blob);
	rc = snap_blob(d->repo, &blob, text, err);
	if (rc == PLEIN_ENOTFOUND)
		rc = err_set(err, PLEIN_ECORRUPT, "version %ld is missing",
			     v->n);
	return rc;
}

/* Bytes that are no UTF-8 stand in an answer otherwise than in the store. */
static bool
is_verbatim(const struct buf *text, const json_t *json)
{
	return json_string_length(json) == text->len &&
	       memcmp(json_string_value(json), text->ptr, text->len) == 0;
}

/* Where its beginning was read a moment ago, or from the store. */
static int
read_text(struct desk *d, const struct index_version *v, struct pagetext *t,
	  struct err *err)
{
	int rc = 0;

	if (!t->blob || !bigtexts_take_up(t->bigtexts, t->blob, &t->read))
		rc = pagetext_load(d, v, &t->read, err);
	if (rc)
		buf_release(&t->read);
	t->ptr = t->read.ptr;
	t->len = t->read.len;
	return rc;
}

int
pagetext_open(struct desk *d, const struct index_version *v, struct pagetext *t,
	      struct err *err)
{
	bool there = v && !v->gone;

	buf_init(&t->read);
	t->bigtexts = d->bigtexts;
	t->blob = there ? v->blob : NULL;
	t->json = there ? bigtexts_find(d->bigtexts, v->blob) : NULL;
	if (!t->json)
		return read_text(d, v, t, err);
	t->ptr = json_string_value(t->json);
	t->len = json_string_length(t->json);
	return 0;
}

json_t *
pagetext_json(struct pagetext *t)
{
	if (t->json)
		return t->json;
	t->json = call_json(t->ptr, t->len);
	if (t->blob && is_verbatim(&t->read, t->json))
		bigtexts_keep(t->bigtexts, t->blob, t->json);
	return t->json;
}

void
pagetext_release(struct pagetext *t)
{
	if (t->blob && !t->json)
		bigtexts_put_by(t->bigtexts, t->blob, &t->read);
	json_decref(t->json);
	buf_release(&t->read);
}
