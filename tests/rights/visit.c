/* visit.c - see visit.h. */
#include "visit.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/passfd.h"

#define PATIENCE_MS 60000
#define OUTPUT_MAX ((size_t)4 << 20)

static int
knock(const char *path, int type)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

	(void)snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) < 0)
		fail_msg("nobody answers at %s", path);
	return fd;
}

static void
say(int front, json_t *msg_take, const int *fds, int n_fds)
{
	char *text = json_dumps(msg_take, JSON_COMPACT);

	assert_int_equal(
		passfd_send(front, text, strlen(text), fds, n_fds, NULL), 0);
	free(text);
	json_decref(msg_take);
}

/* What the supervisor says next, and the descriptor with it, or -1. */
static json_t *
hear(int front, int *fd)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n_fds = 0;
	struct pollfd p = { front, POLLIN, 0 };
	json_t *msg;
	ssize_t n;

	if (poll(&p, 1, PATIENCE_MS) != 1)
		fail_msg("%s", "the supervisor says nothing");
	n = passfd_recv(front, data, fds, &n_fds, NULL);
	if (n <= 0)
		fail_msg("%s", "the supervisor hung up");
	*fd = n_fds > 0 ? fds[0] : -1;
	for (int i = 1; i < n_fds; i++)
		(void)close(fds[i]);
	msg = json_loadb(data, (size_t)n, 0, NULL);
	assert_non_null(msg);
	return msg;
}

static const char *
op_of(const json_t *msg)
{
	return json_string_value(json_object_get(msg, "op"));
}

void
visit_begin(struct visit *v, const struct fixture *f)
{
	json_t *msg;
	int fd;

	memset(v, 0, sizeof(*v));
	v->front = knock(f->front, SOCK_SEQPACKET);
	say(v->front,
	    json_pack("{s:s, s:s}", "op", "hello", "peer", "192.0.2.1"), NULL,
	    0);
	msg = hear(v->front, &fd);
	assert_string_equal(op_of(msg), "wiki");
	json_decref(msg);
	wire_init(&v->wire, fd, fd, RPC_LINE_MAX, RPC_LINE_MAX);
}

void
visit_host(struct visit *v, const struct fixture *f)
{
	char path[112];
	int fd;

	memset(v, 0, sizeof(*v));
	v->front = -1;
	(void)snprintf(path, sizeof(path), "%s/admin.sock", f->data);
	fd = knock(path, SOCK_STREAM);
	wire_init(&v->wire, fd, fd, RPC_LINE_MAX, RPC_LINE_MAX);
}

void
visit_end(struct visit *v)
{
	if (!v)
		return;
	wire_release(&v->wire);
	if (v->front > 0)
		(void)close(v->front);
	v->front = -1;
}

static void
spawn(struct visit *v, const char *line, const int fds[3])
{
	say(v->front,
	    json_pack("{s:s, s:s, s:s, s:s}", "op", "spawn", "kind", "command",
		      "line", line, "language", "nl"),
	    fds, 3);
}

void
visit_api(struct visit *v)
{
	int in[2], out[2], fds[3];

	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	fds[0] = in[0];
	fds[1] = out[1];
	fds[2] = out[1];
	spawn(v, "api", fds);
	(void)close(in[0]);
	(void)close(out[1]);
	wire_release(&v->wire);
	wire_init(&v->wire, out[0], in[1], RPC_LINE_MAX, RPC_LINE_MAX);
}

void
visit_ask(struct visit *v, const char *method, json_t *params_take)
{
	struct buf line = BUF_INIT;

	rpc_request(&line, ++v->last, method, params_take);
	if (!v->gone && wire_send(&v->wire, line.ptr, line.len, NULL))
		v->gone = true;
	buf_release(&line);
}

/* Read until there is a line; NULL when it was hung up. */
static const char *
next_line(struct visit *v, size_t *len)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct pollfd p = { v->wire.in, POLLIN, 0 };
	const char *line;
	int code = 0;

	while (!(line = wire_line(&v->wire, len, &code))) {
		(void)wire_flush(&v->wire, NULL); /* shows when reading */
		if (clock_mono_ms() > deadline)
			fail_msg("%s", "no answer came");
		if (poll(&p, 1, 1000) == 1 && wire_read(&v->wire, NULL))
			return wire_line(&v->wire, len, &code);
	}
	return line;
}

void
visit_hear(struct visit *v, struct rpc_msg *m)
{
	const char *line;
	size_t len;
	int code;

	memset(m, 0, sizeof(*m));
	while (!v->gone) {
		line = next_line(v, &len);
		if (!line) {
			v->gone = true;
			return;
		}
		if (v->heard) {
			buf_add(v->heard, line, len);
			buf_char(v->heard, '\n');
		}
		assert_int_equal(rpc_parse(m, line, len, &code, NULL), 0);
		if ((m->kind == RPC_RESULT || m->kind == RPC_ERROR) &&
		    json_integer_value(m->id) == v->last)
			return;
		rpc_msg_release(m);
		memset(m, 0, sizeof(*m));
	}
}

void
visit_call(struct visit *v, const char *method, json_t *params_take,
	   struct rpc_msg *m)
{
	visit_ask(v, method, params_take);
	visit_hear(v, m);
}

json_t *
visit_get(struct visit *v, const char *method, json_t *params_take)
{
	struct rpc_msg m;
	json_t *result;

	visit_call(v, method, params_take, &m);
	if (m.kind != RPC_RESULT)
		fail_msg("%s: %s", method, m.message ? m.message : "gone");
	result = json_incref(m.result);
	rpc_msg_release(&m);
	return result;
}

/* Until the program ended: its exit status. */
static int
wait_for_exit(struct visit *v)
{
	json_t *msg = NULL;
	int status = -1, fd;

	do {
		json_decref(msg);
		msg = hear(v->front, &fd);
		if (fd >= 0)
			(void)close(fd);
		if (strcmp(op_of(msg), "refused") == 0)
			status = 255;
		else if (strcmp(op_of(msg), "exit") == 0)
			status = (int)json_integer_value(
				json_object_get(msg, "status"));
	} while (status < 0);
	json_decref(msg);
	return status;
}

int
visit_run(struct visit *v, const char *line, const char *input, struct buf *out)
{
	int in = memfd_create("in", MFD_CLOEXEC);
	int said = memfd_create("out", MFD_CLOEXEC);
	int fds[3] = { in, said, said };
	int status;

	assert_int_equal(fs_write_fd(in, input, strlen(input), NULL), 0);
	assert_int_equal(lseek(in, 0, SEEK_SET), 0);
	spawn(v, line, fds);
	status = wait_for_exit(v);
	assert_int_equal(lseek(said, 0, SEEK_SET), 0);
	assert_int_equal(fs_read_fd(said, out, OUTPUT_MAX, NULL), 0);
	(void)close(in);
	(void)close(said);
	return status;
}
