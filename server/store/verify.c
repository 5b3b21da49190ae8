/*
 * verify.c - reading everything reachable from main.
 *
 * main is a line, so every object first shows up in some commit as a
 * difference with its parent: comparing commit by commit reads each object
 * once, without remembering which were seen. libgit2 compares an object with
 * its id when it reads it; a handle of our own makes sure it does read.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/filter.h"
#include "plein/path.h"
#include "store/diff.h"
#include "store/history.h"
#include "store/libgit.h"
#include "store/lineage.h"

#define PROBLEMS_MAX 1000

struct check {
	struct repo *r;
	struct vec *problems;
	const git_oid *commit;
};

/* "what, in commit 0123abcd"; `path` comes from other people. */
static void
add_problem(struct check *c, const char *path, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void
add_problem(struct check *c, const char *path, const char *fmt, ...)
{
	struct buf line = BUF_INIT;
	va_list ap;

	if (c->problems->len >= PROBLEMS_MAX)
		return;
	buf_str(&line, "commit ");
	buf_str(&line, git_oid_tostr_s(c->commit));
	if (path != NULL && *path != '\0') {
		buf_str(&line, ", ");
		filter_line(&line, path, strlen(path));
	}
	buf_str(&line, ": ");
	va_start(ap, fmt);
	buf_vprintf(&line, fmt, ap);
	va_end(ap);
	vec_push(c->problems, buf_take(&line));
}

static void
check_blob(struct check *c, const char *path, const git_oid *id)
{
	git_odb_object *obj = NULL;
	struct err why = ERR_INIT;
	int rc = git_odb_read(&obj, c->r->odb, id);

	if (rc != 0) {
		(void)libgit_fail(&why, rc, "file %s", git_oid_tostr_s(id));
		add_problem(c, path, "%s", why.msg);
	} else if (git_odb_object_type(obj) != GIT_OBJECT_BLOB) {
		add_problem(c, path, "%s is no file", git_oid_tostr_s(id));
	}
	git_odb_object_free(obj);
}

static int
check_file(void *ctx, const char *path, const struct tree_entry *old,
	   const struct tree_entry *now)
{
	struct check *c = ctx;

	if (now == NULL)
		return 0;
	if (now->mode != TREE_MODE_FILE)
		add_problem(c, path, "mode %o is not allowed", now->mode);
	if (old == NULL && path_kind_of(path) == PATH_BAD)
		add_problem(c, path, "this path is not allowed");
	if (now->mode != 0160000) /* a submodule's commit is elsewhere */
		check_blob(c, path, &now->id);
	return 0;
}

static int
note_broken(void *ctx, const char *path, const struct err *why)
{
	add_problem(ctx, path, "%s", why->msg);
	return 0;
}

/*
 * One commit, then its first parent's turn: *id moves on. 1 when there is
 * one, 0 at the end or when nothing further can be read.
 */
static int
check_commit(struct check *c, git_oid *id, struct err *err)
{
	struct diff d = { .ctx = c, .file = check_file, .broken = note_broken };
	git_commit *commit = NULL, *parent = NULL;
	unsigned n = 0;
	int rc = git_commit_lookup(&commit, c->r->git, id);

	c->commit = id;
	if (rc != 0) {
		(void)libgit_fail(err, rc, "cannot be read");
		add_problem(c, NULL, "%s", err->msg);
		return 0;
	}
	n = git_commit_parentcount(commit);
	if (n > 1)
		add_problem(c, NULL, "a merge of %u, main must be a line", n);
	if (n > 0 && git_commit_parent(&parent, commit, 0) != 0)
		parent = NULL; /* its own turn reports it */
	if (parent && git_commit_time(commit) < git_commit_time(parent))
		add_problem(c, NULL, "dated before the one it follows");
	rc = diff_trees(c->r, parent ? git_commit_tree_id(parent) : NULL,
			git_commit_tree_id(commit), &d, err);
	if (n > 0)
		*id = *git_commit_parent_id(commit, 0);
	git_commit_free(parent);
	git_commit_free(commit);
	return rc == 0 && n > 0 ? 1 : rc;
}

int
history_verify(struct repo *r, struct vec *problems, struct err *err)
{
	struct check c = { NULL, problems, NULL };
	struct err own = ERR_INIT;
	struct repo_id tip;
	git_oid id;
	int rc;

	rc = repo_open(&c.r, git_repository_path(r->git), err);
	if (rc == 0)
		rc = repo_ref_read(c.r, &tip, err);
	if (rc == 0 && tip.hex[0] != '\0') {
		rc = libgit_oid(&id, &tip, err);
		if (rc == 0)
			rc = 1;
		while (rc > 0)
			rc = check_commit(&c, &id, &own);
	}
	repo_close(c.r);
	return rc;
}
