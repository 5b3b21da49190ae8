/*
 * locks.c - clearing what a killed writer left in a repository: lock files,
 * each of which blocks every later save, and objects half written; and those of
 * a git that was killed while it renewed the commit-graph, which block that.
 *
 * Packs being made (objects/pack/tmp_…) belong to git's own processes, which
 * may outlive the wiki process: they stay. Pushes do not outlive it; their
 * folders go when it starts.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "store/spare.h"
#include "plein/vec.h"
#include "store/repo.h"

#define DEPTH_MAX 16

struct sweep {
	bool (*is_stale)(const char *name);
	int depth; /* folders below this one */
	struct vec *found; /* NULL: remove them */
	time_t before; /* only what was changed no later */
};

static bool
ends_in(const char *name, const char *tail)
{
	size_t len = strlen(name), n = strlen(tail);

	return len > n && strcmp(name + len - n, tail) == 0;
}

static bool
is_lock(const char *name)
{
	return ends_in(name, ".lock");
}

/* libgit2's and git's temporaries, and those of plein/fs.h. */
static bool
is_half_object(const char *name)
{
	return (strncmp(name, "tmp_obj", 7) == 0 &&
		strncmp(name, "tmp_objdir", 10) != 0) ||
	       ends_in(name, ".tmp") ||
	       strncmp(name, SPARE_NAME, strlen(SPARE_NAME)) == 0;
}

static bool
is_left_of_graph(const char *name)
{
	return is_lock(name) || strncmp(name, "tmp_graph", 9) == 0;
}

static int
sweep_folder(int parent, const char *name, struct sweep s, int *n,
	     struct err *err);

static int
sweep_one(int dir, const char *name, struct sweep s, int *n, struct err *err)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? 0
				       : err_set_errno(err, errno, "%s", name);
	if (S_ISDIR(st.st_mode)) {
		s.depth--;
		return s.depth < 0 ? 0 : sweep_folder(dir, name, s, n, err);
	}
	/* a wiki that runs has those */
	if (s.found && strncmp(name, SPARE_NAME, strlen(SPARE_NAME)) == 0)
		return 0;
	if (!s.is_stale(name) || (s.found && st.st_mtime > s.before))
		return 0;
	(*n)++;
	if (s.found) {
		vec_push(s.found, mem_strdup(name));
		return 0;
	}
	if (unlinkat(dir, name, 0) != 0 && errno != ENOENT)
		return err_set_errno(err, errno, "%s", name);
	return 0;
}

static int
sweep_folder(int parent, const char *name, struct sweep s, int *n,
	     struct err *err)
{
	struct vec names = VEC_INIT;
	int fd, rc;
	size_t i;

	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set_errno(err, errno, "%s", name);
	rc = fs_list_at(fd, ".", &names, err);
	for (i = 0; rc == 0 && i < names.len; i++)
		rc = sweep_one(fd, names.items[i], s, n, err);
	vec_release(&names, free);
	(void)close(fd); /* nothing was written through it */
	return rc;
}

/* A git that renews it now, its lock gone, says so and is begun again. */
static int
sweep_graph(int repo, struct sweep s, int *n, struct err *err)
{
	s.is_stale = is_left_of_graph;
	s.depth = 1;
	if (faccessat(repo, "objects/info", F_OK, AT_EACCESS) != 0)
		return 0; /* nobody ever made one */
	return sweep_folder(repo, "objects/info", s, n, err);
}

static int
sweep_all(const char *path, struct sweep s, int *n, struct err *err)
{
	int fd = fs_open_dir(path, err);
	int rc = fd < 0 ? fd : 0;

	*n = 0;
	s.is_stale = is_lock;
	s.depth = 0;
	if (rc == 0)
		rc = sweep_folder(fd, ".", s, n, err);
	s.depth = DEPTH_MAX;
	if (rc == 0)
		rc = sweep_folder(fd, "refs", s, n, err);
	s.is_stale = is_half_object;
	s.depth = 1;
	if (rc == 0)
		rc = sweep_folder(fd, "objects", s, n, err);
	if (rc == 0)
		rc = sweep_graph(fd, s, n, err);
	if (fd >= 0)
		(void)close(fd); /* nothing was written through it */
	return rc;
}

int
repo_clear_locks(const char *path, int *n_cleared, struct err *err)
{
	return sweep_all(path, (struct sweep){ NULL, 0, NULL, 0 }, n_cleared,
			 err);
}

int
repo_find_locks(const char *path, int age, struct vec *found, struct err *err)
{
	struct sweep s = { NULL, 0, found, time(NULL) - age };
	int n;

	return sweep_all(path, s, &n, err);
}

static bool
is_incoming(const char *name)
{
	return strncmp(name, "incoming-", 9) == 0 ||
	       strncmp(name, "tmp_objdir-incoming-", 20) == 0;
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static int
remove_folder(const char *path, const char *name, struct err *err)
{
	struct buf folder = BUF_INIT;
	int rc = 0;

	buf_printf(&folder, "%s/objects/%s", path, name);
	if (nftw(folder.ptr, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		rc = err_set_errno(err, errno, "%s", name);
	buf_release(&folder);
	return rc;
}

int
repo_clear_incoming(const char *path, struct err *err)
{
	struct vec names = VEC_INIT;
	int fd = fs_open_dir(path, err);
	int rc = fd < 0 ? fd : fs_list_at(fd, "objects", &names, err);
	size_t i;

	for (i = 0; rc == 0 && i < names.len; i++)
		if (is_incoming(names.items[i]))
			rc = remove_folder(path, names.items[i], err);
	vec_release(&names, free);
	if (fd >= 0)
		(void)close(fd); /* nothing was written through it */
	return rc;
}
