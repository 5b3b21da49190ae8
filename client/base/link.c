/*
 * link.c - requests in flight. Each keeps its line until it is answered, so
 * that a fresh stream gets them all again, in the order they were made. The
 * wiki process answers a repeated save by its request id, never twice.
 */
#include "base/link.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/notice.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "plein/wire.h"

#define QUEUE_MAX ((size_t)4 * RPC_LINE_MAX)
#define PATIENCE 6 /* times wait_ms while there is a stream */

struct pending {
	json_int_t id;
	char *line;
	bool later; /* not before those in front of it are answered */
	bool sent;
	link_reply *reply;
	void *ctx;
};

struct link {
	int control; /* -1: the supervisor is gone */
	struct wire wire;
	bool up;
	bool holding; /* what is asked now is for later */
	int64_t lost; /* when, in seconds since 1970; 0: it is not */
	unsigned n_streams; /* that came so far */
	unsigned answered; /* which of them gave the last answer */
	int stop_seconds;
	json_int_t last_id;
	struct vec pending; /* struct pending * */
	void (*on_event)(void *ctx, enum link_event e);
	void (*on_notice)(void *ctx, const char *method, const json_t *params);
	void *ctx;
};

struct link *
link_new(int control, void (*on_event)(void *ctx, enum link_event e), void *ctx)
{
	struct link *l = mem_alloc(sizeof(*l));

	l->control = control;
	l->on_event = on_event;
	l->ctx = ctx;
	(void)fs_set_nonblock(control, true, NULL); /* reading tells */
	return l;
}

void
link_listen(struct link *l, void (*on_notice)(void *ctx, const char *method,
					      const json_t *params))
{
	l->on_notice = on_notice;
}

static void
free_pending(void *item)
{
	struct pending *p = item;

	explicit_bzero(p->line, strlen(p->line)); /* it may be a password */
	free(p->line);
	free(p);
}

void
link_free(struct link *l)
{
	if (!l)
		return;
	if (l->up)
		wire_release(&l->wire);
	if (l->control >= 0)
		(void)close(l->control); /* nothing was written that counts */
	vec_release(&l->pending, free_pending);
	free(l);
}

bool
link_is_up(const struct link *l)
{
	return l->up;
}

int64_t
link_lost(const struct link *l)
{
	return l->lost;
}

bool
link_is_waiting(const struct link *l)
{
	return l->pending.len > 0;
}

int
link_stop_seconds(const struct link *l)
{
	return l->stop_seconds;
}

static void
tell_owner(struct link *l, enum link_event e)
{
	if (l->on_event)
		l->on_event(l->ctx, e);
}

static void
lose_stream(struct link *l)
{
	if (!l->up)
		return;
	wire_release(&l->wire);
	l->up = false;
	l->lost = clock_wall();
	tell_owner(l, LINK_LOST);
}

/* --- requests --- */

/* False when the stream broke: the request stays for the next one. */
static bool
send_pending(struct link *l, struct pending *p)
{
	if (!l->up)
		return false;
	p->sent = true;
	return wire_send(&l->wire, p->line, strlen(p->line), NULL) == 0;
}

json_int_t
link_call(struct link *l, const char *method, json_t *params_take,
	  link_reply *reply, void *ctx)
{
	struct pending *p = mem_alloc(sizeof(*p));
	struct buf line = BUF_INIT;

	p->id = ++l->last_id;
	p->reply = reply;
	p->ctx = ctx;
	p->later = l->holding;
	rpc_request(&line, p->id, method, params_take);
	p->line = buf_take(&line);
	vec_push(&l->pending, p);
	if (l->up && !p->later && !send_pending(l, p))
		lose_stream(l);
	return p->id;
}

/* All at once: each piece sent alone would wake the wiki, and cost a turn. */
static void
send_waiting(struct link *l, bool again)
{
	struct buf lines = BUF_INIT;

	for (size_t i = 0; i < l->pending.len; i++) {
		struct pending *p = l->pending.items[i];

		if (p->later || (p->sent && !again))
			continue;
		p->sent = true;
		buf_str(&lines, p->line);
	}
	/* that it failed is noticed when reading */
	if (lines.len)
		(void)wire_send(&l->wire, lines.ptr, lines.len, NULL);
	buf_wipe(&lines);
}

/* What is for later comes now, if it is the oldest that has no answer. */
static void
end_holding(struct link *l)
{
	struct pending *p = l->pending.len ? l->pending.items[0] : NULL;
	bool due = p && p->later && !l->holding;

	for (size_t i = 0; due && i < l->pending.len; i++) {
		p = l->pending.items[i];
		p->later = false;
	}
}

void
link_hold(struct link *l, bool on)
{
	l->holding = on;
}

void
link_forget(struct link *l, const void *ctx)
{
	for (size_t i = l->pending.len; i-- > 0;) {
		struct pending *p = l->pending.items[i];

		if (p->ctx == ctx)
			free_pending(vec_remove(&l->pending, i));
	}
}

static struct pending *
take_pending(struct link *l, json_int_t id)
{
	for (size_t i = 0; i < l->pending.len; i++) {
		struct pending *p = l->pending.items[i];

		if (p->id == id)
			return vec_remove(&l->pending, i);
	}
	return NULL;
}

static void
deliver(struct link *l, const struct rpc_msg *m)
{
	struct pending *p;

	if (m->kind == RPC_NOTIFY && l->on_notice)
		l->on_notice(l->ctx, m->method, m->params);
	if (m->kind != RPC_RESULT && m->kind != RPC_ERROR)
		return;
	l->answered = l->n_streams;
	p = take_pending(l, json_integer_value(m->id));
	if (!p)
		return;
	if (p->reply)
		p->reply(p->ctx, m);
	free_pending(p);
}

