/*
 * The request is kept as text until it is answered; each fresh stream gets
 * it again, under the same id.
 */
#include "ssh/ask.h"

#include <poll.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/rpc.h"

void
ask_init(struct ask *a, int monitor)
{
	memset(a, 0, sizeof(*a));
	a->monitor = monitor;
	a->stop = -1;
}

void
ask_release(struct ask *a)
{
	if (a->open)
		wire_release(&a->wire);
	a->open = false;
}

bool
ask_notice(struct ask *a, struct notice *n)
{
	switch (n->op) {
	case NOTICE_WIKI:
		ask_release(a);
		wire_init(&a->wire, n->fds[0], n->fds[0], RPC_LOGIN_MAX,
			  RPC_LOGIN_MAX);
		a->open = true;
		n->n_fds = 0;
		return true;
	case NOTICE_STOP:
		a->stop = n->seconds;
		return true;
	case NOTICE_GONE:
		a->gone = true;
		return true;
	case NOTICE_NONE:
	case NOTICE_SPAWNED:
	case NOTICE_REFUSED:
	case NOTICE_SAY:
	case NOTICE_EXIT:
	default:
		return false;
	}
}

/* Whether a fresh stream came. */
static bool
take_notices(struct ask *a)
{
	struct notice n;
	bool fresh = false;

	for (;;) {
		monitor_next(a->monitor, &n);
		if (n.op == NOTICE_NONE)
			return fresh;
		fresh = fresh || n.op == NOTICE_WIKI;
		if (!ask_notice(a, &n))
			notice_drop(&n);
		if (a->gone)
			return fresh;
	}
}

/* The rules that somebody here acts on. */
static const char *
rule_of(const struct rpc_msg *m)
{
	static const char *const rules[] = { "wait", "weak" };
	const char *rule = json_string_value(json_object_get(m->args, "rule"));

	for (size_t i = 0; rule && i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i], rule) == 0)
			return rules[i];
	return NULL;
}

static int
take_error(const struct rpc_msg *m, struct err *err)
{
	const json_t *line = json_object_get(m->args, "line");

	if (m->code > PLEIN_OK || m->code < PLEIN_ELAST)
		return err_set(err, PLEIN_EPROTO, "wiki: %d", m->code);
	return err_rule(err, m->code, rule_of(m),
			(long)json_integer_value(line), "%s",
			m->message != NULL ? m->message : err_name(m->code));
}

/* 1 when this line is the answer; *rc is then its outcome. */
static int
take_line(const struct ask *a, const char *line, size_t len, json_t **result,
	  int *rc, struct err *err)
{
	struct rpc_msg m;
	int code, mine = 0;

	if (rpc_parse(&m, line, len, &code, NULL) == 0 &&
	    (m.kind == RPC_RESULT || m.kind == RPC_ERROR) &&
	    json_integer_value(m.id) == a->id) {
		mine = 1;
		*rc = m.kind == RPC_ERROR ? take_error(&m, err) : 0;
		if (m.kind == RPC_RESULT)
			*result = json_incref(m.result);
	}
	rpc_msg_release(&m);
	return mine;
}

/* 1: answered, 0: not yet, negative: the stream is of no use any more. */
static int
read_answer(struct ask *a, json_t **result, int *rc, struct err *err)
{
	int closed = wire_read(&a->wire, NULL);
	int code = 0;
	size_t len;
	char *line;

	while ((line = wire_line(&a->wire, &len, &code)) != NULL)
		if (take_line(a, line, len, result, rc, err))
			return 1;
	return closed != 0 || code != 0 ? PLEIN_ECLOSED : 0;
}

static void
send_request(struct ask *a, const struct buf *request)
{
	if (a->open &&
	    wire_send(&a->wire, request->ptr, request->len, NULL) != 0)
		ask_release(a);
}

static int
wait_for_either(const struct ask *a, int64_t deadline, short *monitor,
		short *wire)
{
	int64_t left = deadline - clock_mono_ms();
	struct pollfd fds[2] = { { a->monitor, POLLIN, 0 },
				 { a->open ? a->wire.in : -1, POLLIN, 0 } };

	if (left <= 0)
		return -1;
	if (a->open && wire_wants_write(&a->wire))
		fds[1].events |= POLLOUT;
	(void)poll(fds, 2, (int)left);
	*monitor = fds[0].revents;
	*wire = fds[1].revents;
	return 0;
}

static int
wait_for_answer(struct ask *a, const struct buf *request, int64_t deadline,
		json_t **result, struct err *err)
{
	short monitor, wire;
	int rc = 0, got;

	while (wait_for_either(a, deadline, &monitor, &wire) == 0) {
		if (monitor != 0 && take_notices(a)) {
			send_request(a, request);
			continue; /* `wire` spoke of the stream before */
		}
		if (a->gone || a->stop >= 0)
			return err_set(err, PLEIN_ECLOSED, "asked to end");
		if (wire & POLLOUT)
			(void)wire_flush(&a->wire, NULL);
		got = wire & ~POLLOUT ? read_answer(a, result, &rc, err) : 0;
		if (got > 0)
			return rc;
		if (got < 0)
			ask_release(a);
	}
	return err_set(err, PLEIN_EBUSY, "the wiki process does not answer");
}

int
ask_call(struct ask *a, const char *method, json_t *params_take, int ms,
	 json_t **result, struct err *err)
{
	struct buf request = BUF_INIT;
	int rc;

	*result = NULL;
	a->id++;
	rpc_request(&request, a->id, method, params_take);
	(void)take_notices(a);
	send_request(a, &request);
	rc = wait_for_answer(a, &request, clock_mono_ms() + ms, result, err);
	explicit_bzero(request.ptr, request.len); /* a password, perhaps */
	buf_wipe(&request); /* it may be a password */
	return rc;
}
