/*
 * ask.c - see ask.h. Who holds the lock but does not listen yet is a wiki
 * that starts: wait for it.
 */
#include "ask.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/rpc.h"
#include "plein/wire.h"
#include "wiki/call.h"
#include "wiki/desks.h"
#include "wiki/door.h"
#include "wiki/outfit.h"
#include "wiki/space.h"

#define START_MS 10000 /* a wiki that starts; then it is stuck */
#define RETRY_MS 50

static int
find_wiki(int data, const char *dir, struct users *users, struct err *err)
{
	int rc = fchdir(data) < 0 ? err_set_errno(err, errno, "%s", dir) : 0;

	if (!rc)
		rc = users_find(users, data, err);
	if (rc || access(DATA_CONF, R_OK) == 0)
		return rc;
	if (errno == ENOENT)
		return err_set(err, PLEIN_ENOTFOUND,
			       "%s holds no wiki (pleind init %s makes one)",
			       dir, dir);
	return err_set_errno(err, errno, DATA_CONF);
}

int
ask_open(const char *dir, struct users *users, struct err *err)
{
	int data = fs_open_dir(dir, err), rc;

	if (data < 0)
		return data;
	rc = find_wiki(data, dir, users, err);
	if (rc == 0)
		return data;
	(void)close(data); /* only read */
	return rc;
}

int
ask_become(const struct users *users, struct err *err)
{
	if (!users->switches || users->owner.uid == 0)
		return 0;
	/*
	 * SQLite and libgit2 walk every path from the root, where the owner
	 * may not pass; if DATA cannot be the root, they say so.
	 */
	(void)!chroot(".");
	return users_become(&users->owner, err);
}

int
ask_enter(const char *dir, struct err *err)
{
	struct users users;
	int data = ask_open(dir, &users, err), rc;

	if (data < 0)
		return data;
	rc = ask_become(&users, err);
	if (rc == 0)
		return data;
	(void)close(data); /* only read */
	return rc;
}

static int
read_answer(struct rpc_msg *m, json_t **result, struct err *err)
{
	if (m->kind == RPC_RESULT) {
		*result = json_incref(m->result);
		return 0;
	}
	if (m->kind != RPC_ERROR)
		return err_set(err, PLEIN_EPROTO, "no answer but a request");
	return err_set(err, m->code, "%s", m->message ? m->message : "");
}

