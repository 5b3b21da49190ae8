/*
 * passfd.c - one message with descriptors, one call.
 *
 * What the kernel had to cut (too many bytes, too many descriptors) is a
 * breach of the protocol: everything that came is closed again.
 */
#include "plein/passfd.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(PASSFD_MAX * sizeof(int))];
};

int
passfd_pair(int fds[2], struct err *err)
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0)
		return err_set_errno(err, errno, "socketpair");
	return 0;
}

static void
attach_descriptors(struct msghdr *msg, union control *control, const int *fds,
		   int n_fds)
{
	size_t bytes = (size_t)n_fds * sizeof(int);
	struct cmsghdr *head;

	memset(control, 0, sizeof(*control));
	msg->msg_control = control->bytes;
	msg->msg_controllen = CMSG_SPACE(bytes);
	head = CMSG_FIRSTHDR(msg);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(bytes);
	memcpy(CMSG_DATA(head), fds, bytes);
}

static int
explain_send_failure(int errnum, struct err *err)
{
	if (errnum == EAGAIN || errnum == EWOULDBLOCK)
		return err_set(err, PLEIN_EBUSY, "the peer's queue is full");
	if (errnum == EPIPE || errnum == ECONNRESET || errnum == ENOTCONN)
		return err_set(err, PLEIN_ECLOSED, "the peer is gone");
	return err_set_errno(err, errnum, "send message");
}

int
passfd_send(int sock, const void *data, size_t len, const int *fds, int n_fds,
	    struct err *err)
{
	struct iovec iov = { (void *)data, len };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	union control control;
	ssize_t n;

	assert(n_fds >= 0 && n_fds <= PASSFD_MAX);
	if (len == 0)
		return err_set(err, PLEIN_EUSAGE, "message without bytes");
	if (len > PASSFD_BYTES)
		return err_set(err, PLEIN_ETOOBIG, "message of %zu bytes", len);
	if (n_fds > 0)
		attach_descriptors(&msg, &control, fds, n_fds);
	do
		n = sendmsg(sock, &msg, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n < 0 ? explain_send_failure(errno, err) : 0;
}

static int
collect_descriptors(struct msghdr *msg, int fds[PASSFD_MAX])
{
	struct cmsghdr *head;
	size_t n = 0, have;

	for (head = CMSG_FIRSTHDR(msg); head != NULL;
	     head = CMSG_NXTHDR(msg, head)) {
		if (head->cmsg_level != SOL_SOCKET ||
		    head->cmsg_type != SCM_RIGHTS)
			continue;
		have = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		assert(n + have <= PASSFD_MAX);
		memcpy(fds + n, CMSG_DATA(head), have * sizeof(int));
		n += have;
	}
	return (int)n;
}

static void
close_all(int *fds, int *n_fds)
{
	while (*n_fds > 0)
		(void)close(fds[--*n_fds]); /* not ours to judge */
}

ssize_t
passfd_recv(int sock, void *data, int fds[PASSFD_MAX], int *n_fds,
	    struct err *err)
{
	struct iovec iov = { data, PASSFD_BYTES };
	union control control;
	struct msghdr msg = { .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control.bytes,
			      .msg_controllen = sizeof(control.bytes) };
	ssize_t n;

	*n_fds = 0;
	do
		n = recvmsg(sock, &msg, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return err_set(err, PLEIN_EBUSY, "no message");
	if (n < 0 && errno != ECONNRESET)
		return err_set_errno(err, errno, "receive message");
	if (n < 0)
		return 0;
	*n_fds = collect_descriptors(&msg, fds);
	if ((msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		close_all(fds, n_fds);
		return err_set(err, PLEIN_EPROTO, "message was cut off");
	}
	if (n == 0)
		close_all(fds, n_fds);
	return n;
}
