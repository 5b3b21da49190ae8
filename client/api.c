/*
 * api.c - two pumps with one buffer each. A full buffer stops the reading
 * that fills it, so a slow reader slows the other side down.
 */
#include "api.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plein/control.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "base/sentence.h"

#define WAIT_MS 10000 /* for the wiki to be there */
#define PUMP_SIZE 65536

struct pump {
	int from, to; /* from: -1 at its end */
	char data[PUMP_SIZE];
	size_t start, len;
	bool broken; /* `to` takes nothing any more */
};

/* The stream that the supervisor sends, or -1. */
static int
receive_stream(int control)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n_fds = 0;
	struct pollfd wait = { control, POLLIN, 0 };

	if (poll(&wait, 1, WAIT_MS) <= 0)
		return -1;
	if (passfd_recv(control, data, fds, &n_fds, NULL) <= 0)
		return -1;
	for (int i = 1; i < n_fds; i++)
		(void)close(fds[i]);
	return n_fds ? fds[0] : -1;
}

static void
fill(struct pump *p)
{
	ssize_t n = read(p->from, p->data, sizeof(p->data));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	p->start = 0;
	p->len = n > 0 ? (size_t)n : 0;
	if (n <= 0)
		p->from = -1;
}

static void
drain(struct pump *p)
{
	ssize_t n = write(p->to, p->data + p->start, p->len);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0) {
		p->broken = true;
		p->len = 0;
		return;
	}
	p->start += (size_t)n;
	p->len -= (size_t)n;
}

static struct pollfd
wish(const struct pump *p)
{
	if (p->len)
		return (struct pollfd){ p->to, POLLOUT, 0 };
	return (struct pollfd){ p->from, POLLIN, 0 };
}

static void
turn(struct pump *p, const struct pollfd *fd)
{
	if (!fd->revents)
		return;
	if (p->len)
		drain(p);
	else
		fill(p);
}

/* One round of both; false when polling fails. */
static bool
turn_both(struct pump *ask, struct pump *answer)
{
	struct pollfd fds[2] = { wish(ask), wish(answer) };

	if (poll(fds, 2, -1) < 0)
		return errno == EINTR;
	turn(ask, &fds[0]);
	turn(answer, &fds[1]);
	return true;
}

/* True when all that was asked has been answered. */
static bool
pump_all(struct pump *ask, struct pump *answer)
{
	bool told = false;

	while ((answer->from >= 0 || answer->len) && !answer->broken) {
		if (!turn_both(ask, answer))
			break;
		if (told || ask->from >= 0 || ask->len)
			continue;
		/* A stream that is gone already is noticed when reading. */
		(void)shutdown(ask->to, SHUT_WR);
		told = true;
	}
	return told && !answer->broken;
}

static bool
pump_stream(int in, int out, int stream)
{
	struct pump *ask = mem_alloc(sizeof(*ask));
	struct pump *answer = mem_alloc(sizeof(*answer));
	bool answered;

	ask->from = in;
	ask->to = stream;
	answer->from = stream;
	answer->to = out;
	answered = pump_all(ask, answer);
	free(ask);
	free(answer);
	return answered;
}

static int
say_away(void)
{
	struct buf line = BUF_INIT;

	sentence_error(&line, PLEIN_EBUSY, NULL, NULL);
	buf_char(&line, '\n');
	(void)fs_write_fd(STDERR_FILENO, line.ptr, line.len, NULL);
	buf_release(&line);
	return sentence_exit(PLEIN_EBUSY);
}

int
api_run(int control, int in, int out)
{
	int stream = receive_stream(control);
	bool answered = false;

	if (stream >= 0) {
		answered = pump_stream(in, out, stream);
		(void)close(stream);
	}
	(void)close(control);
	return answered ? 0 : say_away();
}