/* Poll for at most this long; -1: for ever. */
static int
time_left(int64_t end)
{
	int64_t left = end - clock_mono_ms();

	if (end == 0)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* Wait for the one line that answers, until `end` (0: for ever). */
static int
await_answer(struct wire *w, int64_t end, json_t **result, struct err *err)
{
	struct pollfd p = { w->in, POLLIN, 0 };
	struct rpc_msg m = { 0 };
	char *line = NULL;
	size_t len = 0;
	int code, n, rc = 0;

	while (!rc && !(line = wire_line(w, &len, &code))) {
		p.events = wire_wants_write(w) ? POLLIN | POLLOUT : POLLIN;
		n = poll(&p, 1, time_left(end));
		if (n < 0 && errno != EINTR)
			return err_set_errno(err, errno, "wait for the wiki");
		if (n == 0)
			return err_set(err, PLEIN_EBUSY,
				       "the wiki does not answer");
		if (p.revents & POLLOUT)
			rc = wire_flush(w, err);
		if (!rc && (p.revents & ~POLLOUT))
			rc = wire_read(w, err);
	}
	if (!line)
		return err_set(err, PLEIN_EUNKNOWN,
			       "the wiki ended before it answered; look "
			       "whether it was done");
	rc = rpc_parse(&m, line, len, &code, err);
	if (!rc)
		rc = read_answer(&m, result, err);
	rpc_msg_release(&m);
	return rc;
}

static int
ask_over_wire(struct wire *w, int64_t end, const char *method, json_t *params,
	      json_t **result, struct err *err)
{
	struct buf line = BUF_INIT;
	int rc;

	rpc_request(&line, 1, method, json_incref(params));
	rc = wire_send(w, line.ptr, line.len, err);
	if (!rc)
		rc = await_answer(w, end, result, err);
	buf_release(&line);
	return rc;
}

/* What comes next on it is about this space. */
static int
enter_space(struct wire *w, const char *space, int64_t end, struct err *err)
{
	json_t *params = json_pack("{s:s}", "space", space), *result = NULL;
	int rc = params ? ask_over_wire(w, end, "session.space", params,
					&result, err)
			: err_set(err, PLEIN_EUSAGE, "no name of a space");

	json_decref(result);
	json_decref(params);
	return rc;
}

/* One question, and about which space; NULL: the default one. */
struct question {
	const char *space, *method;
	json_t *params;
};

static int
ask_over_socket(int fd, int64_t end, const struct question *q, json_t **result,
		struct err *err)
{
	struct wire w;
	int rc = 0;

	wire_init(&w, fd, fd, RPC_LINE_MAX, RPC_LINE_MAX);
	if (q->space)
		rc = enter_space(&w, q->space, end, err);
	if (!rc)
		rc = ask_over_wire(&w, end, q->method, q->params, result, err);
	wire_release(&w);
	return rc;
}

/* Every space of this wiki, and a desk for it. */
struct alone {
	struct spacelist list;
	struct desks desks;
};

static int
open_alone(struct alone *a, struct err *err)
{
	struct desk_setup setup = { .writer = true, .list = &a->list };
	struct err trouble;
	int rc;

	spacelist_init(&a->list);
	setup.space = spacelist_at(&a->list, 0);
	rc = spacelist_load(&a->list, err);
	if (rc == PLEIN_ENOTFOUND) /* that is damage, for who looks for it */
		rc = 0;
	if (!rc)
		rc = desks_open(&a->desks, &setup, &trouble, err);
	if (!rc)
		outfit_read_flags(&a->list, desks_first(&a->desks));
	return rc;
}

/* As somebody of the host who is there; the answer is theirs. */
static int
ask_desk(struct alone *a, const struct caller *who, const char *method,
	 json_t *params, struct call *c)
{
	call_init(c, who, json_incref(params));
	return desk_call(desks_at(&a->desks, who->space), method, c);
}

static int
ask_there(struct alone *a, const struct caller *host, const struct question *q,
	  json_t **result, struct err *err)
{
	json_t *where = json_pack("{s:s}", "space",
				  q->space ? q->space : SPACE_DEFAULT);
	struct call moving, call = { 0 };
	int rc = ask_desk(a, host, "session.space", where, &moving);

	if (rc)
		*err = moving.err;
	if (!rc)
		rc = ask_desk(a, moving.moves, q->method, q->params, &call);
	if (rc && call.caller)
		*err = call.err;
	if (!rc)
		*result = json_incref(call_result(&call));
	call_release(&call);
	call_release(&moving);
	json_decref(where);
	return rc;
}

static int
ask_here(const struct question *q, json_t **result, struct err *err)
{
	struct caller *host = caller_new(0, "host", "");
	struct alone a = { 0 };
	struct err why = ERR_INIT;
	int rc = open_alone(&a, &why);

	if (!rc)
		rc = ask_there(&a, host, q, result, &why);
	if (rc && err)
		*err = why;
	desks_close(&a.desks);
	spacelist_release(&a.list);
	caller_free(host);
	return rc;
}

/* One attempt; PLEIN_EBUSY when a wiki has the lock and does not listen. */
static int
ask_once(int data, const struct question *q, json_t **result, struct err *err)
{
	int fd = door_knock(err), lock, rc;

	if (fd >= 0)
		return ask_over_socket(fd, 0, q, result, err);
	if (fd != PLEIN_ECLOSED)
		return fd;
	lock = fs_lock_at(data, DATA_LOCK, err);
	if (lock < 0)
		return lock;
	rc = ask_here(q, result, err);
	(void)close(lock); /* nothing was written to it */
	return rc;
}

int
ask_wiki_in(int data, const char *space, const char *method,
	    json_t *params_take, json_t **result, struct err *err)
{
	const struct question q = { space, method,
				    params_take ? params_take : json_object() };
	int64_t end = clock_mono_ms() + START_MS;
	int rc;

	*result = NULL;
	while ((rc = ask_once(data, &q, result, err)) == PLEIN_EBUSY) {
		if (clock_mono_ms() >= end)
			break;
		(void)poll(NULL, 0, RETRY_MS); /* nothing tells when it is up */
	}
	json_decref(q.params);
	return rc;
}

int
ask_wiki(int data, const char *method, json_t *params_take, json_t **result,
	 struct err *err)
{
	return ask_wiki_in(data, NULL, method, params_take, result, err);
}

int
ask_running_in(const char *space, const char *method, json_t *params_take,
	       int ms, json_t **result, struct err *err)
{
	const struct question q = { space, method,
				    params_take ? params_take : json_object() };
	int fd = door_knock(err), rc = fd;

	*result = NULL;
	if (fd >= 0)
		rc = ask_over_socket(fd, clock_mono_ms() + ms, &q, result, err);
	json_decref(q.params);
	return rc;
}

int
ask_running(const char *method, json_t *params_take, int ms, json_t **result,
	    struct err *err)
{
	return ask_running_in(NULL, method, params_take, ms, result, err);
}

int
ask_connect(struct wire *w, struct err *err)
{
	int fd = door_knock(err);

	if (fd < 0)
		return fd;
	wire_init(w, fd, fd, RPC_LINE_MAX, RPC_LINE_MAX);
	return 0;
}

int
ask_on(struct wire *w, const char *method, json_t *params_take, int ms,
       json_t **result, struct err *err)
{
	json_t *params = params_take ? params_take : json_object();
	int rc;

	*result = NULL;
	rc = ask_over_wire(w, clock_mono_ms() + ms, method, params, result,
			   err);
	json_decref(params);
	return rc;
}

int
ask_in_space(const char *dir, const char *space, const char *method,
	     json_t *params_take, json_t **result, struct err *err)
{
	int data = ask_enter(dir, err), rc;

	if (data < 0) {
		json_decref(params_take);
		return data;
	}
	rc = ask_wiki_in(data, space, method, params_take, result, err);
	(void)close(data); /* a folder */
	return rc;
}

int
ask_in(const char *dir, const char *method, json_t *params_take,
       json_t **result, struct err *err)
{
	return ask_in_space(dir, NULL, method, params_take, result, err);
}
