/*
 * indexer.c - see indexer.h. A rename is one commit in which A vanishes and
 * a page appears whose `aliassen` name A: then A has no version of its own
 * there, its numbers go on with the new page.
 */
#include "wiki/indexer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/message.h"
#include "plein/path.h"
#include "state/remarks.h"
#include "store/history.h"
#include "store/snap.h"
#include "wiki/trace.h"

struct walk {
	struct index *index;
	struct repo *repo;
	struct err *err;
	const struct indexer_watch *watch; /* or NULL */
	long done;
	bool later; /* what pages say is filled in at the end */
	bool all; /* from the first commit on, into an empty index */
};

/* One changed page of a commit. */
struct touched {
	char *address;
	const struct history_change *change;
	struct page_info info; /* when not vanished */
	struct buf text; /* the same */
	bool loaded; /* text and info are there */
	bool taken; /* vanished, and goes on elsewhere */
	const struct touched *from; /* what it was before the rename */
};

static void
touched_free(void *p)
{
	struct touched *t = p;

	free(t->address);
	page_info_release(&t->info);
	buf_release(&t->text);
	free(t);
}

static bool
is_gone(const struct touched *t)
{
	return t->change->blob.hex[0] == '\0';
}

static int
load_touched(struct walk *w, struct touched *t)
{
	int rc = 0;

	if (is_gone(t) || t->loaded)
		return 0;
	t->loaded = true;
	if (t->change->text)
		buf_add(&t->text, t->change->text, t->change->len);
	else
		rc = snap_blob(w->repo, &t->change->blob, &t->text, w->err);
	if (!rc)
		page_info_read(&t->info, t->address, t->text.ptr, t->text.len);
	return rc;
}

static int
read_touched(struct walk *w, const struct history_change *change,
	     struct vec *out)
{
	struct buf address = BUF_INIT;
	struct touched *t;

	if (path_kind_of(change->path) != PATH_PAGE)
		return 0;
	t = mem_alloc(sizeof(*t));
	path_to_address(change->path, &address);
	t->address = buf_take(&address);
	t->change = change;
	buf_init(&t->text);
	page_info_init(&t->info);
	vec_push(out, t);
	return w->later ? 0 : load_touched(w, t);
}

/* Only when pages vanished and others appeared is there a rename to see. */
static int
load_candidates(struct walk *w, const struct vec *touched)
{
	struct touched *t;
	bool gone = false;
	size_t i;
	int rc = 0;

	for (i = 0; i < touched->len; i++)
		gone = gone || is_gone(touched->items[i]);
	for (i = 0; gone && i < touched->len && !rc; i++) {
		t = touched->items[i];
		if (t->change->appeared)
			rc = load_touched(w, t);
	}
	return rc;
}

static bool
names_alias(const struct page_info *info, const char *address)
{
	size_t i;

	for (i = 0; i < info->aliases.len; i++)
		if (strcmp(info->aliases.items[i], address) == 0)
			return true;
	return false;
}

/* Join what vanished with what appeared in its place. */
static void
match_renames(const struct vec *touched)
{
	struct touched *a, *b;
	size_t i, j;

	for (i = 0; i < touched->len; i++) {
		a = touched->items[i];
		if (!is_gone(a))
			continue;
		for (j = 0; j < touched->len && !a->taken; j++) {
			b = touched->items[j];
			if (!b->change->appeared || b->from ||
			    !names_alias(&b->info, a->address))
				continue;
			b->from = a;
			a->taken = true;
		}
	}
}

static int
add_versions(struct walk *w, const struct index_entry *e,
	     const struct vec *touched)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < touched->len && !rc; i++) {
		const struct touched *t = touched->items[i];
		struct index_content now = { w->later ? NULL : &t->info,
					     t->change->blob.hex, t->text.ptr,
					     t->text.len,
					     t->from ? t->from->address
						     : NULL };

		if (!t->taken)
			rc = index_add(w->index, e, t->address,
				       is_gone(t) ? NULL : &now, NULL, w->err);
	}
	return rc;
}

/* Pages among the changes stand in `touched` in the same order; *at moves. */
static const char *
find_origin(const struct vec *touched, size_t *at,
	    const struct history_change *change)
{
	const struct touched *t;

	if (*at == touched->len)
		return NULL;
	t = touched->items[*at];
	if (t->change != change)
		return NULL;
	++*at;
	return t->from ? t->from->change->path : NULL;
}

/* What it says is read now, or when all commits are known. */
static int
add_remark(struct walk *w, const struct index_entry *e,
	   const struct index_change *change, const struct history_change *h)
{
	struct buf text = BUF_INIT;
	int rc = 0;

	if (h->text)
		return remarks_change(w->index, e, change, h->text, h->len,
				      w->err);
	if (change->blob && !w->later)
		rc = snap_blob(w->repo, &h->blob, &text, w->err);
	if (!rc)
		rc = remarks_change(w->index, e, change,
				    w->later ? NULL : text.ptr, text.len,
				    w->err);
	buf_release(&text);
	return rc;
}

