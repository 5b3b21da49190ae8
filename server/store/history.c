/*
 * history.c - main from old to new. The ids are collected first, newest to
 * oldest (20 bytes each), then each commit is compared with its parent.
 */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "store/diff.h"
#include "store/libgit.h"
#include "store/lineage.h"

struct gatherer {
	struct history_change *changes;
	size_t n;
	size_t cap;
};

static int
gather_change(void *ctx, const char *path, const struct tree_entry *old,
	      const struct tree_entry *now)
{
	struct gatherer *g = ctx;
	struct history_change *c;

	if (g->n == g->cap) {
		g->cap = g->cap ? g->cap * 2 : 8;
		g->changes =
			mem_realloc(g->changes, g->cap * sizeof *g->changes);
	}
	c = &g->changes[g->n++];
	memset(c, 0, sizeof *c);
	c->path = mem_strdup(path);
	if (now != NULL)
		libgit_id(&c->blob, &now->id);
	c->appeared = old == NULL;
	return 0;
}

static void
forget_changes(struct gatherer *g)
{
	while (g->n > 0)
		free((char *)g->changes[--g->n].path);
}

struct stroll {
	struct repo *r;
	struct gatherer found;
	git_oid tree; /* of the commit before */
	bool has_tree;
	size_t left; /* commits still to come */
	int (*each)(void *ctx, const struct history_commit *c);
	void *ctx;
};

static int
pass_commit(struct stroll *s, git_commit *commit)
{
	const git_signature *author = git_commit_author(commit);
	struct history_commit c = {
		.author_name = author->name,
		.author_mail = author->email,
		.committer_mail = git_commit_committer(commit)->email,
		.message = git_commit_message(commit),
		.when = git_commit_time(commit),
		.changes = s->found.changes,
		.n_changes = s->found.n,
		.left = s->left,
	};

	libgit_id(&c.id, git_commit_id(commit));
	return s->each(s->ctx, &c);
}

static int
visit_commit(struct stroll *s, const git_oid *id, struct err *err)
{
	struct diff d = { .ctx = &s->found, .file = gather_change };
	git_commit *commit = NULL;
	int rc = git_commit_lookup(&commit, s->r->git, id);

	if (rc != 0)
		return libgit_fail(err, rc, "commit %s", git_oid_tostr_s(id));
	rc = diff_trees(s->r, s->has_tree ? &s->tree : NULL,
			git_commit_tree_id(commit), &d, err);
	if (rc == 0)
		rc = pass_commit(s, commit);
	forget_changes(&s->found);
	s->tree = *git_commit_tree_id(commit);
	s->has_tree = true;
	git_commit_free(commit);
	return rc;
}

/* The tree to compare the first commit with. */
static int
start_at(struct stroll *s, const struct repo_id *from, struct err *err)
{
	git_commit *c = NULL;
	int rc;

	if (from->hex[0] == '\0')
		return 0;
	rc = libgit_commit(&c, s->r, from, err);
	if (rc == 0) {
		s->tree = *git_commit_tree_id(c);
		s->has_tree = true;
	}
	git_commit_free(c);
	return rc;
}

int
history_walk(struct repo *r, const struct repo_id *from,
	     const struct repo_id *to,
	     int (*each)(void *ctx, const struct history_commit *c), void *ctx,
	     struct err *err)
{
	struct stroll s = { .r = r, .each = each, .ctx = ctx };
	struct lineage l = LINEAGE_INIT;
	git_oid id;
	size_t i;
	int rc;

	rc = start_at(&s, from, err);
	if (rc == 0)
		rc = lineage_read(&l, r, from, to, err);
	for (i = 0; rc == 0 && i < l.n; i++) {
		lineage_get(&l, i, &id);
		s.left = l.n - i - 1;
		rc = visit_commit(&s, &id, err);
	}
	free(s.found.changes);
	lineage_release(&l);
	return rc;
}

int
history_read(struct repo *r, const struct repo_id *commit,
	     int (*each)(void *ctx, const struct history_commit *c), void *ctx,
	     struct err *err)
{
	struct stroll s = { .r = r, .each = each, .ctx = ctx };
	git_commit *c = NULL;
	int rc = libgit_commit(&c, r, commit, err);

	if (rc == 0)
		rc = pass_commit(&s, c);
	git_commit_free(c);
	return rc;
}

int
history_count(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, size_t *n, struct err *err)
{
	struct lineage l = LINEAGE_INIT;
	int rc = lineage_read(&l, r, from, to, err);

	*n = l.n;
	lineage_release(&l);
	return rc;
}
