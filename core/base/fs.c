/*
 * fs.c - files, relative to an open directory.
 */
#include "plein/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "plein/mem.h"

#define READ_CHUNK 8192
#define TEMP_TRIES 8

int
fs_open_dir(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_set_errno(err, errno, "open folder %s", path);
	return fd;
}

static ssize_t
read_retrying(int fd, void *data, size_t len)
{
	ssize_t n;

	do
		n = read(fd, data, len);
	while (n < 0 && errno == EINTR);
	return n;
}

int
fs_read_fd(int fd, struct buf *out, size_t max, struct err *err)
{
	size_t total = 0;
	ssize_t n;
	int rc = 0;

	while (rc == 0) {
		n = read_retrying(fd, buf_room(out, READ_CHUNK), READ_CHUNK);
		if (n == 0)
			break;
		if (n < 0)
			rc = err_set_errno(err, errno, "read");
		else if ((size_t)n > max - total)
			rc = err_set(err, PLEIN_ETOOBIG, "more than %zu bytes",
				     max);
		else
			out->len += (size_t)n;
		total += n > 0 ? (size_t)n : 0;
	}
	*buf_room(out, 0) = '\0';
	return rc;
}

int
fs_read_at(int dir, const char *name, struct buf *out, size_t max,
	   struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int rc;

	if (fd < 0)
		return err_set_errno(err, errno, "open %s", name);
	rc = fs_read_fd(fd, out, max, err);
	if (rc < 0)
		err_prefix(err, "%s", name);
	(void)close(fd); /* nothing was written */
	return rc;
}

