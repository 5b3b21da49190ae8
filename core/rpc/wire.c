/*
 * wire.c - one end of a stream of lines.
 *
 * Incoming bytes gather in `in_buf`; a line is handed out in place, its
 * newline made a NUL, and `in_start` moves past it. Room is made, by moving
 * the unfinished rest to the front, only when reading again. Reading stops
 * at one line of the longest kind, so a peer that does not end its line
 * holds at most that much. Outgoing bytes go straight to the descriptor;
 * what does not fit waits in `out_buf`.
 */
#include "plein/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plein/fs.h"

#ifndef WIRE_CHUNK
#define WIRE_CHUNK 16384 /* bytes a read */
#endif
#define WIRE_MORE (16 * WIRE_CHUNK) /* … of a line that is longer */
#define WIRE_KEEP 4096 /* bytes of memory an idle wire may keep */

void
wire_init(struct wire *w, int in, int out, size_t line_max, size_t queue_max)
{
	memset(w, 0, sizeof(*w));
	w->in = in;
	w->out = out;
	buf_init(&w->in_buf);
	buf_init(&w->out_buf);
	w->in_max = line_max;
	w->out_max = queue_max;
	/* Fails only on what is no descriptor; reading says so, too. */
	(void)fs_set_nonblock(in, true, NULL);
	(void)fs_set_nonblock(out, true, NULL);
}

/* Behind what it holds there is nothing that was: room that no line filled is
 * not touched, the kernel need not even give it. */
static void
wipe(struct buf *b)
{
	if (b->len > 0)
		explicit_bzero(b->ptr, b->len);
	buf_release(b);
}

void
wire_release(struct wire *w)
{
	if (w == NULL)
		return;
	if (w->in >= 0)
		(void)close(w->in); /* what was not sent is given up */
	if (w->out >= 0 && w->out != w->in)
		(void)close(w->out);
	w->in = w->out = -1;
	w->in_start = w->in_scan = w->out_start = 0;
	wipe(&w->in_buf);
	wipe(&w->out_buf);
}

/* Forget the bytes before `*start`, which may be a password; give memory back
 * when idle. */
static void
drop_used(struct buf *b, size_t *start)
{
	if (*start == b->len && b->cap > WIRE_KEEP) {
		wipe(b);
	} else if (*start > 0) {
		buf_erase(b, 0, *start);
		explicit_bzero(b->ptr + b->len, *start);
	}
	*start = 0;
}

static int
explain_read_failure(struct wire *w, int errnum, struct err *err)
{
	if (errnum == EAGAIN || errnum == EWOULDBLOCK)
		return 0;
	w->eof = true;
	if (errnum == ECONNRESET)
		return err_set(err, PLEIN_ECLOSED, "the other side is gone");
	return err_set_errno(err, errnum, "read");
}

/*
 * Bytes to be read next: of a long line ever more. From the second piece on
 * they are so many that the buffer is no part of the heap, in which it would
 * leave holes.
 */
static size_t
choose_room(const struct wire *w)
{
	size_t len = w->in_buf.len, left = w->in_max + 1 - len;
	size_t room = len < WIRE_CHUNK ? WIRE_CHUNK : WIRE_MORE + len;

	return room < left ? room : left;
}

int
wire_read(struct wire *w, struct err *err)
{
	size_t room;
	ssize_t n;

	if (w->eof)
		return err_set(err, PLEIN_ECLOSED, "the other side is gone");
	drop_used(&w->in_buf, &w->in_start);
	while (w->in_buf.len <= w->in_max) {
		room = choose_room(w);
		n = read(w->in, buf_room(&w->in_buf, room), room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return explain_read_failure(w, errno, err);
		w->eof = n == 0;
		if (w->eof)
			return err_set(err, PLEIN_ECLOSED,
				       "the other side is gone");
		w->in_buf.len += (size_t)n;
		if ((size_t)n < room)
			break;
	}
	return 0;
}

char *
wire_line(struct wire *w, size_t *len, int *err_code)
{
	char *line = w->in_buf.ptr + w->in_start, *newline;
	size_t have = w->in_buf.len - w->in_start;

	*err_code = 0;
	newline = memchr(line + w->in_scan, '\n', have - w->in_scan);
	if (newline == NULL) {
		w->in_scan = have;
		if (have > w->in_max)
			*err_code = PLEIN_ETOOBIG;
		if (have == 0)
			drop_used(&w->in_buf, &w->in_start);
		return NULL;
	}
	*newline = '\0';
	*len = (size_t)(newline - line);
	w->in_start += *len + 1;
	w->in_scan = 0;
	return line;
}

/* Bytes sent, 0 when none fit now, or a negative PLEIN_E…. */
static ssize_t
send_some(struct wire *w, const void *data, size_t len, struct err *err)
{
	ssize_t n;

	do {
		n = send(w->out, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == ENOTSOCK)
			n = write(w->out, data, len);
	} while (n < 0 && errno == EINTR);
	if (n >= 0)
		return n;
	if (errno == EAGAIN || errno == EWOULDBLOCK)
		return 0;
	if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN)
		return err_set(err, PLEIN_ECLOSED, "the other side is gone");
	return err_set_errno(err, errno, "write");
}

int
wire_send(struct wire *w, const void *data, size_t len, struct err *err)
{
	const char *p = data;
	ssize_t n = 0;
	int rc = wire_flush(w, err);

	if (rc < 0)
		return rc;
	if (len > w->out_max ||
	    w->out_buf.len - w->out_start > w->out_max - len)
		return err_set(err, PLEIN_EBUSY,
			       "the other side does not read");
	while (len > 0 && !wire_wants_write(w)) {
		n = send_some(w, p, len, err);
		if (n < 0)
			return (int)n;
		if (n == 0)
			break;
		p += n;
		len -= (size_t)n;
	}
	if (len > 0)
		drop_used(&w->out_buf, &w->out_start);
	buf_add(&w->out_buf, p, len);
	return 0;
}

int
wire_flush(struct wire *w, struct err *err)
{
	ssize_t n;

	while (wire_wants_write(w)) {
		n = send_some(w, w->out_buf.ptr + w->out_start,
			      w->out_buf.len - w->out_start, err);
		if (n < 0)
			return (int)n;
		if (n == 0)
			return 0;
		w->out_start += (size_t)n;
	}
	drop_used(&w->out_buf, &w->out_start);
	return 0;
}

bool
wire_wants_write(const struct wire *w)
{
	return w->out_start < w->out_buf.len;
}
