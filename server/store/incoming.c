/*
 * incoming.c - first how the commits hang together, then each compared with
 * the one below it. The raw bytes of folders and commits are looked at, since
 * what libgit2 makes of them hides what is odd.
 */
#include "store/incoming.h"

#include <string.h>

#include "store/diff.h"
#include "store/libgit.h"
#include "store/lineage.h"

#define MODE_PROGRAM 0100755U
#define MODE_LINK 0120000U
#define MODE_MODULE 0160000U

struct judged {
	struct repo *r;
	const struct incoming *in;
	git_oid tree; /* of the commit below */
	bool has_tree;
	int64_t when;
};

/* One commit back; 1 when there is a parent, 0, or negative. */
static int
step_back(struct repo *r, git_oid *id, unsigned *n_parents, struct err *err)
{
	git_commit *c = NULL;
	int rc = git_commit_lookup(&c, r->git, id);

	if (rc != 0)
		return libgit_fail(err, rc, "commit %s", git_oid_tostr_s(id));
	*n_parents = git_commit_parentcount(c);
	if (*n_parents > 0)
		*id = *git_commit_parent_id(c, 0);
	git_commit_free(c);
	return *n_parents > 0;
}

/* `stop` NULL: down to the first commit of all. */
static int
find_shape(struct repo *r, git_oid id, const git_oid *stop, size_t most,
	   struct repo_id *at, struct err *err)
{
	unsigned n = 0;
	size_t i;
	int rc = 1;

	for (i = 0; i < most; i++) {
		if (stop && git_oid_equal(&id, stop))
			return INCOMING_LINE;
		libgit_id(at, &id);
		rc = step_back(r, &id, &n, err);
		if (rc < 0)
			return rc;
		if (n > 1)
			return INCOMING_MERGE;
		if (rc == 0)
			return stop ? INCOMING_ASIDE : INCOMING_LINE;
	}
	return stop && git_oid_equal(&id, stop) ? INCOMING_LINE
						: INCOMING_ASIDE;
}

int
incoming_look(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, size_t most, struct incoming_form *out,
	      struct err *err)
{
	bool bounded = from->hex[0] != '\0';
	git_oid first, last;
	int rc = libgit_oid(&last, to, err);

	if (rc == 0 && bounded)
		rc = libgit_oid(&first, from, err);
	if (rc == 0)
		rc = find_shape(r, last, bounded ? &first : NULL, most,
				&out->at, err);
	if (rc < 0)
		return rc;
	out->shape = (enum incoming_shape)rc;
	return 0;
}

static enum incoming_kind
kind_of(const struct tree_entry *e)
{
	static const struct {
		unsigned mode;
		enum incoming_kind kind;
	} kinds[] = {
		{ TREE_MODE_FILE, INCOMING_FILE },
		{ MODE_PROGRAM, INCOMING_PROGRAM },
		{ MODE_LINK, INCOMING_LINK },
		{ MODE_MODULE, INCOMING_MODULE },
	};
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i].mode == e->mode)
			return kinds[i].kind;
	return INCOMING_ODD;
}

/* Told as it is, unless what is behind the entry is no file. */
static void
look_at_entry(struct repo *r, const struct tree_entry *e,
	      struct incoming_file *f)
{
	git_object_t type;

	f->kind = kind_of(e);
	libgit_id(&f->blob, &e->id);
	if (f->kind == INCOMING_MODULE)
		return;
	if (git_odb_read_header(&f->size, &type, r->odb, &e->id) == 0 &&
	    type == GIT_OBJECT_BLOB)
		return;
	f->kind = INCOMING_ODD;
	f->size = 0;
}

static int
tell_file(void *ctx, const char *path, const struct tree_entry *old,
	  const struct tree_entry *now)
{
	struct judged *j = ctx;
	struct incoming_file f = { .path = path, .appeared = old == NULL };

	if (old != NULL) {
		libgit_id(&f.old, &old->id);
		f.was = kind_of(old);
	}
	if (now != NULL)
		look_at_entry(j->r, now, &f);
	return j->in->file(j->in->ctx, &f);
}

