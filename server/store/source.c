/* source.c - see source.h. */
#include "store/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plein/buf.h"
#include "plein/claim.h"
#include "plein/mem.h"
#include "store/libgit.h"
#include "store/lineage.h"
#include "store/strict.h"

static int
open_objects(struct repo *r, struct err *err)
{
	struct buf objects = BUF_INIT;
	int rc = git_repository_odb(&r->odb, r->git);

	buf_printf(&objects, "%sobjects", git_repository_commondir(r->git));
	if (rc == 0)
		rc = strict_attach(r->odb, objects.ptr);
	if (rc != 0)
		rc = libgit_fail(err, rc, "%s", objects.ptr);
	buf_release(&objects);
	return rc;
}

static int
read_head(struct repo *r, const char *path, struct repo_id *head,
	  struct err *err)
{
	git_oid id;
	int rc = git_reference_name_to_id(&id, r->git, "HEAD");

	if (rc == GIT_ENOTFOUND || rc == GIT_EUNBORNBRANCH)
		return err_set(err, PLEIN_ENOTFOUND, "%s holds no history",
			       path);
	if (rc != 0)
		return libgit_fail(err, rc, "%s", path);
	libgit_id(head, &id);
	return 0;
}

static int
open_git(struct repo *r, const char *path, struct err *err)
{
	struct stat st;
	int rc;

	if (stat(path, &st) != 0)
		return err_set_errno(err, errno, "%s", path);
	if (git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) != 0)
		die("libgit2 refuses an option");
	rc = git_repository_open_ext(&r->git, path,
				     GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (rc == GIT_ENOTFOUND)
		return err_set(err, PLEIN_ENOTFOUND, "%s is no repository",
			       path);
	return rc == 0 ? 0 : libgit_fail(err, rc, "%s", path);
}

int
source_open(struct repo **out, const char *path, struct repo_id *head,
	    struct err *err)
{
	struct repo *r = mem_alloc(sizeof *r);
	int rc;

	libgit_start();
	rc = open_git(r, path, err);
	if (rc == 0)
		rc = open_objects(r, err);
	if (rc == 0)
		rc = read_head(r, path, head, err);
	if (rc != 0) {
		repo_close(r);
		r = NULL;
	}
	*out = r;
	return rc;
}

int
source_holds(struct repo *r, const struct repo_id *head,
	     const struct repo_id *id, bool *holds, struct err *err)
{
	struct lineage l = LINEAGE_INIT;
	struct err own = ERR_INIT;
	int rc = lineage_read(&l, r, id, head, &own);

	lineage_release(&l);
	*holds = rc == 0;
	if (rc == 0 || rc == PLEIN_ENOTFOUND)
		return 0;
	if (err)
		*err = own;
	return rc;
}

/* The id in the trailer, when the wiki wrote it; is it all of that commit? */
static bool
read_trailer(const git_commit *c, struct repo_id *id, bool *whole)
{
	const char *at = git_commit_message(c), *found = NULL;

	if (!claim_is_service(git_commit_committer(c)->email))
		return false;
	while ((at = strstr(at, "\n" SOURCE_TRAILER))) {
		at += 1 + strlen(SOURCE_TRAILER);
		found = at;
	}
	if (!found || strspn(found, "0123456789abcdef") != REPO_ID_LEN)
		return false;
	memcpy(id->hex, found, REPO_ID_LEN);
	id->hex[REPO_ID_LEN] = '\0';
	*whole = found[REPO_ID_LEN] == '\n' || found[REPO_ID_LEN] == '\0';
	return true;
}

static int
look_at(struct repo *r, const git_oid *id, struct repo_id *newest,
	struct repo_id *before, struct err *err)
{
	git_commit *c = NULL;
	struct repo_id source;
	bool whole;
	int rc = git_commit_lookup(&c, r->git, id);

	if (rc != 0)
		return libgit_fail(err, rc, "commit %s", git_oid_tostr_s(id));
	if (read_trailer(c, &source, &whole)) {
		if (whole && newest->hex[0] == '\0')
			*newest = source;
		before->hex[0] = '\0';
		if (git_commit_parentcount(c) > 0)
			libgit_id(before, git_commit_parent_id(c, 0));
	}
	git_commit_free(c);
	return 0;
}

int
source_find_taken(struct repo *main_repo, struct repo_id *newest,
		  struct repo_id *before, struct err *err)
{
	struct lineage l = LINEAGE_INIT;
	struct repo_id none = { "" }, tip;
	git_oid id;
	size_t i;
	int rc = repo_ref_read(main_repo, &tip, err);

	newest->hex[0] = before->hex[0] = '\0';
	if (rc == 0)
		rc = lineage_read(&l, main_repo, &none, &tip, err);
	for (i = l.n; rc == 0 && i > 0; i--) {
		lineage_get(&l, i - 1, &id);
		rc = look_at(main_repo, &id, newest, before, err);
	}
	lineage_release(&l);
	return rc;
}
