/* door.c - see door.h. */
#include "wiki/door.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "wiki/desk.h"

#define BACKLOG 16

static const struct sockaddr_un here = { AF_UNIX, DATA_ADMIN };

static int
make_socket(struct err *err)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	return fd < 0 ? err_set_errno(err, errno, DATA_ADMIN) : fd;
}

/* Created closed to others: no moment in which the mode is wider. */
static int
bind_private(int fd)
{
	mode_t old = umask(0177);
	int rc = bind(fd, (const struct sockaddr *)&here, sizeof(here));

	(void)umask(old);
	return rc;
}

int
door_open(struct err *err)
{
	int fd = make_socket(err), rc;

	if (fd < 0)
		return fd;
	(void)unlink(DATA_ADMIN); /* most often there is none */
	if (bind_private(fd) < 0 || listen(fd, BACKLOG) < 0) {
		rc = err_set_errno(err, errno, DATA_ADMIN);
		(void)close(fd);
		return rc;
	}
	return fd;
}

int
door_accept(int door, struct err *err)
{
	struct ucred cred = { 0 };
	socklen_t len = sizeof(cred);
	int fd = accept4(door, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK ||
		       errno == EINTR || errno == ECONNABORTED))
		return err_set(err, PLEIN_EBUSY, "nobody is at the door");
	if (fd < 0)
		return err_set_errno(err, errno, DATA_ADMIN);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == 0 &&
	    (cred.uid == 0 || cred.uid == geteuid()))
		return fd;
	(void)close(fd);
	return err_set(err, PLEIN_EDENIED, "user %ld is not let in",
		       (long)cred.uid);
}

int
door_knock(struct err *err)
{
	int fd = make_socket(err), rc;

	if (fd < 0)
		return fd;
	if (connect(fd, (const struct sockaddr *)&here, sizeof(here)) == 0)
		return fd;
	rc = errno;
	(void)close(fd);
	if (rc == ENOENT || rc == ECONNREFUSED)
		return err_set(err, PLEIN_ECLOSED, "no wiki is running here");
	if (rc == EAGAIN)
		return err_set(err, PLEIN_EBUSY, "the wiki is busy");
	return err_set_errno(err, rc, DATA_ADMIN);
}