static int
add_changes(struct walk *w, const struct index_entry *e,
	    const struct history_commit *c, const struct vec *touched)
{
	size_t i, at = 0;
	int rc = 0;

	for (i = 0; i < c->n_changes && !rc; i++) {
		const struct history_change *h = &c->changes[i];
		struct index_change change = {
			h->path, h->blob.hex[0] ? h->blob.hex : NULL,
			h->appeared, find_origin(touched, &at, h)
		};

		rc = index_add_change(w->index, e, &change, w->err);
		if (!rc && path_kind_of(h->path) == PATH_REMARK)
			rc = add_remark(w, e, &change, h);
	}
	return rc;
}

static int
record(struct walk *w, const struct history_commit *c,
       const struct vec *touched)
{
	struct trace trace;
	struct index_entry e = { .commit = (char *)c->id.hex,
				 .when = c->when,
				 .author = (char *)c->author_name };
	int rc;

	trace_read(&trace, c->author_mail, c->committer_mail, c->message);
	e.handle = trace.handle;
	e.note = trace.message.subject ? trace.message.subject : (char *)"";
	e.action = trace.message.action;
	e.request = trace.message.request;
	rc = index_add_entry(w->index, &e, w->err);
	if (!rc)
		rc = add_changes(w, &e, c, touched);
	if (!rc)
		rc = add_versions(w, &e, touched);
	if (!rc && !w->later)
		rc = remarks_settle(w->index, w->err);
	trace_release(&trace);
	return rc;
}

static int
add_commit(void *ctx, const struct history_commit *c)
{
	struct walk *w = ctx;
	struct vec touched = VEC_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < c->n_changes && !rc; i++)
		rc = read_touched(w, &c->changes[i], &touched);
	if (!rc)
		rc = load_candidates(w, &touched);
	if (!rc) {
		match_renames(&touched);
		rc = record(w, c, &touched);
	}
	vec_release(&touched, touched_free);
	if (!rc && w->watch)
		rc = w->watch->step(w->watch->ctx, ++w->done, (long)c->left);
	return rc;
}

/* Looks, at one commit, for what a page was before. */
struct search {
	struct walk walk;
	const char *address;
	struct buf *origin;
};

static int
note_origin(void *ctx, const struct history_commit *c)
{
	struct search *s = ctx;
	struct vec touched = VEC_INIT;
	const struct touched *t;
	size_t i;
	int rc = 0;

	for (i = 0; i < c->n_changes && !rc; i++)
		rc = read_touched(&s->walk, &c->changes[i], &touched);
	if (!rc)
		rc = load_candidates(&s->walk, &touched);
	if (!rc)
		match_renames(&touched);
	for (i = 0; i < touched.len && !rc; i++) {
		t = touched.items[i];
		if (t->from && strcmp(t->address, s->address) == 0)
			buf_add(s->origin, t->from->address,
				strlen(t->from->address));
	}
	vec_release(&touched, touched_free);
	return rc;
}

int
indexer_find_origin(struct repo *r, const struct repo_id *parent,
		    const struct repo_id *commit, const char *address,
		    struct buf *origin, struct err *err)
{
	struct search s = { .walk = { .repo = r, .err = err, .later = true },
			    .address = address,
			    .origin = origin };

	return history_walk(r, parent, commit, note_origin, &s, err);
}

int
indexer_record(struct index *x, struct repo *r, const struct history_commit *c,
	       struct err *err)
{
	struct walk w = { .index = x, .repo = r, .err = err };

	return add_commit(&w, c);
}

static int
fill_page(struct walk *w, const struct index_due *due)
{
	struct buf text = BUF_INIT;
	struct page_info info;
	struct index_content now = { .info = &info, .blob = due->blob };
	struct repo_id blob;
	int rc;

	page_info_init(&info);
	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", due->blob);
	rc = snap_blob(w->repo, &blob, &text, w->err);
	if (!rc) {
		page_info_read(&info, due->address, text.ptr, text.len);
		now.text = text.ptr;
		now.len = text.len;
		rc = index_fill(w->index, due, &now, w->err);
	}
	buf_release(&text);
	page_info_release(&info);
	return rc;
}

int
indexer_fill(struct index *x, struct repo *r, const struct index_due *due,
	     struct err *err)
{
	struct walk w = { .index = x, .repo = r, .err = err };

	return fill_page(&w, due);
}

/* What the pages say that got a version above that place. */
static int
fill_pages(struct walk *w, int64_t seq)
{
	struct vec due = VEC_INIT;
	size_t i;
	int rc = index_due(w->index, seq, &due, w->err);

	for (i = 0; i < due.len && !rc; i++)
		rc = fill_page(w, due.items[i]);
	vec_release(&due, index_due_free);
	return rc;
}

