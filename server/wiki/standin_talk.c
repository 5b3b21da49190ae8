/*
 * standin_talk.c - the remarks of a standin. Their places are what they tell
 * themselves (arrival.h), far before the anchor; who made them what they are
 * nobody knows.
 */
#include "wiki/standin_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/index_partial.h"
#include "state/remarks.h"
#include "store/snap.h"
#include "wiki/arrival.h"
#include "wiki/posting.h"
#include "wiki/presenttalk.h"

struct said {
	char *path;
	struct repo_id blob;
	bool traced; /* it was looked for where it came */
};

void
standin_said_free(void *item)
{
	struct said *one = item;

	free(one->path);
	free(one);
}

static int
add_said(void *ctx, const char *path, const struct repo_id *blob)
{
	struct standin *s = ctx;
	struct said *one;

	if (path_kind_of(path) != PATH_REMARK)
		return 0;
	one = mem_alloc(sizeof(*one));
	one->path = mem_strdup(path);
	one->blob = *blob;
	vec_push(&s->said, one);
	return 0;
}

/* Once: their names alone, no word of them. */
static int
hear(struct standin *s, struct err *err)
{
	int rc;

	if (s->heard)
		return 0;
	rc = snap_walk_folder(s->repo, &s->anchor, "bespreking", add_said, s,
			      err);
	s->heard = !rc;
	if (rc)
		vec_release(&s->said, standin_said_free);
	return rc;
}

/* No commit, by nobody; the id is one that none has. */
static int
put_place(struct standin *s, int64_t seq, struct err *err)
{
	char id[REPO_ID_LEN + 1];
	const struct index_entry e = { .seq = seq,
				       .commit = id,
				       .author = (char *)"",
				       .handle = (char *)"",
				       .note = (char *)"" };

	(void)snprintf(id, sizeof(id), "%040llx", (unsigned long long)seq);
	return index_put_entry(s->index, &e, err);
}

static int
put_remark(struct standin *s, const struct index_remark *r, struct err *err)
{
	const struct index_entry e = { .seq = r->seq };
	char *path = posting_path(r->page, r->thread, r->name);
	const struct index_change c = { path, r->blob, true, NULL };
	struct buf text = BUF_INIT;
	struct repo_id blob;
	int rc = put_place(s, r->seq, err);

	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", r->blob);
	if (!rc)
		rc = snap_blob(s->repo, &blob, &text, err);
	if (!rc)
		rc = remarks_change(s->index, &e, &c, text.ptr, text.len, err);
	buf_release(&text);
	free(path);
	return rc;
}

/* One that changed since the anchor is known already. */
static int
put_if_unknown(struct standin *s, const struct index_remark *r, struct err *err)
{
	struct index_remark *known = NULL;
	int rc = remark_get(s->index, r->name, &known, err);

	index_remark_free(known);
	return rc == PLEIN_ENOTFOUND ? put_remark(s, r, err) : rc;
}

static int
read_thread(struct standin *s, const char *code, struct vec *remarks,
	    struct err *err)
{
	const struct said *one;
	struct index_remark *r;
	struct path_remark at;
	size_t i;
	int rc = 0;

	for (i = 0; i < s->said.len && !rc; i++) {
		one = s->said.items[i];
		path_remark_read(&at, one->path);
		if (strcmp(at.thread, code) != 0)
			continue;
		rc = presenttalk_read(s->repo, one->path, &one->blob, &r, err);
		if (!rc)
			vec_push(remarks, r);
	}
	arrival_order(remarks);
	return rc;
}

static int
show_thread(struct standin *s, const char *code, struct err *err)
{
	struct vec remarks = VEC_INIT;
	size_t i;
	int rc;

	if (standin_is_among(&s->talks, code))
		return 0;
	rc = read_thread(s, code, &remarks, err);
	for (i = 0; i < remarks.len && !rc; i++)
		rc = put_if_unknown(s, remarks.items[i], err);
	if (!rc)
		rc = remarks_settle(s->index, err);
	if (!rc)
		vec_push(&s->talks, mem_strdup(code));
	vec_release(&remarks, index_remark_free);
	return rc;
}

int
standin_show_thread(struct standin *s, const char *code, struct err *err)
{
	int rc = hear(s, err);

	return rc ? rc : show_thread(s, code, err);
}

int
standin_show_talks(struct standin *s, const char *address, struct err *err)
{
	struct path_remark at;
	size_t i;
	int rc = hear(s, err);

	for (i = 0; i < s->said.len && !rc; i++) {
		path_remark_read(&at,
				 ((const struct said *)s->said.items[i])->path);
		if (strcmp(at.page, address) == 0)
			rc = show_thread(s, at.thread, err);
	}
	return rc;
}

int
standin_show_remark(struct standin *s, const char *name, struct err *err)
{
	struct path_remark at;
	size_t i;
	int rc = hear(s, err);

	for (i = 0; i < s->said.len && !rc; i++) {
		path_remark_read(&at,
				 ((const struct said *)s->said.items[i])->path);
		if (strcmp(at.name, name) == 0)
			return show_thread(s, at.thread, err);
	}
	return rc;
}

/* --- by which request --------------------------------------------------- */

static int
find_came(struct standin *s, const struct said *one, int64_t *seq,
	  struct err *err)
{
	struct trail_step step = { 0 };
	struct trail *t = NULL;
	int rc = trail_open(&t, s->repo, &s->anchor, err);

	*seq = 0;
	if (!rc)
		rc = trail_next(t, one->path, clock_mono_ms() + s->ms, &step,
				err);
	trail_close(t);
	if (rc <= 0)
		return rc;
	*seq = STANDIN_ANCHOR - step.back;
	return standin_place(s, &step.commit, step.back, err);
}

/* Was it left alone since the anchor? */
static bool
is_as_said(struct standin *s, const struct said *one,
	   const struct path_remark *at)
{
	struct index_remark *r = NULL;
	bool same = !remark_get(s->index, at->name, &r, NULL) && !r->gone &&
		    strcmp(r->page, at->page) == 0 &&
		    strcmp(r->thread, at->thread) == 0 &&
		    strcmp(r->blob, one->blob.hex) == 0;

	index_remark_free(r);
	return same;
}

/*
 * The commit that one came in tells by which request, so that asking again
 * says nothing twice. Of one that changed since, not.
 */
static int
trace(struct standin *s, struct said *one, const struct path_remark *at,
      struct err *err)
{
	const struct index_change c = { one->path, one->blob.hex, true, NULL };
	struct index_entry e = { 0 };
	int rc = 0;

	if (!one->traced && is_as_said(s, one, at))
		rc = find_came(s, one, &e.seq, err);
	if (!rc && e.seq)
		rc = remarks_change(s->index, &e, &c, NULL, 0, err);
	if (!rc && e.seq)
		rc = remarks_settle(s->index, err);
	one->traced = !rc;
	return rc;
}

int
standin_show_own(struct standin *s, const char *handle, int64_t since,
		 struct err *err)
{
	struct said *one;
	struct path_remark at;
	size_t i;
	int rc = hear(s, err);

	for (i = 0; i < s->said.len && !rc; i++) {
		one = s->said.items[i];
		path_remark_read(&at, one->path);
		if (at.when < since || strcmp(at.handle, handle) != 0)
			continue;
		rc = show_thread(s, at.thread, err);
		if (!rc)
			rc = trace(s, one, &at, err);
	}
	return rc;
}
