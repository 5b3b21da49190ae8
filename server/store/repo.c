/* repo.c - making and opening a space, and its one ref. */
#include "store/repo.h"

#include <errno.h>
#include <ftw.h>
#include <git2/sys/repository.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "store/libgit.h"
#include "store/packs.h"
#include "store/pending.h"
#include "store/strict.h"
#include "store/work.h"

/* Somebody else holds main's lock for a moment: a push, git's own work. */
#define LOCKED_TRIES 20
#define LOCKED_WAIT_MS 10

struct setting {
	const char *key;
	const char *value;
};

static const struct setting settings[] = {
	{ "core.fsync", "all" },
	{ "core.logallrefupdates", "false" },
	{ "gc.auto", "0" },
	{ "gc.packrefs", "false" },
	{ "pack.depth", "10" }, /* each step back is work for every reader */
	{ "maintenance.auto", "false" },
	{ "receive.autogc", "false" },
	{ "uploadpack.allowfilter", "true" },
	{ "uploadpack.allowreachablesha1inwant", "true" },
};

static int
write_settings(git_repository *git, struct err *err)
{
	git_config *config = NULL;
	size_t i;
	int rc;

	rc = git_repository_config(&config, git);
	for (i = 0; rc == 0 && i < sizeof settings / sizeof settings[0]; i++)
		rc = git_config_set_string(config, settings[i].key,
					   settings[i].value);
	if (rc != 0)
		rc = libgit_fail(err, rc, "writing the settings");
	git_config_free(config);
	return rc;
}

int
repo_sync(const char *path, struct err *err)
{
	int fd = fs_open_dir(path, err);
	int rc;

	if (fd < 0)
		return fd;
	rc = fs_sync_fs(fd, err);
	(void)close(fd); /* nothing was written through it */
	return rc;
}

/* Files that libgit2 puts into every new repository and nobody reads. */
static int
remove_samples(const char *path, struct err *err)
{
	static const char *const names[] = { "hooks/README.sample",
					     "description" };
	int fd = fs_open_dir(path, err);
	int rc = fd < 0 ? fd : 0;
	size_t i;

	for (i = 0; rc == 0 && i < sizeof names / sizeof names[0]; i++)
		if (unlinkat(fd, names[i], 0) != 0 && errno != ENOENT)
			rc = err_set_errno(err, errno, "%s", names[i]);
	if (fd >= 0)
		(void)close(fd); /* nothing was written through it */
	return rc;
}

