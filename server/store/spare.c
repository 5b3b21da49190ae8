/* spare.c - see spare.h. */
#include "store/spare.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"

struct spare {
	int fd;
	char name[SPARE_ROOM];
	char *path;
};

static int
fill(int fd, const struct buf *head, const struct buf *entry)
{
	int rc = fs_write_fd(fd, head->ptr, head->len, NULL);

	if (rc == 0)
		rc = fs_write_fd(fd, entry->ptr, entry->len, NULL);
	/* a wish: what is not on its way by itself is when it is synced */
	(void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return rc;
}

struct spare *
spare_new(const char *path, const char *id, const struct buf *head,
	  const struct buf *entry)
{
	struct spare *s = mem_alloc(sizeof(*s));
	struct buf name = BUF_INIT;

	(void)snprintf(s->name, sizeof(s->name), SPARE_NAME "%.40s", id);
	buf_printf(&name, "%s/%s", path, s->name);
	s->path = buf_take(&name);
	(void)unlink(s->path); /* left by a process before this one */
	s->fd = open(s->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (s->fd >= 0 && fill(s->fd, head, entry) == 0)
		return s;
	spare_free(s);
	return NULL;
}

static void
forget(struct spare *s)
{
	if (s->fd >= 0)
		(void)close(s->fd); /* nobody counts on what is in it */
	free(s->path);
	free(s);
}

void
spare_free(struct spare *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		(void)unlink(s->path);
	forget(s);
}

bool
spare_is_there(const struct spare *s, char name[SPARE_ROOM])
{
	struct stat own, named;

	(void)snprintf(name, SPARE_ROOM, "%s", s->name);
	return fstat(s->fd, &own) == 0 && stat(s->path, &named) == 0 &&
	       own.st_ino == named.st_ino && own.st_dev == named.st_dev;
}

static int
add_rest(int fd, const struct buf *head, const struct buf *tail, unsigned mode,
	 struct err *err)
{
	ssize_t n = pwrite(fd, head->ptr, head->len, 0);
	int rc;

	if (n != (ssize_t)head->len)
		return err_set_errno(err, n < 0 ? errno : EIO, "write");
	rc = fs_write_fd(fd, tail->ptr, tail->len, err);
	if (rc == 0 && fchmod(fd, (mode_t)mode) < 0)
		rc = err_set_errno(err, errno, "chmod");
	if (rc == 0 && fsync(fd) < 0)
		rc = err_set_errno(err, errno, "sync");
	return rc;
}

int
spare_finish(struct spare *s, const struct buf *head, const struct buf *tail,
	     unsigned mode, struct err *err)
{
	int rc = add_rest(s->fd, head, tail, mode, err);
	int close_rc = fs_close(s->fd, rc < 0 ? NULL : err);

	s->fd = -1;
	if (rc == 0)
		rc = close_rc;
	if (rc < 0)
		err_prefix(err, "%s", s->name);
	forget(s);
	return rc;
}