static int
tell_broken(void *ctx, const char *path, const struct err *why)
{
	struct judged *j = ctx;

	(void)why;
	return j->in->folder(j->in->ctx, path);
}

/*
 * What a path does not show: a folder without a file in it, a name that holds
 * a slash, a mode with a zero in front (another folder to git, with the same
 * contents).
 */
static int
look_at_folder(void *ctx, const char *path, const struct tree *tree)
{
	struct judged *j = ctx;
	struct tree_entry e;
	size_t pos = 0;
	bool odd = tree->raw.len == 0 && *path != '\0';

	while (!odd && tree_next(&tree->raw, &pos, &e) > 0)
		odd = tree->raw.ptr[e.at] == '0' ||
		      memchr(e.name, '/', e.len) != NULL;
	return odd ? j->in->folder(j->in->ctx, path) : 0;
}

static int
tell_changes(struct judged *j, const git_oid *tree, struct err *err)
{
	struct diff d = { j, tell_file, tell_broken, look_at_folder };

	return diff_trees(j->r, j->has_tree ? &j->tree : NULL, tree, &d, err);
}

static int
tell_commit(struct judged *j, git_commit *c, struct err *err)
{
	const git_signature *author = git_commit_author(c);
	const git_signature *committer = git_commit_committer(c);
	struct incoming_commit told = {
		.author = author->name,
		.author_mail = author->email,
		.committer = committer->name,
		.committer_mail = committer->email,
		.message = git_commit_message(c),
		.author_when = author->when.time,
		.when = committer->when.time,
		.parent_when = j->when,
	};
	git_odb_object *raw = NULL;
	int rc = git_odb_read(&raw, j->r->odb, git_commit_id(c));

	libgit_id(&told.id, git_commit_id(c));
	if (rc != 0)
		return libgit_fail(err, rc, "commit %s", told.id.hex);
	told.raw = git_odb_object_data(raw);
	told.len = git_odb_object_size(raw);
	rc = j->in->commit(j->in->ctx, &told);
	git_odb_object_free(raw);
	return rc;
}

static int
judge_commit(struct judged *j, const git_oid *id, struct err *err)
{
	git_commit *c = NULL;
	int rc = git_commit_lookup(&c, j->r->git, id);

	if (rc != 0)
		return libgit_fail(err, rc, "commit %s", git_oid_tostr_s(id));
	rc = tell_commit(j, c, err);
	if (rc == 0)
		rc = tell_changes(j, git_commit_tree_id(c), err);
	j->tree = *git_commit_tree_id(c);
	j->has_tree = true;
	j->when = git_commit_time(c);
	git_commit_free(c);
	return rc;
}

static int
start_at(struct judged *j, const struct repo_id *from, struct err *err)
{
	git_commit *c = NULL;
	int rc;

	if (from->hex[0] == '\0')
		return 0;
	rc = libgit_commit(&c, j->r, from, err);
	if (rc == 0) {
		j->tree = *git_commit_tree_id(c);
		j->has_tree = true;
		j->when = git_commit_time(c);
	}
	git_commit_free(c);
	return rc;
}

int
incoming_walk(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, const struct incoming *in,
	      struct err *err)
{
	struct judged j = { .r = r, .in = in, .when = INT64_MIN };
	struct lineage l = LINEAGE_INIT;
	git_oid id;
	size_t i;
	int rc = start_at(&j, from, err);

	if (rc == 0)
		rc = lineage_read(&l, r, from, to, err);
	for (i = 0; rc == 0 && i < l.n; i++) {
		lineage_get(&l, i, &id);
		rc = judge_commit(&j, &id, err);
	}
	lineage_release(&l);
	return rc;
}
