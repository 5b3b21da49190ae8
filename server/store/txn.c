/*
 * txn.c - a batch. Blobs, trees and commits wait in memory (pending.h). At the
 * end they are stored as one pack, then main moves: three rounds of syncs (the
 * files of the pack, their folder, the ref), however many edits there are.
 *
 * The tree being changed lives on in the repository handle between batches
 * (work.h): a save reads no folder again. What is staged is kept as a list
 * too, so that a failed edit can be undone by starting over from the tip.
 */
#include "store/txn.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/vec.h"
#include "store/libgit.h"
#include "store/pending.h"
#include "store/work.h"

#define SERVICE_NAME "Plein"
#define MEMORY_MAX (32UL * 1024 * 1024) /* bytes that wait: see relieve() */

struct txn {
	struct repo *r;
	struct repo_id base, tip;
	git_oid tree; /* of the tip; zero while there is no commit */
	int64_t when; /* committer date of the tip */
	struct vec staged; /* struct change *: put, not yet in a commit */
	size_t kept; /* pending objects that commits need */
	struct history_change *changed; /* by the last commit */
	size_t n_changed;
};

struct change {
	char *path;
	git_oid blob;
	bool gone;
	bool appeared;
};

static void
free_change(void *item)
{
	struct change *c = item;

	free(c->path);
	free(c);
}

static void
forget_changed(struct txn *t)
{
	while (t->n_changed > 0)
		free((char *)t->changed[--t->n_changed].path);
	free(t->changed);
	t->changed = NULL;
}

static int
read_tip(struct txn *t, struct err *err)
{
	git_commit *c = NULL;
	int rc;

	if (t->base.hex[0] == '\0')
		return 0;
	rc = libgit_commit(&c, t->r, &t->base, err);
	if (rc == 0) {
		t->tree = *git_commit_tree_id(c);
		t->when = git_commit_time(c);
	}
	git_commit_free(c);
	return rc;
}

int
txn_begin(struct txn **out, struct repo *r, struct err *err)
{
	struct txn *t = mem_alloc(sizeof *t);
	int rc;

	t->r = r;
	rc = repo_ref_read(r, &t->base, err);
	t->tip = t->base;
	if (rc == 0)
		rc = read_tip(t, err);
	if (rc != 0) {
		txn_abort(t);
		t = NULL;
	}
	*out = t;
	return rc;
}

static void
drop_work(struct txn *t)
{
	work_close(t->r->work);
	t->r->work = NULL;
}

void
txn_abort(struct txn *t)
{
	if (t == NULL)
		return;
	/* trees that were never stored are not to be built upon */
	if (pending_len(t->r->pending) > 0 ||
	    (t->r->work && !work_is_at(t->r->work, &t->tree)))
		drop_work(t);
	pending_cut(t->r->pending, 0);
	vec_release(&t->staged, free_change);
	forget_changed(t);
	free(t);
}

const struct repo_id *
txn_base(const struct txn *t)
{
	return &t->base;
}

const struct repo_id *
txn_tip(const struct txn *t)
{
	return &t->tip;
}

int64_t
txn_when(const struct txn *t)
{
	return t->when;
}

static int
put_change(struct txn *t, const struct change *c, struct err *err)
{
	return work_put(t->r->work, c->path, c->gone ? NULL : &c->blob, err);
}

/* The working tree: the tip's, with what is staged on top. */
static int
ready_work(struct txn *t, struct err *err)
{
	size_t i;
	int rc;

	if (t->r->work && t->staged.len > 0)
		return 0;
	if (t->r->work && work_is_at(t->r->work, &t->tree))
		return 0;
	drop_work(t);
	rc = work_open(&t->r->work, t->r, &t->tree, err);
	for (i = 0; rc == 0 && i < t->staged.len; i++)
		rc = put_change(t, t->staged.items[i], err);
	if (rc != 0)
		drop_work(t);
	return rc;
}

/* Does the file hold just this blob (NULL: is there no file)? */
static int
compare_now(struct txn *t, const struct change *c, bool *same, bool *there,
	    struct err *err)
{
	git_oid now;
	int rc = work_find(t->r->work, c->path, &now, err);

