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

int
pagetext_open(struct desk *d, const struct index_version *v, struct pagetext *t,
	      struct err *err)
{
	bool there = v && !v->gone;
	int rc;

	buf_init(&t->read);
	t->json = there ? bigtexts_find(d->bigtexts, v->blob) : NULL;
	if (t->json) {
		t->ptr = json_string_value(t->json);
		t->len = json_string_length(t->json);
		return 0;
	}
	rc = pagetext_load(d, v, &t->read, err);
	if (rc) {
		buf_release(&t->read);
		return rc;
	}
	t->ptr = t->read.ptr;
	t->len = t->read.len;
	t->json = call_json(t->ptr, t->len);
	if (there && is_verbatim(&t->read, t->json))
		bigtexts_keep(d->bigtexts, v->blob, t->json);
	return 0;
}

void
pagetext_release(struct pagetext *t)
{
	json_decref(t->json);
	buf_release(&t->read);
}
