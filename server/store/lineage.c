/* lineage.c - following first parents. */
#include "store/lineage.h"

#include <string.h>

#include "store/libgit.h"
#include "store/packs.h"

#define PARENT_AT (sizeof("tree \n") - 1 + GIT_OID_HEXSZ)
#define COMMIT_MAX (1024UL * 1024) /* bytes; longer ones libgit2 reads */

void
lineage_release(struct lineage *l)
{
	buf_release(&l->ids);
	l->n = 0;
}

void
lineage_get(const struct lineage *l, size_t i, git_oid *id)
{
	memcpy(id->id, l->ids.ptr + (l->n - 1 - i) * GIT_OID_RAWSZ,
	       GIT_OID_RAWSZ);
}

/* 1 and the first parent when the text of a commit names one, else 0. */
static int
parse_parent(const struct buf *raw, git_oid *parent)
{
	static const char word[] = "parent ";
	const char *at = raw->ptr + PARENT_AT;
	size_t len = sizeof(word) - 1;

	if (raw->len < PARENT_AT + len + GIT_OID_HEXSZ ||
	    memcmp(at, word, len) != 0)
		return 0;
	return git_oid_fromstrn(parent, at + len, GIT_OID_HEXSZ) == 0;
}

/* As step_back(); GIT_ENOTFOUND when it has to go the other way. */
static int
step_in_hurry(struct repo *r, git_oid *id)
{
	struct buf raw = BUF_INIT;
	git_oid parent;
	int rc = GIT_ENOTFOUND;

	if (packs_read(r->packs, id, GIT_OBJECT_COMMIT, COMMIT_MAX, &raw) == 0)
		rc = parse_parent(&raw, &parent);
	buf_release(&raw);
	if (rc > 0)
		*id = parent;
	return rc;
}

/* *id becomes the first parent; 0 when there is none, 1 when there is. */
static int
step_back(struct repo *r, git_oid *id, struct err *err)
{
	git_commit *c = NULL;
	int rc = r->hurry ? step_in_hurry(r, id) : GIT_ENOTFOUND;

	if (rc >= 0)
		return rc;
	rc = git_commit_lookup(&c, r->git, id);
	if (rc == GIT_ENOTFOUND)
		return err_set(err, PLEIN_ECORRUPT, "commit %s is missing",
			       git_oid_tostr_s(id));
	if (rc != 0)
		return libgit_fail(err, rc, "commit %s", git_oid_tostr_s(id));
	rc = git_commit_parentcount(c) > 0 ? 1 : 0;
	if (rc > 0)
		*id = *git_commit_parent_id(c, 0);
	git_commit_free(c);
	return rc;
}

static int
collect(struct lineage *l, struct repo *r, git_oid id, const git_oid *stop,
	struct err *err)
{
	int rc = 1;

	while (rc > 0 && !(stop && git_oid_equal(&id, stop))) {
		buf_add(&l->ids, id.id, GIT_OID_RAWSZ);
		l->n++;
		rc = step_back(r, &id, err);
	}
	if (rc == 0 && stop != NULL)
		rc = err_set(err, PLEIN_ENOTFOUND, "%s is not in this history",
			     git_oid_tostr_s(stop));
	return rc < 0 ? rc : 0;
}

int
lineage_read(struct lineage *l, struct repo *r, const struct repo_id *from,
	     const struct repo_id *to, struct err *err)
{
	git_oid first, last;
	git_commit *c = NULL;
	bool bounded = from->hex[0] != '\0';
	int rc = 0;

	if (!bounded && to->hex[0] == '\0')
		return 0;
	if (bounded)
		rc = libgit_oid(&first, from, err);
	if (rc == 0)
		rc = libgit_oid(&last, to, err);
	if (rc == 0)
		rc = libgit_commit(&c, r, to, err);
	git_commit_free(c);
	if (rc == 0)
		rc = collect(l, r, last, bounded ? &first : NULL, err);
	return rc;
}