	*there = rc == 0;
	if (rc != 0 && (rc != PLEIN_ENOTFOUND || c->gone))
		return rc;
	*same = *there && !c->gone && git_oid_equal(&now, &c->blob);
	return 0;
}

static int
keep_blob(struct txn *t, const char *text, size_t len, git_oid *id,
	  struct err *err)
{
	struct buf data = BUF_INIT;
	int rc;

	buf_add(&data, text, len);
	rc = pending_add(t->r->pending, GIT_OBJECT_BLOB, &data, NULL, id, err);
	buf_release(&data);
	return rc;
}

static int
check_change(struct txn *t, struct change *c, const char *text, size_t len,
	     struct err *err)
{
	int rc = ready_work(t, err);

	if (rc == 0 && path_kind_of(c->path) == PATH_BAD)
		rc = err_set(err, PLEIN_ERULE, "this path is not allowed");
	if (rc == 0 && text != NULL &&
	    git_odb_hash(&c->blob, text, len, GIT_OBJECT_BLOB) != 0)
		rc = err_set(err, PLEIN_EIO, "a text cannot be hashed");
	return rc;
}

/* *same: the file is like this already, nothing was staged. */
static int
stage_change(struct txn *t, const char *path, const char *text, size_t len,
	     bool *same, struct err *err)
{
	struct change *c = mem_alloc(sizeof *c);
	bool there = false;
	int rc;

	c->path = mem_strdup(path);
	c->gone = text == NULL;
	rc = check_change(t, c, text, len, err);
	if (rc == 0)
		rc = compare_now(t, c, same, &there, err);
	if (rc == 0 && !*same && text != NULL)
		rc = keep_blob(t, text, len, &c->blob, err);
	if (rc != 0 || *same) {
		free_change(c);
		return rc;
	}
	c->appeared = !there;
	rc = put_change(t, c, err);
	vec_push(&t->staged, c);
	return rc;
}

/* Undo down to `n` staged changes; ready_work() rebuilds when next asked. */
static void
unstage(struct txn *t, size_t n)
{
	while (t->staged.len > n)
		free_change(vec_remove(&t->staged, t->staged.len - 1));
	if (n == 0)
		pending_cut(t->r->pending, t->kept);
	drop_work(t);
}

int
txn_stage(struct txn *t, const char *path, const char *text, size_t len,
	  struct err *err)
{
	size_t n = t->staged.len;
	bool same = false;
	int rc = stage_change(t, path, text, len, &same, err);

	if (rc != 0)
		unstage(t, n);
	return rc;
}

void
txn_unstage(struct txn *t)
{
	if (t->staged.len > 0)
		unstage(t, 0);
}

const struct history_change *
txn_changes(const struct txn *t, size_t *n)
{
	*n = t->n_changed;
	return t->changed;
}

/* Minutes east of Greenwich at that moment, by TZ. */
static int
find_offset(int64_t when)
{
	time_t time = (time_t)when;
	struct tm tm;

	return localtime_r(&time, &tm) ? (int)(tm.tm_gmtoff / 60) : 0;
}

struct signer {
	const char *role; /* "author" or "committer" */
	const char *name, *mail;
	int64_t when;
};

/* A line of a commit; libgit2 judges and cleans the name. */
static int
add_signer(struct buf *out, const struct signer *s, struct err *err)
{
	git_signature *sig = NULL;
	int offset = find_offset(s->when);
	int minutes = abs(offset);

	if (git_signature_new(&sig, s->name, s->mail, s->when, offset) != 0)
		return err_set(err, PLEIN_ERULE,
			       "name or address cannot be signed with");
	buf_printf(out, "%s %s <%s> %lld %c%02d%02d\n", s->role, sig->name,
		   sig->email, (long long)s->when, offset < 0 ? '-' : '+',
		   minutes / 60, minutes % 60);
	git_signature_free(sig);
	return 0;
}

