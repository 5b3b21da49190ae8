/* exchange.c - see exchange.h. */
#include "store/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"

/* The folder of objects, held alone; or a negative PLEIN_E…. */
static int
hold_alone(const char *path, struct err *err)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_printf(&name, "%s/objects", path);
	fd = fs_open_dir(name.ptr, err);
	buf_release(&name);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	(void)close(fd); /* a folder */
	return err_set(err, PLEIN_EBUSY,
		       "a backup or a check is reading %s; wait for it", path);
}

static int
sync_folder_of(const char *path, struct err *err)
{
	char *copy = mem_strdup(path);
	int fd = fs_open_dir(dirname(copy), err), rc;

	free(copy);
	if (fd < 0)
		return fd;
	rc = fsync(fd) < 0 ? err_set_errno(err, errno, "sync") : 0;
	(void)close(fd); /* nothing was written through it */
	return rc;
}

static int
exchange_held(const char *a, const char *b, int held, struct err *err)
{
	int rc = fs_sync_fs(held, err);

	if (!rc && renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) < 0)
		rc = err_set_errno(err, errno, "exchange %s and %s", a, b);
	if (rc)
		return rc;
	rc = sync_folder_of(a, err);
	return rc ? err_set(err, PLEIN_EUNKNOWN,
			    "%s and %s were exchanged, but not synced", a, b)
		  : 0;
}

int
exchange_folders(const char *a, const char *b, struct err *err)
{
	int held = hold_alone(a, err), other, rc;

	if (held < 0)
		return held;
	other = hold_alone(b, err);
	rc = other < 0 ? other : exchange_held(a, b, held, err);
	if (other >= 0)
		(void)close(other); /* a folder */
	(void)close(held); /* the same */
	return rc;
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
exchange_remove(const char *path, struct err *err)
{
	if (access(path, F_OK) != 0)
		return errno == ENOENT ? 0
				       : err_set_errno(err, errno, "%s", path);
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return err_set_errno(err, errno, "remove %s", path);
	return sync_folder_of(path, err);
}