int
fs_write_fd(int fd, const void *data, size_t len, struct err *err)
{
	const char *p = data;
	ssize_t n;

	while (len > 0) {
		n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set_errno(err, errno, "write");
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

/* A new file beside `name` under a name that nobody else has. */
static int
create_temporary(int dir, const char *name, struct buf *temp, struct err *err)
{
	uint64_t random;
	int fd = -1;

	for (int i = 0; fd < 0 && i < TEMP_TRIES; i++) {
		if (getrandom(&random, sizeof(random), 0) < 0)
			return err_set_errno(err, errno, "random");
		buf_reset(temp);
		buf_printf(temp, "%s.%016" PRIx64 ".tmp", name, random);
		fd = openat(dir, temp->ptr,
			    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd < 0)
		return err_set_errno(err, errno, "create %s", temp->ptr);
	return fd;
}

static int
fill_and_sync(int fd, const struct iovec *parts, int n, unsigned mode,
	      struct err *err)
{
	int i, rc = 0;

	for (i = 0; i < n && rc == 0; i++)
		rc = fs_write_fd(fd, parts[i].iov_base, parts[i].iov_len, err);
	if (rc < 0)
		return rc;
	if (fchmod(fd, (mode_t)mode) < 0)
		return err_set_errno(err, errno, "chmod");
	if (fsync(fd) < 0)
		return err_set_errno(err, errno, "sync");
	return 0;
}

static int
sync_folder_of(int dir, const char *name, struct err *err)
{
	const char *slash = strrchr(name, '/');
	char *folder = slash == NULL ? mem_strdup(".")
				     : mem_strndup(name, slash - name + 1u);
	int fd, rc = 0;

	fd = openat(dir, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		rc = err_set_errno(err, errno, "sync folder of %s", name);
	if (fd >= 0)
		(void)close(fd); /* nothing was written through it */
	free(folder);
	return rc;
}

int
fs_replace_at(int dir, const char *name, const void *data, size_t len,
	      unsigned mode, struct err *err)
{
	const struct iovec all = { (void *)data, len };
	struct buf temp = BUF_INIT;
	int fd, rc, close_rc;

	fd = create_temporary(dir, name, &temp, err);
	if (fd < 0) {
		rc = fd;
		goto out;
	}
	rc = fill_and_sync(fd, &all, 1, mode, err);
	close_rc = fs_close(fd, rc < 0 ? NULL : err);
	if (rc == 0)
		rc = close_rc;
	if (rc < 0)
		err_prefix(err, "%s", name);
	else if (renameat(dir, temp.ptr, dir, name) < 0)
		rc = err_set_errno(err, errno, "rename to %s", name);
	if (rc < 0)
		(void)unlinkat(dir, temp.ptr, 0); /* the first error counts */
	else
		rc = sync_folder_of(dir, name, err);
out:
	buf_release(&temp);
	return rc;
}

int
fs_create_at(int dir, const char *name, const void *data, size_t len,
	     unsigned mode, struct err *err)
{
	const struct iovec all = { (void *)data, len };

	return fs_create_parts_at(dir, name, &all, 1, mode, err);
}

int
fs_create_parts_at(int dir, const char *name, const struct iovec *parts, int n,
		   unsigned mode, struct err *err)
{
	int fd, rc, close_rc;

	/* one that may only be read cannot be opened for writing again */
	(void)unlinkat(dir, name, 0);
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set_errno(err, errno, "create %s", name);
	rc = fill_and_sync(fd, parts, n, mode, err);
	close_rc = fs_close(fd, rc < 0 ? NULL : err);
	if (rc == 0)
		rc = close_rc;
	if (rc < 0)
		err_prefix(err, "%s", name);
	return rc;
}

int
fs_lock_at(int dir, const char *name, struct err *err)
{
	int fd = openat(dir, name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int rc;

	if (fd < 0)
		return err_set_errno(err, errno, "open %s", name);
	do
		rc = flock(fd, LOCK_EX | LOCK_NB);
	while (rc < 0 && errno == EINTR);
	if (rc == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		rc = err_set(err, PLEIN_EBUSY, "%s is in use", name);
	else
		rc = err_set_errno(err, errno, "lock %s", name);
	(void)close(fd); /* nothing was written */
	return rc;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* 1 and a name, 0 at the end, negative on an error. */
static int
read_name(DIR *folder, const char **name, struct err *err)
{
	struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(folder);
		if (entry == NULL)
			return errno == 0 ? 0
					  : err_set_errno(err, errno, "read");
		*name = entry->d_name;
	} while (strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0);
	return 1;
}

int
fs_list_at(int dir, const char *name, struct vec *out, struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	const char *found = NULL;
	int rc;

	if (folder == NULL) {
		rc = err_set_errno(err, errno, "open folder %s", name);
		if (fd >= 0)
			(void)close(fd); /* nothing was written */
		return rc;
	}
	while ((rc = read_name(folder, &found, err)) > 0)
		vec_push(out, mem_strdup(found));
	if (rc < 0)
		err_prefix(err, "%s", name);
	vec_sort(out, compare_names);
	(void)closedir(folder); /* only read */
	return rc;
}

int
fs_room_at(int dir, const char *name, int64_t *bytes, struct err *err)
{
	struct statvfs st = { 0 };
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	int rc = 0;

	if (fd < 0 || fstatvfs(fd, &st) < 0)
		rc = err_set_errno(err, errno, "%s", name);
	*bytes = (int64_t)(st.f_bavail * st.f_frsize);
	if (fd >= 0)
		(void)close(fd); /* nothing was written */
	return rc;
}

int
fs_sync_fs(int fd, struct err *err)
{
	if (syncfs(fd) < 0)
		return err_set_errno(err, errno, "sync file system");
	return 0;
}

int
fs_close(int fd, struct err *err)
{
	/* Linux has closed it even when a signal came between. */
	if (close(fd) < 0 && errno != EINTR)
		return err_set_errno(err, errno, "close");
	return 0;
}

int
fs_set_nonblock(int fd, bool on, struct err *err)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0)
		return err_set_errno(err, errno, "flags of a descriptor");
	flags = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
	if (fcntl(fd, F_SETFL, flags) < 0)
		return err_set_errno(err, errno, "flags of a descriptor");
	return 0;
}
