/*
 * diff.c - two sorted lists walked side by side; folders with the same id
 * are not opened. Without rename detection: a rename is told by the page
 * (`aliassen`), not guessed.
 *
 * Most often one entry differs among a thousand, so the bytes that both
 * lists begin and end with are passed over. What is damaged there was so on
 * the old side already.
 */
#include "store/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "store/libgit.h"

#define DEPTH_MAX 32

struct walk {
	struct repo *repo;
	const struct diff *d;
	struct buf path;
	int depth;
	struct err *err;
};

/* One side of the comparison: a tree and the entry to look at. */
struct side {
	struct tree *tree; /* NULL: nothing */
	size_t pos;
	struct tree_entry e;
	bool has;
};

static int
report_broken(struct walk *w, bool new_side, int code)
{
	struct err why = ERR_INIT;

	if (w->d->broken == NULL)
		return code;
	if (w->err != NULL)
		why = *w->err;
	why.code = code;
	return new_side ? w->d->broken(w->d->ctx, w->path.ptr, &why) : 0;
}

static int
advance_side(struct walk *w, struct side *s, bool new_side)
{
	struct tree_entry before = s->e;
	int rc = s->tree ? tree_next(&s->tree->raw, &s->pos, &s->e) : 0;

	if (rc > 0 && s->has && tree_entry_cmp(&before, &s->e) >= 0)
		rc = PLEIN_ECORRUPT; /* twins, or out of order */
	s->has = rc > 0;
	if (rc >= 0)
		return 0;
	(void)err_set(w->err, rc, "tree %s is damaged",
		      git_oid_tostr_s(&s->tree->id));
	return report_broken(w, new_side, rc);
}

static int
open_side(struct walk *w, struct side *s, const git_oid *id, bool new_side)
{
	int rc = 0;

	if (id != NULL)
		rc = tree_read(&s->tree, w->repo, id, w->err);
	if (rc != 0)
		return report_broken(w, new_side, rc);
	if (new_side && s->tree && w->d->folder)
		rc = w->d->folder(w->d->ctx, w->path.ptr, s->tree);
	return rc;
}

static uint64_t
eight_at(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* How many bytes both begin with. */
static size_t
count_head(const struct buf *a, const struct buf *b)
{
	size_t most = a->len < b->len ? a->len : b->len, n = 0;

	while (n + 8 <= most && eight_at(a->ptr + n) == eight_at(b->ptr + n))
		n += 8;
	while (n < most && a->ptr[n] == b->ptr[n])
		n++;
	return n;
}

/* How many bytes both end with. */
static size_t
count_tail(const struct buf *a, const struct buf *b)
{
	size_t most = a->len < b->len ? a->len : b->len, n = 0;
	const char *p = a->ptr + a->len, *q = b->ptr + b->len;

	while (n + 8 <= most && eight_at(p - n - 8) == eight_at(q - n - 8))
		n += 8;
	while (n < most && p[-1 - (ptrdiff_t)n] == q[-1 - (ptrdiff_t)n])
		n++;
	return n;
}

/* Stand on the last of the entries that both begin with. */
static void
skip_head(struct side *a, struct side *b)
{
	size_t same = count_head(&a->tree->raw, &b->tree->raw), pos = 0;
	struct tree_entry e;

	while (tree_next(&a->tree->raw, &pos, &e) > 0 && pos <= same) {
		a->e = b->e = e;
		a->pos = b->pos = pos;
		a->has = b->has = true;
	}
}

/* Are there the same entries to come on both sides, and nothing else? */
static bool
is_in_tail(const struct side *a, const struct side *b, size_t tail)
{
	size_t left;

	if (!a->has || !b->has)
		return false;
	left = a->tree->raw.len - a->e.at;
	return left == b->tree->raw.len - b->e.at && left <= tail;
}

static int
walk_pair(struct walk *w, const git_oid *old, const git_oid *now);

static int
walk_folders(struct walk *w, const struct tree_entry *old,
	     const struct tree_entry *now)
{
	int rc;

	if (w->depth == DEPTH_MAX) {
		(void)err_set(w->err, PLEIN_ECORRUPT, "folders too deep");
		return report_broken(w, now != NULL, PLEIN_ECORRUPT);
	}
	w->depth++;
	buf_char(&w->path, '/');
	rc = walk_pair(w, old ? &old->id : NULL, now ? &now->id : NULL);
	w->depth--;
	return rc;
}

/* One name, on one side or on both; both are folders or neither is. */
static int
visit_entry(struct walk *w, const struct tree_entry *old,
	    const struct tree_entry *now)
{
	const struct tree_entry *e = now ? now : old;
	size_t len = w->path.len;
	int rc;

	if (old && now && old->mode == now->mode &&
	    git_oid_equal(&old->id, &now->id))
		return 0;
	buf_add(&w->path, e->name, e->len);
	if (tree_entry_is_dir(e))
		rc = walk_folders(w, old, now);
	else
		rc = w->d->file(w->d->ctx, w->path.ptr, old, now);
	buf_erase(&w->path, len, w->path.len - len);
	return rc;
}

static int
compare_heads(const struct side *old, const struct side *now)
{
	if (!now->has)
		return -1;
	return old->has ? tree_entry_cmp(&old->e, &now->e) : 1;
}

static int
walk_entries(struct walk *w, struct side *a, struct side *b)
{
	bool both = a->tree && b->tree;
	size_t tail = both ? count_tail(&a->tree->raw, &b->tree->raw) : 0;
	int cmp, rc;

	if (both)
		skip_head(a, b);
	rc = advance_side(w, a, false);
	if (rc == 0)
		rc = advance_side(w, b, true);
	while (rc == 0 && (a->has || b->has) && !is_in_tail(a, b, tail)) {
		cmp = compare_heads(a, b);
		rc = visit_entry(w, cmp <= 0 ? &a->e : NULL,
				 cmp >= 0 ? &b->e : NULL);
		if (rc == 0 && cmp <= 0)
			rc = advance_side(w, a, false);
		if (rc == 0 && cmp >= 0)
			rc = advance_side(w, b, true);
	}
	return rc;
}

static int
walk_pair(struct walk *w, const git_oid *old, const git_oid *now)
{
	struct side a = { NULL, 0, { 0 }, false }, b = a;
	int rc = open_side(w, &a, old, false);

	if (rc == 0)
		rc = open_side(w, &b, now, true);
	if (rc == 0)
		rc = walk_entries(w, &a, &b);
	tree_free(a.tree);
	tree_free(b.tree);
	return rc;
}

int
diff_trees(struct repo *r, const git_oid *old, const git_oid *now,
	   const struct diff *d, struct err *err)
{
	struct err own = ERR_INIT;
	struct walk w = { r, d, BUF_INIT, 0, err ? err : &own };
	int rc;

	rc = walk_pair(&w, old, now);
	buf_release(&w.path);
	return rc;
}
