/* listener.c - see listener.h. */
#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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
