/*
 * frontproc.c - such a member has no process of ours: it lives as long as its
 * socket or its program does, and is taken away between two turns of the loop.
 */
#include "frontproc.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "connproc.h"
#include "plein/log.h"

#define BACKLOG 64
#define ACCEPT_AT_ONCE 16

bool
frontproc_lets_in(const struct house *h, uid_t uid)
{
	return uid == 0 || uid == h->users.owner.uid ||
	       (h->front.has_user && uid == h->front.user);
}

static void
find_user(struct front *f)
{
	const struct passwd *pw = getpwnam(FRONT_USER);

	f->has_user = pw != NULL;
	if (pw)
		f->user = pw->pw_uid;
}

/* Anybody may knock; the kernel's word decides who is heard. */
static int
bind_open(int fd, const struct sockaddr_un *at)
{
	mode_t old = umask(0111);
	int rc = bind(fd, (const struct sockaddr *)at, sizeof(*at));

	(void)umask(old);
	return rc;
}

int
frontproc_open(struct house *h, const char *path, struct err *err)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat st;

	if (path[0] != '/' || strlcpy(at.sun_path, path, sizeof(at.sun_path)) >=
				      sizeof(at.sun_path))
		return err_set(err, PLEIN_EUSAGE,
			       "--front needs a path from the root of fewer "
			       "than %zu bytes",
			       sizeof(at.sun_path));
	find_user(&h->front);
	h->front.fd = socket(AF_UNIX,
			     SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (h->front.fd < 0)
		return err_set_errno(err, errno, "%s", path);
	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
		(void)unlink(path); /* bind() says what went wrong */
	if (bind_open(h->front.fd, &at) < 0 || listen(h->front.fd, BACKLOG) < 0)
		return err_set_errno(err, errno, "%s", path);
	return 0;
}

static void
take_caller(struct house *h, int fd)
{
	struct ucred cred = { 0 };
	socklen_t len = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == 0 &&
	    len == sizeof(cred) && frontproc_lets_in(h, cred.uid)) {
		connproc_take_front(h, fd);
		return;
	}
	log_event("front.refused", LOG_NUMBER("uid", (int64_t)cred.uid));
	(void)close(fd); /* nothing was written to it */
}

void
frontproc_accept(struct house *h)
{
	int fd;

	for (int i = 0; i < ACCEPT_AT_ONCE && h->front.fd >= 0; i++) {
		fd = accept4(h->front.fd, NULL, NULL,
			     SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0)
			return;
		take_caller(h, fd);
	}
}

void
frontproc_sweep(struct house *h)
{
	struct member *m;

	for (size_t i = h->roster.members.len; i > 0; i--) {
		m = h->roster.members.items[i - 1];
		if (!m->front || m->monitor >= 0 || m->client > 0)
			continue;
		throttle_leave(&h->throttle, m->id);
		roster_remove(&h->roster, m);
	}
}
