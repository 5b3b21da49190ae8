/*
 * To the peer: libssh's own out-buffer has no bound, so the child is read
 * only while libssh has nothing to write and the channel's window is open,
 * and never more than the window. What libssh does not take (it takes
 * nothing while keys are exchanged anew) is kept.
 *
 * To the child: ssh_channel_read() opens the window again after each call,
 * however much libssh still holds. So everything is taken at once, and only
 * when all of it before was written: at most two windows are ever held.
 */
#include "ssh/pump.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"

#define IN_KEEP (16 * 1024) /* memory kept between two inputs */

void
pump_init(struct pump *p, ssh_session session, struct chan *chan)
{
	memset(p, 0, sizeof(*p));
	p->session = session;
	p->chan = chan;
	p->in = p->out.fd = p->err.fd = -1;
	p->err.is_stderr = true;
	buf_init(&p->in_buf);
}

int
pump_begin(struct pump *p, const int *fds, int n_fds, struct err *err)
{
	int rc = 0;

	p->terminal = n_fds == 1;
	p->in = fds[0];
	p->out.fd = p->terminal ? fds[0] : fds[1];
	p->err.fd = n_fds == 3 ? fds[2] : -1;
	for (int i = 0; rc == 0 && i < n_fds; i++)
		rc = fs_set_nonblock(fds[i], true, err);
	return rc;
}

static void
close_in(struct pump *p)
{
	if (p->in >= 0 && !p->terminal)
		(void)close(p->in);
	p->in = -1;
	buf_release(&p->in_buf);
	p->in_start = 0;
}

static void
close_flow(struct flow *f)
{
	if (f->fd >= 0)
		(void)close(f->fd);
	f->fd = -1;
}

void
pump_release(struct pump *p)
{
	close_in(p);
	close_flow(&p->out);
	close_flow(&p->err);
	free(p->out.bytes);
	free(p->err.bytes);
	p->out.bytes = p->err.bytes = NULL;
	p->out.len = p->err.len = 0;
}

static void
make_room(struct flow *f)
{
	if (f->bytes == NULL)
		f->bytes = mem_realloc(NULL,
				       PUMP_CHUNK + PUMP_SAY); /* untouched */
}

void
pump_say(struct pump *p, const char *text)
{
	const char *end = p->chan->terminal ? "\r\n" : "\n";
	size_t n_text = strlen(text), n_end = strlen(end);
	struct flow *f = &p->err;

	make_room(f);
	if (n_text + n_end > PUMP_CHUNK + PUMP_SAY - f->len)
		return;
	memmove(f->bytes, f->bytes + f->start, f->len);
	memcpy(f->bytes + f->len, text, n_text);
	memcpy(f->bytes + f->len + n_text, end, n_end);
	f->start = 0;
	f->len += n_text + n_end;
}

/* Bytes the peer takes now. */
static size_t
room_at_peer(const struct pump *p)
{
	if (p->chan->channel == NULL || p->chan->closed ||
	    (ssh_get_poll_flags(p->session) & SSH_WRITE_PENDING))
		return 0;
	return ssh_channel_window_size(p->chan->channel);
}

static int
write_channel(const struct pump *p, const struct flow *f)
{
	const char *bytes = f->bytes + f->start;
	uint32_t len = (uint32_t)f->len;

	return f->is_stderr
		       ? ssh_channel_write_stderr(p->chan->channel, bytes, len)
		       : ssh_channel_write(p->chan->channel, bytes, len);
}

/*
 * Again while something goes: writing makes libssh read as well, so the
 * window may open meanwhile and no event would say so.
 */
static void
write_flow(struct pump *p, struct flow *f)
{
	int n = 1;

	while (f->len > 0 && n > 0 && room_at_peer(p) > 0) {
		n = write_channel(p, f);
		if (n > 0) {
			f->start += (size_t)n;
			f->len -= (size_t)n;
		}
	}
}

static void
read_flow(struct pump *p, struct flow *f)
{
	size_t room = room_at_peer(p);
	ssize_t n;

	if (f->len > 0 || room == 0)
		return;
	make_room(f);
	n = read(f->fd, f->bytes, room < PUMP_CHUNK ? room : PUMP_CHUNK);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) { /* a pty says EIO when its last user is gone */
		if (p->terminal)
			close_in(p);
		close_flow(f);
		return;
	}
	f->start = 0;
	f->len = (size_t)n;
}

static void
move_out(struct pump *p, struct flow *f, const struct pollfd *event)
{
	write_flow(p, f);
	if (f->fd < 0 || event->fd != f->fd || event->revents == 0)
		return;
	read_flow(p, f);
	write_flow(p, f);
}

/* Take all that libssh holds; nothing of ours may be left. */
static void
take_input(struct pump *p)
{
	struct chan *c = p->chan;
	int n;

	if (p->in_buf.cap > IN_KEEP)
		buf_release(&p->in_buf);
	buf_reset(&p->in_buf);
	p->in_start = 0;
	n = ssh_channel_read_timeout(c->channel, buf_room(&p->in_buf, c->input),
				     (uint32_t)c->input, 0, 0);
	c->input = 0;
	if (n > 0 && p->in >= 0)
		p->in_buf.len = (size_t)n;
	if (n > 0 && p->haves)
		haves_feed(p->haves, p->in_buf.ptr, (size_t)n);
}

/* False when the child takes no more now. */
static bool
write_input(struct pump *p)
{
	size_t left = p->in_buf.len - p->in_start;
	ssize_t n;

	if (left == 0)
		return true;
	n = write(p->in, p->in_buf.ptr + p->in_start, left);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		close_in(p);
	else if (n > 0)
		p->in_start += (size_t)n;
	return p->in_start == p->in_buf.len;
}

static void
move_in(struct pump *p)
{
	while (write_input(p) && p->chan->input > 0)
		take_input(p);
	/* A terminal stays: its other half is still read. */
	if (p->chan->eof && p->chan->input == 0 && !p->terminal && p->in >= 0 &&
	    p->in_start == p->in_buf.len)
		close_in(p);
}

void
pump_move(struct pump *p, const struct pollfd events[3])
{
	move_out(p, &p->out, &events[1]);
	move_out(p, &p->err, &events[2]);
	move_in(p); /* last: writing may have brought input */
}

void
pump_poll(const struct pump *p, struct pollfd events[3])
{
	bool open = room_at_peer(p) > 0;
	bool left = p->in_start < p->in_buf.len;

	events[0] = (struct pollfd){ left ? p->in : -1, POLLOUT, 0 };
	events[1] = (struct pollfd){ open && p->out.len == 0 ? p->out.fd : -1,
				     POLLIN, 0 };
	events[2] = (struct pollfd){ open && p->err.len == 0 ? p->err.fd : -1,
				     POLLIN, 0 };
}

void
pump_resize(struct pump *p)
{
	struct winsize size = {
		.ws_col = (unsigned short)p->chan->hints.cols,
		.ws_row = (unsigned short)p->chan->hints.rows,
	};

	if (!p->chan->resized || !p->terminal || p->out.fd < 0)
		return;
	p->chan->resized = false;
	/* A terminal whose program has just ended has no size. */
	(void)ioctl(p->out.fd, TIOCSWINSZ, &size);
}

bool
pump_is_drained(const struct pump *p)
{
	return p->out.fd < 0 && p->err.fd < 0 && p->out.len == 0 &&
	       p->err.len == 0;
}
