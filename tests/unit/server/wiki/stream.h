/*
 * stream.h - the wiki process as its supervisor and its streams see it: a
 * child runs it, the test is the supervisor and every client.
 */
#ifndef PLEIN_TEST_STREAM_H
#define PLEIN_TEST_STREAM_H

#include "town.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include "plein/clock.h"
#include "plein/passfd.h"
#include "plein/rpc.h"
#include "plein/wire.h"
#include "wiki/door.h"
#include "wiki/loop.h"

#define PATIENCE_MS 20000

struct wiki {
	struct town *town;
	pid_t pid;
	int control;
};

/* --- the supervisor's part -------------------------------------------- */

static inline void
expect_readable(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };

	if (poll(&p, 1, PATIENCE_MS) != 1)
		fail_msg("nothing came in time");
}

/* The next message of the wiki process, with this `op`. */
static inline json_t *
hear(struct wiki *w, const char *op)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n_fds;
	struct err err = ERR_INIT;
	json_t *msg;
	ssize_t n;

	expect_readable(w->control);
	n = passfd_recv(w->control, data, fds, &n_fds, &err);
	assert_true(n > 0);
	assert_int_equal(n_fds, 0);
	msg = json_loadb(data, (size_t)n, 0, NULL);
	assert_string_equal(town_text(msg, "op"), op);
	return msg;
}

static inline void
say(struct wiki *w, const char *text, int fd)
{
	struct err err = ERR_INIT;

	if (passfd_send(w->control, text, strlen(text), &fd, fd >= 0, &err))
		fail_msg("%s", err.msg);
}

static inline void
start(struct wiki *w, void **state, const struct wiki_limits *limits)
{
	int pair[2], lock;
	struct err err = ERR_INIT;

	memset(w, 0, sizeof(*w));
	w->town = *state;
	desk_close(&w->town->desk);
	assert_int_equal(passfd_pair(pair, &err), 0);
	w->pid = fork();
	assert_true(w->pid >= 0);
	if (w->pid == 0) {
		(void)close(pair[0]);
		lock = fs_lock_at(AT_FDCWD, DATA_LOCK, &err);
		/* not _exit(): what it leaked is looked for */
		exit(loop_serve(lock, pair[1], limits));
	}
	(void)close(pair[1]);
	w->control = pair[0];
	json_decref(hear(w, "ready"));
}

/* Its exit code; it must have been told to end, one way or another. */
static inline int
reap(struct wiki *w)
{
	int status;

	assert_int_equal(waitpid(w->pid, &status, 0), w->pid);
	(void)close(w->control);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void
stop(struct wiki *w)
{
	say(w, "{\"op\":\"stop\",\"seconds\":5}", -1);
	assert_int_equal(reap(w), 0);
}

/* --- a client's part -------------------------------------------------- */

static inline void
attach(struct wiki *w, struct wire *wire, const char *text)
{
	int pair[2];

	assert_int_equal(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	say(w, text, pair[1]);
	(void)close(pair[1]);
	wire_init(wire, pair[0], pair[0], RPC_LINE_MAX, RPC_LINE_MAX);
}

#define LOGIN \
	"{\"op\":\"attach\",\"conn\":5,\"door\":\"login\",\"peer\":\"::1\"}"
#define WRITER \
	"{\"op\":\"attach\",\"conn\":6,\"door\":\"screen\"," \
	"\"account\":\"bijdrager\",\"key\":\"SHA256:k\",\"peer\":\"::1\"}"

/* All of it, however long the wiki process takes to read it. */
static inline void
tell(struct wire *wire, const char *line)
{
	struct pollfd p = { wire->out, POLLOUT, 0 };
	struct err err = ERR_INIT;
	int rc = wire_send(wire, line, strlen(line), &err);

	while (!rc && wire_wants_write(wire) && poll(&p, 1, PATIENCE_MS) == 1)
		rc = wire_flush(wire, &err);
	if (rc || wire_wants_write(wire))
		fail_msg("not taken: %s", err.msg);
}

static inline void
tell_call(struct wire *wire, int id, const char *method, const char *params)
{
	struct buf line = BUF_INIT;

	buf_printf(&line,
		   "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\","
		   "\"params\":%s}\n",
		   id, method, params);
	tell(wire, line.ptr);
	buf_release(&line);
}

/* The next line, or NULL at the end of the stream. */
static inline json_t *
hear_line(struct wire *wire)
{
	struct err err = ERR_INIT;
	char *line;
	size_t len;
	int code;
	json_t *j;

	while (!(line = wire_line(wire, &len, &code))) {
		if (wire->eof)
			return NULL;
		expect_readable(wire->in);
		if (wire_read(wire, &err) == PLEIN_EIO)
			fail_msg("%s", err.msg);
	}
	j = json_loadb(line, len, 0, NULL);
	assert_non_null(j);
	return j;
}

/* Ask and wait: the result, or NULL when the error has this name. */
static inline json_t *
ask(struct wire *wire, const char *method, const char *params,
    const char *error)
{
	json_t *msg, *result;

	tell_call(wire, 1, method, params);
	msg = hear_line(wire);
	assert_non_null(msg);
	result = json_incref(json_object_get(msg, "result"));
	if (!error && !result)
		fail_msg("%s: %s", method,
			 town_text(json_object_get(msg, "error"), "message"));
	if (error)
		assert_string_equal(
			town_text(json_object_get(json_object_get(msg, "error"),
						  "data"),
				  "name"),
			error);
	json_decref(msg);
	return result;
}

static inline void
expect_code(struct wire *wire, const char *line, int code)
{
	json_t *msg;

	tell(wire, line);
	msg = hear_line(wire);
	assert_non_null(msg);
	assert_int_equal(town_number(json_object_get(msg, "error"), "code"),
			 code);
	json_decref(msg);
}

#endif
