/* trail.c - see trail.h. */
#include "store/trail.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "store/libgit.h"

struct trail {
	struct repo *repo;
	git_commit *at; /* NULL: behind the first */
	git_commit *parent; /* of `at`; NULL: it is the first */
	int64_t back;
};

/* Become the commit before. */
static int
go_to(struct trail *t, git_commit *at_take, struct err *err)
{
	int rc;

	git_commit_free(t->at);
	t->at = at_take;
	t->parent = NULL;
	if (!t->at || git_commit_parentcount(t->at) == 0)
		return 0;
	rc = git_commit_parent(&t->parent, t->at, 0);
	return rc ? libgit_fail(err, rc, "parent of %s",
				git_oid_tostr_s(git_commit_id(t->at)))
		  : 0;
}

static int
step_back(struct trail *t, struct err *err)
{
	t->back++;
	return go_to(t, t->parent, err);
}

int
trail_open(struct trail **out, struct repo *r, const struct repo_id *from,
	   struct err *err)
{
	struct trail *t = mem_alloc(sizeof(*t));
	git_commit *at = NULL;
	int rc;

	t->repo = r;
	rc = libgit_commit(&at, r, from, err);
	if (!rc)
		rc = go_to(t, at, err);
	if (rc) {
		trail_close(t);
		t = NULL;
	}
	*out = t;
	return rc;
}

void
trail_close(struct trail *t)
{
	if (!t)
		return;
	git_commit_free(t->parent);
	git_commit_free(t->at);
	free(t);
}

void
trail_place(const struct trail *t, struct trail_step *step)
{
	memset(step, 0, sizeof(*step));
	step->back = t->back;
	if (t->at)
		libgit_id(&step->commit, git_commit_id(t->at));
	if (t->parent)
		libgit_id(&step->parent, git_commit_id(t->parent));
}

/* --- one file in two trees ---------------------------------------------- */

struct side {
	bool there;
	git_oid id;
};

/* To what is called so in the folder; `file`: it must be none itself. */
static int
descend(struct repo *r, struct side *s, const char *name, size_t len, bool file,
	struct err *err)
{
	struct tree_entry e;
	struct tree *tree;
	int rc;

	if (!s->there)
		return 0;
	rc = tree_read(&tree, r, &s->id, err);
	if (rc)
		return rc;
	rc = tree_find(&tree->raw, name, len, &e);
	s->there = rc > 0 && tree_entry_is_dir(&e) != file;
	if (s->there)
		s->id = e.id;
	tree_free(tree);
	return rc < 0 ? err_set(err, rc, "a folder is damaged") : 0;
}

static bool
is_same(const struct side sides[2])
{
	if (sides[0].there != sides[1].there)
		return false;
	return !sides[0].there || git_oid_equal(&sides[0].id, &sides[1].id);
}

/* Both sides become the file, or anything that is the same on both. */
static int
compare(struct repo *r, struct side sides[2], const char *path, struct err *err)
{
	int i, rc = 0;

	while (!rc && *path && !is_same(sides)) {
		size_t len = strcspn(path, "/");

		for (i = 0; i < 2 && !rc; i++)
			rc = descend(r, &sides[i], path, len, !path[len], err);
		path += len + (path[len] == '/');
	}
	return rc;
}

static void
set_side(struct side *s, const git_commit *c)
{
	s->there = c != NULL;
	if (c)
		s->id = *git_commit_tree_id(c);
}

/* Did the commit the trail is at change the file? */
static int
look(struct trail *t, const char *path, struct trail_step *step,
     struct err *err)
{
	struct side sides[2];
	int rc;

	set_side(&sides[0], t->at);
	set_side(&sides[1], t->parent);
	rc = compare(t->repo, sides, path, err);
	if (rc || is_same(sides))
		return rc;
	trail_place(t, step);
	if (sides[0].there)
		libgit_id(&step->now, &sides[0].id);
	if (sides[1].there)
		libgit_id(&step->before, &sides[1].id);
	return 1;
}

static int
refuse_late(struct err *err)
{
	return err_set(err, PLEIN_EBUSY, "main is too long to look through");
}

int
trail_next(struct trail *t, const char *path, int64_t deadline,
	   struct trail_step *step, struct err *err)
{
	int rc = 0, moved;

	while (t->at && !rc) {
		if (clock_mono_ms() > deadline)
			return refuse_late(err);
		rc = look(t, path, step, err);
		moved = rc >= 0 ? step_back(t, err) : 0;
		if (moved)
			rc = moved;
	}
	return rc;
}

int
trail_find(struct trail *t, const struct repo_id *commit, int64_t deadline,
	   struct trail_step *step, struct err *err)
{
	int rc = 0;

	while (t->at && !rc) {
		trail_place(t, step);
		if (strcmp(step->commit.hex, commit->hex) == 0)
			return 1;
		if (clock_mono_ms() > deadline)
			return refuse_late(err);
		rc = step_back(t, err);
	}
	return rc;
}