static int
word_commit(struct txn *t, const git_oid *tree, const struct edit *e,
	    struct buf *out, struct err *err)
{
	const struct signer signers[] = {
		{ "author", e->author_name, e->author_mail,
		  e->author_when ? e->author_when : e->when },
		{ "committer", SERVICE_NAME, e->service_mail,
		  e->when < t->when ? t->when : e->when },
	};
	int rc;

	buf_printf(out, "tree %s\n", git_oid_tostr_s(tree));
	if (t->tip.hex[0])
		buf_printf(out, "parent %s\n", t->tip.hex);
	rc = add_signer(out, &signers[0], err);
	if (rc == 0)
		rc = add_signer(out, &signers[1], err);
	buf_char(out, '\n');
	buf_str(out, e->message);
	return rc;
}

static int
keep_commit(struct txn *t, const git_oid *tree, const struct edit *e,
	    git_oid *id, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc = word_commit(t, tree, e, &text, err);

	if (rc == 0)
		rc = pending_add(t->r->pending, GIT_OBJECT_COMMIT, &text, NULL,
				 id, err);
	buf_release(&text);
	return rc;
}

/* A history that is brought in does not fit in memory: what its commits
 * need can be stored before main refers to it. */
static int
relieve(struct txn *t, struct err *err)
{
	if (pending_bytes(t->r->pending) < MEMORY_MAX)
		return 0;
	return pending_store(t->r->pending, git_repository_path(t->r->git),
			     err);
}

/* What was staged is what the commit changed. */
static void
note_changed(struct txn *t)
{
	struct history_change *h;
	struct change *c;

	forget_changed(t);
	t->changed = mem_array(t->staged.len, sizeof *t->changed);
	while (t->n_changed < t->staged.len) {
		c = t->staged.items[t->n_changed];
		h = &t->changed[t->n_changed++];
		h->path = c->path;
		h->appeared = c->appeared;
		c->path = NULL;
		if (!c->gone)
			libgit_id(&h->blob, &c->blob);
	}
	vec_release(&t->staged, free_change);
}

/* Turn what is staged into one commit. */
static int
commit_staged(struct txn *t, const struct edit *e, struct repo_id *commit,
	      struct err *err)
{
	git_oid tree, id;
	int rc = work_write(t->r->work, &tree, err);

	if (rc == 0 && git_oid_equal(&tree, &t->tree))
		rc = err_set(err, PLEIN_ESAME, "nothing changed");
	if (rc == 0)
		rc = keep_commit(t, &tree, e, &id, err);
	if (rc == 0)
		rc = relieve(t, err);
	if (rc != 0)
		return rc;
	t->kept = pending_len(t->r->pending);
	note_changed(t);
	t->tree = tree;
	if (e->when > t->when)
		t->when = e->when;
	libgit_id(&t->tip, &id);
	*commit = t->tip;
	return 0;
}

int
txn_edit(struct txn *t, const struct edit *e, struct repo_id *commit,
	 struct err *err)
{
	size_t n = t->staged.len;
	bool same = !e->path;
	int rc = 0;

	if (e->path)
		rc = stage_change(t, e->path, e->text, e->len, &same, err);
	if (rc == 0 && same && n == 0)
		return err_set(err, PLEIN_ESAME, "nothing changed");
	if (rc == 0)
		rc = commit_staged(t, e, commit, err);
	if (rc != 0)
		unstage(t, n);
	return rc;
}

int
txn_find(struct txn *t, const char *path, struct repo_id *blob, struct err *err)
{
	git_oid id;
	int rc = ready_work(t, err);

	if (rc == 0)
		rc = work_find(t->r->work, path, &id, err);
	if (rc == 0)
		libgit_id(blob, &id);
	return rc;
}

int
txn_commit(struct txn *t, struct err *err)
{
	int rc = 0;

	pending_cut(t->r->pending, t->kept);
	if (strcmp(t->base.hex, t->tip.hex) != 0) {
		rc = pending_store(t->r->pending,
				   git_repository_path(t->r->git), err);
		if (rc == 0)
			rc = repo_ref_swap(t->r, &t->base, &t->tip, err);
	}
	txn_abort(t);
	return rc;
}