static int
read_blob(struct walk *w, const char *hex, struct buf *text)
{
	struct repo_id blob;

	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", hex);
	return snap_blob(w->repo, &blob, text, w->err);
}

static int
name_people(struct walk *w, const char *name, const struct remark_version *v)
{
	struct buf text = BUF_INIT;
	int rc = read_blob(w, v->blob, &text);

	if (!rc)
		rc = remarks_name(w->index, name, v->seq, text.ptr, text.len,
				  w->err);
	buf_release(&text);
	return rc;
}

/* Whom its earlier words named, file after file. */
static int
name_before(struct walk *w, const struct remark_due *due)
{
	const struct remark_version *v;
	struct vec versions = VEC_INIT;
	const char *last = "";
	size_t i;
	int rc = remark_versions(w->index, due->name, &versions, w->err);

	for (i = 0; i < versions.len && !rc; i++) {
		v = versions.items[i];
		if (!v->blob || strcmp(v->blob, last) == 0)
			continue;
		last = v->blob;
		rc = name_people(w, due->name, v);
	}
	vec_release(&versions, remark_version_free);
	return rc;
}

static int
fill_remark(struct walk *w, const struct remark_due *due)
{
	struct buf text = BUF_INIT;
	int rc = due->edited ? name_before(w, due) : 0;

	if (!rc)
		rc = read_blob(w, due->blob, &text);
	if (!rc)
		rc = remarks_fill(w->index, due->name, text.ptr, text.len,
				  w->err);
	buf_release(&text);
	return rc;
}

static int
fill_remarks(struct walk *w)
{
	struct vec due = VEC_INIT;
	size_t i;
	int rc = remarks_due(w->index, &due, w->err);

	for (i = 0; i < due.len && !rc; i++)
		rc = fill_remark(w, due.items[i]);
	vec_release(&due, remark_due_free);
	return rc ? rc : remarks_settle(w->index, w->err);
}

/* Add `from` (exclusive) to `to`; one transaction. */
static int
add_range(struct walk *w, const struct repo_id *from, const struct repo_id *to)
{
	int64_t seq = 0;
	int rc = index_begin(w->index, w->err);

	if (rc)
		return rc;
	w->later = true;
	rc = index_last(w->index, &seq, w->err);
	if (!rc && w->all)
		rc = index_drop_sides(w->index, w->err);
	if (!rc)
		rc = history_walk(w->repo, from, to, add_commit, w, w->err);
	if (!rc && w->all)
		rc = index_make_sides(w->index, w->err);
	if (!rc)
		rc = fill_pages(w, seq);
	if (!rc)
		rc = fill_remarks(w);
	if (!rc)
		rc = index_commit(w->index, to->hex, w->err);
	if (rc)
		index_abort(w->index);
	return rc;
}

/* From the first commit on, into an empty index. */
static int
add_all(struct walk *w, const struct repo_id *to)
{
	static const struct repo_id none = { "" };
	int rc;

	w->all = true;
	repo_hurry(w->repo, true);
	rc = add_range(w, &none, to);
	repo_hurry(w->repo, false);
	return rc;
}

static int
read_heads(struct index *x, struct repo *r, struct repo_id *head,
	   struct repo_id *tip, struct err *err)
{
	int rc = index_head(x, head->hex, err);

	return rc ? rc : repo_ref_read(r, tip, err);
}

int
indexer_gap(struct index *x, struct repo *r, long *gap, struct err *err)
{
	struct repo_id head = { "" }, tip = { "" };
	size_t n = 0;
	int rc = read_heads(x, r, &head, &tip, err);

	*gap = 0;
	if (rc || !tip.hex[0] || strcmp(head.hex, tip.hex) == 0)
		return rc;
	if (head.hex[0])
		rc = history_count(r, &head, &tip, &n, err);
	*gap = !head.hex[0] || rc == PLEIN_ENOTFOUND ? INDEXER_LOST : (long)n;
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

int
indexer_run(struct index *x, struct repo *r, const struct indexer_watch *watch,
	    struct err *err)
{
	struct walk w = { .index = x, .repo = r, .err = err, .watch = watch };
	struct repo_id head = { "" }, tip = { "" };
	int rc = read_heads(x, r, &head, &tip, err);

	if (rc || strcmp(head.hex, tip.hex) == 0)
		return rc;
	if (head.hex[0]) {
		rc = tip.hex[0] ? add_range(&w, &head, &tip) : PLEIN_ENOTFOUND;
		if (rc != PLEIN_ENOTFOUND)
			return rc;
		head.hex[0] = '\0';
	}
	rc = index_clear(x, err);
	return rc || !tip.hex[0] ? rc : add_all(&w, &tip);
}

int
indexer_run_to(struct index *x, struct repo *r, const struct repo_id *to,
	       struct err *err)
{
	struct walk w = { .index = x, .repo = r, .err = err };

	return to->hex[0] ? add_all(&w, to) : 0;
}
