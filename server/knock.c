/* knock.c - see knock.h. */
#include "knock.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "plein/fs.h"
#include "ssh/monitor.h"

#define PLAIN \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/" \
	"._-+=@:"

bool
knock_is_plain(const char *word)
{
	return word[0] != '\0' && word[0] != '-' &&
	       word[strspn(word, PLAIN)] == '\0';
}

static int
connect_to(int fd, const char *path, struct err *err)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	if (strlcpy(at.sun_path, path, sizeof(at.sun_path)) >=
	    sizeof(at.sun_path))
		return err_set(err, PLEIN_EUSAGE, "%s is too long", path);
	if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
		return 0;
	if (errno == ENOENT || errno == ECONNREFUSED)
		return err_set(err, PLEIN_ECLOSED, "no wiki listens at %s",
			       path);
	return err_set_errno(err, errno, "%s", path);
}

int
knock_front(const char *path, const char *peer, struct err *err)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), rc;

	if (fd < 0)
		return err_set_errno(err, errno, "%s", path);
	rc = connect_to(fd, path, err);
	if (rc == 0)
		rc = monitor_hello(fd, peer, err);
	if (rc == 0)
		rc = fs_set_nonblock(fd, true, err);
	if (rc == 0)
		return fd;
	(void)close(fd); /* nothing waits to be written */
	return rc;
}