static int
fill_new(const char *path, struct err *err)
{
	git_repository_init_options opts = {
		.version = GIT_REPOSITORY_INIT_OPTIONS_VERSION,
		.flags = GIT_REPOSITORY_INIT_BARE |
			 GIT_REPOSITORY_INIT_NO_REINIT |
			 GIT_REPOSITORY_INIT_NO_DOTGIT_DIR,
		.initial_head = "main",
	};
	git_repository *git = NULL;
	int rc;

	rc = git_repository_init_ext(&git, path, &opts);
	if (rc != 0)
		return libgit_fail(err, rc, "making the repository");
	rc = write_settings(git, err);
	git_repository_free(git);
	if (rc == 0)
		rc = remove_samples(path, err);
	return rc == 0 ? repo_sync(path, err) : rc;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

int
repo_create(const char *path, struct err *err)
{
	int rc;

	libgit_start();
	if (mkdir(path, 0700) != 0 && errno == EEXIST)
		return err_set(err, PLEIN_EEXISTS, "%s is there already", path);
	else if (access(path, F_OK) != 0)
		return err_set_errno(err, errno, "%s", path);
	rc = fill_new(path, err);
	if (rc != 0)
		(void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return rc;
}

/* Stock git, which serves clones, looks at HEAD first. */
static int
check_head(struct repo *r, struct err *err)
{
	git_reference *head = NULL;
	const char *target = NULL;
	int rc = git_reference_lookup(&head, r->git, "HEAD");

	if (rc == 0)
		target = git_reference_symbolic_target(head);
	if (rc == 0 && (!target || strcmp(target, REPO_BRANCH) != 0))
		rc = err_set(err, PLEIN_ECORRUPT,
			     "HEAD does not name " REPO_BRANCH);
	else if (rc != 0)
		rc = err_set(err, PLEIN_ECORRUPT, "HEAD cannot be read");
	git_reference_free(head);
	return rc;
}

/* Is main's tip there and whole? */
static int
check_tip(struct repo *r, struct err *err)
{
	git_commit *commit = NULL;
	struct repo_id tip;
	int rc;

	rc = repo_ref_read(r, &tip, err);
	if (rc != 0 || tip.hex[0] == '\0')
		return rc;
	rc = libgit_commit(&commit, r, &tip, err);
	git_commit_free(commit);
	if (rc == PLEIN_ENOTFOUND)
		rc = err_set(err, PLEIN_ECORRUPT, "commit %s is missing",
			     tip.hex);
	return rc;
}

/* Only our own backends: nothing is written but by pending_store(). */
static int
open_odb(struct repo *r, struct err *err)
{
	struct buf objects = BUF_INIT;
	int rc;

	buf_printf(&objects, "%sobjects", git_repository_path(r->git));
	rc = git_odb_new(&r->odb);
	if (rc == 0)
		rc = strict_attach(r->odb, objects.ptr);
	if (rc == 0)
		rc = packs_attach(r->odb, objects.ptr, &r->packs);
	if (rc == 0)
		rc = pending_attach(&r->pending, r->odb);
	if (rc == 0)
		rc = git_repository_set_odb(r->git, r->odb);
	if (rc != 0)
		rc = libgit_fail(err, rc, "%s", objects.ptr);
	buf_release(&objects);
	return rc;
}

static int
open_git(struct repo *r, const char *path, struct err *err)
{
	struct stat st;
	int rc;

	if (stat(path, &st) != 0)
		return err_set_errno(err, errno, "%s", path);
	rc = git_repository_open_ext(&r->git, path,
				     GIT_REPOSITORY_OPEN_NO_SEARCH |
					     GIT_REPOSITORY_OPEN_NO_DOTGIT |
					     GIT_REPOSITORY_OPEN_BARE,
				     NULL);
	if (rc == GIT_ENOTFOUND)
		return err_set(err, PLEIN_ECORRUPT, "%s is no repository",
			       path);
	return rc == 0 ? 0 : libgit_fail(err, rc, "%s", path);
}

int
repo_open(struct repo **out, const char *path, struct err *err)
{
	struct repo *r;
	int rc;

	libgit_start();
	*out = NULL;
	r = mem_alloc(sizeof *r);
	rc = open_git(r, path, err);
	if (rc == 0)
		rc = open_odb(r, err);
	if (rc == 0)
		rc = check_head(r, err);
	if (rc == 0)
		rc = check_tip(r, err);
	if (rc == 0)
		*out = r;
	else
		repo_close(r);
	return rc;
}

void
repo_close(struct repo *r)
{
	if (r == NULL)
		return;
	work_close(r->work);
	tree_cache_release(&r->trees);
	git_odb_free(r->odb);
	git_repository_free(r->git);
	free(r);
}

void
repo_inherit(struct repo *r, struct repo *old)
{
	work_close(r->work);
	r->work = old->work;
	old->work = NULL;
	if (r->work)
		work_move(r->work, r);
}

void
repo_prepare(struct repo *r)
{
	struct buf path = BUF_INIT;

	if (!r->work)
		return;
	buf_printf(&path, "%s/objects/pack", git_repository_path(r->git));
	work_prepare(r->work, path.ptr);
	buf_release(&path);
}

void
repo_hurry(struct repo *r, bool on)
{
	if (r->hurry && !on)
		tree_cache_release(&r->trees); /* they were not compared */
	r->hurry = on && r->packs != NULL;
}

int
repo_ref_read(struct repo *r, struct repo_id *tip, struct err *err)
{
	git_oid oid;
	int rc = git_reference_name_to_id(&oid, r->git, REPO_BRANCH);

	tip->hex[0] = '\0';
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc != 0)
		return libgit_fail(err, rc, REPO_BRANCH);
	libgit_id(tip, &oid);
	return 0;
}

/*
 * The swap failed with `code`, already explained in `err`: did the ref move
 * all the same? After a failed sync of its folder it did.
 */
static int
judge_failed_swap(struct repo *r, const struct repo_id *from, int code,
		  struct err *err)
{
	struct repo_id now;

	if (repo_ref_read(r, &now, NULL) == 0 &&
	    strcmp(now.hex, from->hex) == 0)
		return code;
	err_prefix(err, "main may have moved");
	if (err != NULL)
		err->code = PLEIN_EUNKNOWN;
	return PLEIN_EUNKNOWN;
}

static bool
is_lost_race(int rc)
{
	return rc == GIT_EMODIFIED || rc == GIT_EEXISTS || rc == GIT_ELOCKED ||
	       rc == GIT_ENOTFOUND;
}

/* A libgit2 result; `old` is NULL while there is no main. */
static int
swap_once(struct repo *r, const git_oid *old, const git_oid *new)
{
	git_reference *ref = NULL;
	int rc;

	if (old == NULL)
		rc = git_reference_create(&ref, r->git, REPO_BRANCH, new, 0,
					  NULL);
	else
		rc = git_reference_create_matching(&ref, r->git, REPO_BRANCH,
						   new, 1, old, NULL);
	git_reference_free(ref);
	return rc;
}

static int
swap_when_free(struct repo *r, const git_oid *old, const git_oid *new)
{
	int i, rc = swap_once(r, old, new);

	for (i = 1; rc == GIT_ELOCKED && i < LOCKED_TRIES; i++) {
		(void)poll(NULL, 0, LOCKED_WAIT_MS); /* nothing tells */
		rc = swap_once(r, old, new);
	}
	return rc;
}

int
repo_ref_swap(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, struct err *err)
{
	git_oid old, new;
	bool first = from->hex[0] == '\0';
	int rc;

	rc = libgit_oid(&new, to, err);
	if (rc == 0 && !first)
		rc = libgit_oid(&old, from, err);
	if (rc != 0)
		return rc;
	rc = swap_when_free(r, first ? NULL : &old, &new);
	if (rc == 0)
		return 0;
	if (is_lost_race(rc))
		return err_set(err, PLEIN_EBUSY, "main has moved or is locked");
	rc = libgit_fail(err, rc, "moving main");
	return judge_failed_swap(r, from, rc, err);
}