/* False when the other side breaks the protocol. */
static bool
handle_line(struct link *l, char *line, size_t len)
{
	struct rpc_msg m = { 0 };
	int rpc_code;
	bool good = rpc_parse_own(&m, line, len, &rpc_code, NULL) == 0;

	if (good)
		deliver(l, &m);
	rpc_msg_release(&m);
	return good;
}

static void
read_stream(struct link *l)
{
	bool good = true, ended = wire_read(&l->wire, NULL) < 0;
	int line_err = 0;
	size_t len;
	char *line;

	while (good && l->up && (line = wire_line(&l->wire, &len, &line_err)))
		good = handle_line(l, line, len);
	if (!good || ended || line_err)
		lose_stream(l);
}

/* --- the supervisor --- */

static void
take_stream(struct link *l, int fd)
{
	int64_t lost;

	lose_stream(l);
	wire_init(&l->wire, fd, fd, RPC_LINE_MAX, QUEUE_MAX);
	l->up = true;
	l->n_streams++;
	end_holding(l);
	send_waiting(l, true);
	lost = l->lost;
	l->lost = 0;
	if (lost)
		tell_owner(l, LINK_BACK);
}

static void
lose_supervisor(struct link *l)
{
	(void)close(l->control);
	l->control = -1;
	tell_owner(l, LINK_GONE);
}

/* True when there may be another. */
static bool
read_notice(struct link *l)
{
	struct notice n;

	notice_next(l->control, &n);
	if (n.op == NOTICE_WIKI) {
		take_stream(l, n.fd);
	} else if (n.op == NOTICE_STOP) {
		l->stop_seconds = n.seconds;
		tell_owner(l, LINK_STOPPING);
	} else if (n.op == NOTICE_GONE) {
		lose_supervisor(l);
	}
	return n.op != NOTICE_NONE;
}

/* --- the loop --- */

int
link_poll(const struct link *l, struct pollfd *fds)
{
	int n = 0;

	if (l->control >= 0)
		fds[n++] = (struct pollfd){ l->control, POLLIN, 0 };
	if (l->up) {
		fds[n].fd = l->wire.in;
		fds[n].events = POLLIN;
		if (wire_wants_write(&l->wire))
			fds[n].events |= POLLOUT;
		fds[n++].revents = 0;
	}
	return n;
}

void
link_step(struct link *l)
{
	if (l->up)
		read_stream(l);
	end_holding(l);
	if (l->up)
		send_waiting(l, false);
	if (l->up && wire_flush(&l->wire, NULL) < 0)
		lose_stream(l);
	while (l->control >= 0 && read_notice(l))
		;
}

/* --- waiting --- */

struct answer {
	struct rpc_msg m;
	bool came;
};

static void
keep_answer(void *ctx, const struct rpc_msg *m)
{
	struct answer *a = ctx;

	a->m = *m;
	json_incref(a->m.root); /* its parts are borrowed from the root */
	a->came = true;
}

static bool
was_sent(struct link *l, json_int_t id)
{
	for (size_t i = 0; i < l->pending.len; i++) {
		const struct pending *p = l->pending.items[i];

		if (p->id == id)
			return p->sent;
	}
	return true;
}

/* Until the answer came; false when patience ends. */
static bool
wait_for(struct link *l, const struct answer *a, int wait_ms)
{
	int64_t since = clock_mono_ms();
	bool up = l->up;

	while (!a->came) {
		int64_t left =
			since + wait_ms * (up ? PATIENCE : 1) - clock_mono_ms();
		struct pollfd fds[2];
		int n = link_poll(l, fds);

		if (left <= 0 || !n)
			return false;
		(void)poll(fds, (nfds_t)n, (int)left); /* read says why */
		link_step(l);
		if (up != l->up) {
			up = l->up;
			since = clock_mono_ms();
		}
	}
	return true;
}

int
link_wait(struct link *l, const char *method, json_t *params_take,
	  struct rpc_msg *m, int wait_ms, struct err *err)
{
	struct answer a = { 0 };
	json_int_t id = link_call(l, method, params_take, keep_answer, &a);
	bool sent;

	memset(m, 0, sizeof(*m));
	if (!wait_for(l, &a, wait_ms)) {
		sent = was_sent(l, id);
		link_forget(l, &a);
		return err_set(err, sent ? PLEIN_EUNKNOWN : PLEIN_EBUSY,
			       "the wiki does not answer");
	}
	*m = a.m;
	if (m->kind == RPC_RESULT)
		return 0;
	if (m->code < PLEIN_ELAST || m->code >= 0)
		return err_set(err, PLEIN_EUSAGE, "%s",
			       m->message ? m->message : "");
	return err_set(err, m->code, "%s", m->message ? m->message : "");
}

/* One round of the loop; false when the time is over or nothing can come. */
static bool
step_until(struct link *l, int64_t deadline)
{
	int64_t left = deadline - clock_mono_ms();
	struct pollfd fds[2];
	int n = link_poll(l, fds);

	if (left <= 0 || l->control < 0)
		return false;
	(void)poll(fds, (nfds_t)n, (int)left); /* read says why */
	link_step(l);
	return true;
}

bool
link_wait_fresh(struct link *l, int lose_ms, int wait_ms)
{
	int64_t deadline = clock_mono_ms() + lose_ms;

	while (l->up && l->n_streams == l->answered)
		if (!step_until(l, deadline))
			return false;
	deadline = clock_mono_ms() + wait_ms;
	while (l->n_streams == l->answered)
		if (!step_until(l, deadline))
			return false;
	return true;
}
