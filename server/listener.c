/* listener.c - see listener.h. */
#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
set_option(int fd, int level, int name)
{
	int on = 1;

	return setsockopt(fd, level, name, &on, sizeof(on));
}

/* Accepted sockets inherit NODELAY. */
static int
set_options(int fd, int family)
{
	if (set_option(fd, SOL_SOCKET, SO_REUSEADDR) < 0 ||
	    set_option(fd, IPPROTO_TCP, TCP_NODELAY) < 0)
		return -1;
	return family == AF_INET6 ? set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY)
				  : 0;
}

static int
start_listening(struct listener *l)
{
	l->at.len = sizeof(l->at.sa);
	if (listen(l->fd, LISTENER_BACKLOG) < 0)
		return -1;
	return getsockname(l->fd, (struct sockaddr *)&l->at.sa, &l->at.len);
}

int
listener_open(struct listener *l, const struct address *at, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc = 0;

	l->at = *at;
	l->fd = socket(at->sa.ss_family,
		       SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->fd < 0 || set_options(l->fd, at->sa.ss_family) < 0 ||
	    bind(l->fd, (const struct sockaddr *)&at->sa, at->len) < 0 ||
	    start_listening(l) < 0) {
		rc = errno;
		address_format(at, &text);
		rc = err_set_errno(err, rc, "listen on %s", text.ptr);
		listener_close(l);
	}
	buf_release(&text);
	return rc;
}

#define ADOPTED_FIRST 3 /* SD_LISTEN_FDS_START */

static bool
listens_for_tcp(int fd)
{
	int type = 0, on = 0;
	socklen_t len = sizeof(int);

	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) < 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &on, &len) < 0)
		return false;
	return type == SOCK_STREAM && on;
}

static int
adopt(struct listener *l, int fd, struct err *err)
{
	l->fd = fd;
	if (!listens_for_tcp(fd))
		return err_set(err, PLEIN_ERULE,
			       "descriptor %d from systemd does not listen",
			       fd);
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK) < 0 ||
	    start_listening(l) < 0)
		return err_set_errno(err, errno, "descriptor %d from systemd",
				     fd);
	if (l->at.sa.ss_family != AF_INET && l->at.sa.ss_family != AF_INET6)
		return err_set(err, PLEIN_ERULE,
			       "descriptor %d from systemd is not for TCP", fd);
	if (set_option(fd, IPPROTO_TCP, TCP_NODELAY) < 0)
		return err_set_errno(err, errno, "descriptor %d from systemd",
				     fd);
	return 0;
}

/* A number that systemd passed on, or 0. */
static long
take_number(const char *name)
{
	const char *value = getenv(name);
	long n = value ? strtol(value, NULL, 10) : 0;

	(void)unsetenv(name); /* the name is right */
	return n;
}

int
listener_adopt(struct listener *l, int max, struct err *err)
{
	long pid = take_number("LISTEN_PID"), n = take_number("LISTEN_FDS");
	int rc = 0;

	(void)unsetenv("LISTEN_FDNAMES");
	if (pid != (long)getpid() || n <= 0)
		return 0;
	if (n > max)
		return err_set(err, PLEIN_ERULE,
			       "%ld sockets from systemd, at most %d can be", n,
			       max);
	for (int i = 0; rc == 0 && i < n; i++)
		rc = adopt(&l[i], ADOPTED_FIRST + i, err);
	return rc ? rc : (int)n;
}

void
listener_close(struct listener *l)
{
	if (!l || l->fd < 0)
		return;
	(void)close(l->fd);
	l->fd = -1;
}

int
listener_reserve(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Out of descriptors: free the reserve, take the caller, hang up. */
static int
turn_away(const struct listener *l, int *reserve, struct err *err)
{
	int fd;

	if (*reserve >= 0)
		(void)close(*reserve);
	fd = accept4(l->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd >= 0)
		(void)close(fd);
	*reserve = listener_reserve();
	return err_set(err, PLEIN_EIO, "no descriptors left");
}

int
listener_accept(const struct listener *l, struct address *from, int *reserve,
		struct err *err)
{
	int fd;

	memset(from, 0, sizeof(*from));
	from->len = sizeof(from->sa);
	fd = accept4(l->fd, (struct sockaddr *)&from->sa, &from->len,
		     SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd >= 0)
		return fd;
	if (errno == EMFILE || errno == ENFILE)
		return turn_away(l, reserve, err);
	/* Nobody waits, or whoever did is gone already (accept(2)). */
	return err_set(err, PLEIN_EBUSY, "nobody waits");
}
