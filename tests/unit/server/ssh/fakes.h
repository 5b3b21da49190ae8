/*
 * fakes.h - what a connection process talks to, for its tests: a process
 * that plays supervisor and wiki (control.h); the client, of libssh, is in
 * fake_client.h. The connection itself is the real one, over loopback TCP.
 *
 * The house, as it is called here, accepts one connection, forks conn_run()
 * and answers. Everything it and the connection have to say comes out of one
 * pipe: log records, and lines of its own ("spawn {…}", "child 12").
 */
#ifndef PLEIN_TEST_FAKES_H
#define PLEIN_TEST_FAKES_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <netinet/in.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <libssh/libssh.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/passfd.h"
#include "plein/rpc.h"
#include "plein/wire.h"
#include "ssh/conn.h"
#include "ssh/hostkey.h"

#define PATIENCE_MS 20000

/* How the house behaves; set before house_start(). */
struct manners {
	struct conn_limits limits;
	bool wiki_dies; /* once, instead of its first answer */
	bool wiki_away; /* never a stream */
	bool wants_code; /* 123456, for a key and for a password */
	bool guests; /* may come in */
	const char *language; /* of `tester`; or NULL */
};

/* Shared with the children, to watch them from outside. */
struct shared {
	volatile pid_t conn;
	volatile long moved; /* bytes a child has written or read */
};

struct house {
	struct manners manners;
	char path[64];
	int dir, listener, report;
	uint16_t port;
	pid_t pid;
	ssh_key known; /* of account `tester` */
	char *known_blob;
	struct hostkey *key;
	struct shared *shared;
	struct buf seen; /* from the report */
};

/* The house's side, inside its process. */
struct host {
	const struct house *house;
	int monitor;
	struct wire wiki;
	bool wiki_open, wiki_died;
	bool proved; /* `tester`, at least half */
	pid_t child;
	int child_ends; /* end of file when the child ended */
};

static inline void
must(bool good, const char *what)
{
	if (!good) {
		perror(what);
		_exit(99);
	}
}

/* ---- children the house can start ---- */

static inline void
child_write(struct shared *s, long bytes)
{
	char chunk[4096];
	ssize_t n = 1;

	memset(chunk, 'x', sizeof(chunk));
	for (long left = bytes; left > 0 && n > 0; left -= n) {
		n = write(1, chunk, left < 4096 ? (size_t)left : sizeof(chunk));
		s->moved += n > 0 ? n : 0;
	}
}

static inline long
child_count(struct shared *s)
{
	char chunk[4096];
	ssize_t n;
	long sum = 0;

	while ((n = read(0, chunk, sizeof(chunk))) > 0) {
		sum += n;
		s->moved += n;
	}
	return sum;
}

static inline void
child_echo(void)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(0, chunk, sizeof(chunk))) > 0)
		if (write(1, chunk, (size_t)n) != n)
			_exit(98);
}

/* Says its terminal's size after each line it reads; "q" ends it. */
static inline void
child_sizes(void)
{
	struct winsize w;
	char line[64];
	ssize_t n;

	while ((n = read(0, line, sizeof(line))) > 0 && line[0] != 'q')
		if (ioctl(0, TIOCGWINSZ, &w) == 0)
			(void)dprintf(1, "size %dx%d\n", w.ws_col, w.ws_row);
}

static inline void
child_run(struct shared *s, const char *line)
{
	long n = strtol(line + strcspn(line, " "), NULL, 10);

	if (strncmp(line, "write", 5) == 0)
		child_write(s, n);
	else if (strncmp(line, "count", 5) == 0)
		(void)dprintf(1, "%ld\n", child_count(s));
	else if (strcmp(line, "cat") == 0)
		child_echo();
	else if (strcmp(line, "both") == 0)
		(void)(dprintf(1, "out\n") + dprintf(2, "err\n"));
	else if (strncmp(line, "exit", 4) == 0)
		_exit((int)n);
	else if (strcmp(line, "abort") == 0)
		(void)raise(SIGTERM);
	else if (strcmp(line, "wait") == 0)
		(void)child_count(s);
	else
		child_sizes();
	_exit(0);
}

/* ---- the house ---- */

static inline void
host_tell(struct host *h, const char *text, const int *fds, int n)
{
	(void)passfd_send(h->monitor, text, strlen(text), fds, n, NULL);
}

static inline void
host_give_wiki(struct host *h)
{
	int pair[2];

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0,
	     "pair");
	wire_release(&h->wiki);
	wire_init(&h->wiki, pair[0], pair[0], RPC_LOGIN_MAX, RPC_LOGIN_MAX);
	h->wiki_open = true;
	host_tell(h, "{\"op\":\"wiki\"}", &pair[1], 1);
	(void)close(pair[1]);
}

/* What `tester` has proved: key or password ("geheim"), and the code. */
static inline json_t *
host_prove(struct host *h, const char *needs)
{
	const char *language = h->house->manners.language;

	h->proved = true;
	return json_pack("{s:s, s:s, s:s}", "handle", "tester", "language",
			 language ? language : "", "needs", needs);
}

static inline const char *
host_param(const struct rpc_msg *m, const char *name)
{
	const char *s = json_string_value(json_object_get(m->params, name));

	return s ? s : "";
}

/* The answer, or NULL for a refusal. */
static inline json_t *
host_judge(struct host *h, const struct rpc_msg *m)
{
	const struct manners *manners = &h->house->manners;
	bool known = strcmp(host_param(m, "blob"), h->house->known_blob) == 0;
	const char *needs = manners->wants_code ? "code" : "";

	if (strcmp(m->method, "auth.key") == 0)
		return json_pack("{s:b}", "known", known);
	if (strcmp(m->method, "auth.menu") == 0)
		return json_pack("{s:s, s:b}", "wiki", "Wiki van Caf\u00e9",
				 "guest", manners->guests);
	if (strcmp(m->method, "auth.password") == 0)
		return strcmp(host_param(m, "user"), "tester") == 0 &&
				       strcmp(host_param(m, "password"),
					      "geheim") == 0
			       ? host_prove(h, needs)
			       : NULL;
	if (strcmp(m->method, "auth.code") == 0)
		return h->proved && strcmp(host_param(m, "code"), "123456") == 0
			       ? host_prove(h, "")
			       : NULL;
	if (json_is_true(json_object_get(m->params, "guest")))
		return manners->guests ? json_pack("{s:s}", "role", "gast")
				       : NULL;
	if (known)
		return manners->wants_code
			       ? host_prove(h, needs)
			       : json_pack("{s:s}", "handle", "tester");
	return h->proved ? host_prove(h, "") : NULL;
}

static inline void
host_answer(struct host *h, const struct rpc_msg *m)
{
	json_t *result = host_judge(h, m);
	struct buf out = BUF_INIT;

	if (result)
		rpc_result(&out, m->id, result);
	else
		rpc_error(&out, m->id, PLEIN_ENOTFOUND, "no such key", NULL);
	(void)wire_send(&h->wiki, out.ptr, out.len, NULL);
	buf_release(&out);
}

static inline void
host_hear_wiki(struct host *h)
{
	int closed = wire_read(&h->wiki, NULL), code;
	struct rpc_msg m;
	size_t len;
	char *line;

	while ((line = wire_line(&h->wiki, &len, &code)) != NULL) {
		must(rpc_parse(&m, line, len, &code, NULL) == 0, "rpc");
		if (h->house->manners.wiki_dies && !h->wiki_died) {
			h->wiki_died = true;
			rpc_msg_release(&m);
			host_give_wiki(h);
			return;
		}
		host_answer(h, &m);
		rpc_msg_release(&m);
	}
	if (closed != 0) {
		h->wiki_open = false;
		wire_release(&h->wiki);
	}
}

static inline void
host_spawn_pty(struct host *h, const json_t *order, const char *line, int ends)
{
	struct winsize w = {
		.ws_col = (unsigned short)json_integer_value(
			json_object_get(order, "cols")),
		.ws_row = (unsigned short)json_integer_value(
			json_object_get(order, "rows")),
	};
	int master;

	h->child = forkpty(&master, NULL, NULL, &w);
	must(h->child >= 0, "forkpty");
	if (h->child == 0) {
		(void)fcntl(ends, F_SETFD, 0);
		(void)alarm(60);
		child_run(h->house->shared, line);
	}
	host_tell(h, "{\"op\":\"spawned\",\"kind\":\"screen\"}", &master, 1);
	(void)close(master);
}

static inline void
host_spawn_pipes(struct host *h, const char *line)
{
	int in[2], out[2], err[2], ours[3];

	must(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 &&
		     pipe2(err, O_CLOEXEC) == 0,
	     "pipe");
	h->child = fork();
	must(h->child >= 0, "fork");
	if (h->child == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)dup2(err[1], 2);
		(void)close(in[0]), (void)close(in[1]);
		(void)close(out[0]), (void)close(out[1]);
		(void)close(err[0]), (void)close(err[1]);
		(void)alarm(60);
		child_run(h->house->shared, line);
	}
	ours[0] = in[1];
	ours[1] = out[0];
	ours[2] = err[0];
	host_tell(h, "{\"op\":\"spawned\",\"kind\":\"command\"}", ours, 3);
	(void)close(in[0]), (void)close(in[1]);
	(void)close(out[0]), (void)close(out[1]);
	(void)close(err[0]), (void)close(err[1]);
}

static inline void
host_spawn(struct host *h, const json_t *order)
{
	const char *line = json_string_value(json_object_get(order, "line"));
	const char *kind = json_string_value(json_object_get(order, "kind"));
	int ends[2];

	if (strcmp(line, "refuse") == 0) {
		host_tell(h, "{\"op\":\"refused\",\"reason\":\"not today\"}",
			  NULL, 0);
		return;
	}
	must(pipe2(ends, O_CLOEXEC) == 0, "pipe");
	if (strcmp(kind, "screen") == 0)
		host_spawn_pty(h, order, line, ends[1]);
	else
		host_spawn_pipes(h, line);
	(void)close(ends[1]);
	h->child_ends = ends[0];
	if (strncmp(line, "stop", 4) == 0)
		host_tell(h, "{\"op\":\"stop\",\"seconds\":0}", NULL, 0);
}

static inline void
host_reap(struct host *h)
{
	char text[64];
	int status;

	must(waitpid(h->child, &status, 0) == h->child, "waitpid");
	(void)close(h->child_ends);
	h->child_ends = -1;
	h->child = 0;
	if (WIFEXITED(status))
		(void)snprintf(text, sizeof(text),
			       "{\"op\":\"exit\",\"status\":%d}",
			       WEXITSTATUS(status));
	else
		(void)snprintf(text, sizeof(text),
			       "{\"op\":\"exit\",\"signal\":\"%s\"}",
			       sigabbrev_np(WTERMSIG(status)));
	(void)dprintf(2, "child ended\n");
	host_tell(h, text, NULL, 0);
}

/* False when the connection is gone. */
static inline bool
host_hear_conn(struct host *h)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n;
	ssize_t len = passfd_recv(h->monitor, data, fds, &n, NULL);
	json_t *root;
	const char *op;

	if (len <= 0)
		return false;
	root = json_loadb(data, (size_t)len, 0, NULL);
	op = json_string_value(json_object_get(root, "op"));
	(void)dprintf(2, "%s %.*s\n", op, (int)len, data);
	if (strcmp(op, "spawn") == 0)
		host_spawn(h, root);
	json_decref(root);
	return true;
}

static inline void
host_loop(struct host *h)
{
	struct pollfd fds[3];

	for (;;) {
		fds[0] = (struct pollfd){ h->monitor, POLLIN, 0 };
		fds[1] = (struct pollfd){ h->wiki_open ? h->wiki.in : -1,
					  POLLIN, 0 };
		fds[2] = (struct pollfd){ h->child_ends, POLLIN, 0 };
		(void)poll(fds, 3, -1);
		if (fds[1].revents != 0)
			host_hear_wiki(h);
		if (fds[0].revents != 0 && !host_hear_conn(h))
			break;
		if (fds[2].revents != 0)
			host_reap(h);
	}
	if (h->child > 0)
		host_reap(h);
}

static inline void
house_fork_conn(const struct house *house, int sock, const int monitor[2])
{
	struct conn_args args = { .sock = sock,
				  .monitor = monitor[1],
				  .key = house->key,
				  .limits = &house->manners.limits };

	(void)close(monitor[0]);
	(void)close(house->listener);
	(void)snprintf(args.peer, sizeof(args.peer), "127.0.0.1");
	(void)alarm(60);
	_exit(conn_run(&args));
}

static inline void
house_process(const struct house *house)
{
	struct host h = { .house = house, .child_ends = -1 };
	struct err err = ERR_INIT;
	int monitor[2], status = 0, sock;
	pid_t conn;

	(void)alarm(60);
	(void)signal(SIGPIPE, SIG_IGN);
	sock = accept4(house->listener, NULL, NULL, SOCK_CLOEXEC);
	must(sock >= 0 && passfd_pair(monitor, &err) == 0, "accept");
	conn = fork();
	if (conn == 0)
		house_fork_conn(house, sock, monitor);
	house->shared->conn = conn;
	(void)close(sock);
	(void)close(monitor[1]);
	h.monitor = monitor[0];
	if (!house->manners.wiki_away)
		host_give_wiki(&h);
	host_loop(&h);
	must(waitpid(conn, &status, 0) > 0, "waitpid");
	(void)dprintf(2, "conn status %d\n", status);
	_exit(0);
}

static inline void
house_listen(struct house *house)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);

	house->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(house->listener, (struct sockaddr *)&a, len), 0);
	assert_int_equal(listen(house->listener, 8), 0);
	assert_int_equal(
		getsockname(house->listener, (struct sockaddr *)&a, &len), 0);
	house->port = ntohs(a.sin_port);
}

/* cmocka setup: keys and a place for them, nothing runs yet. */
static inline int
house_setup(void **state)
{
	static struct house house;
	const char *tmp = getenv("TMPDIR");

	memset(&house, 0, sizeof(house));
	house.manners.limits = conn_limits_default;
	buf_init(&house.seen);
	(void)snprintf(house.path, sizeof(house.path), "%s/house-XXXXXX",
		       tmp != NULL && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(house.path));
	house.dir = fs_open_dir(house.path, NULL);
	assert_int_equal(hostkey_create(house.dir, NULL), 0);
	assert_int_equal(hostkey_load(&house.key, house.dir, NULL), 0);
	assert_int_equal(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &house.known),
			 SSH_OK);
	assert_int_equal(
		ssh_pki_export_pubkey_base64(house.known, &house.known_blob),
		SSH_OK);
	house.shared = mmap(NULL, sizeof(*house.shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(house.shared, MAP_FAILED);
	*state = &house;
	return 0;
}

static inline void
house_start(struct house *house)
{
	int report[2];

	house_listen(house);
	assert_int_equal(pipe2(report, O_CLOEXEC), 0);
	house->pid = fork();
	if (house->pid == 0) {
		(void)dup2(report[1], 2);
		house_process(house);
	}
	(void)close(report[1]);
	(void)close(house->listener);
	house->report = report[0];
}

/* Wait until `text` was reported; false when it never will be. */
static inline bool
house_reports(struct house *house, const char *text)
{
	const int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct pollfd fd = { house->report, POLLIN, 0 };
	ssize_t n = 1;

	while (strstr(house->seen.ptr, text) == NULL && n > 0 &&
	       clock_mono_ms() < deadline) {
		if (poll(&fd, 1, 1000) <= 0)
			continue;
		n = read(house->report, buf_room(&house->seen, 4096), 4096);
		house->seen.len += n > 0 ? (size_t)n : 0;
		house->seen.ptr[house->seen.len] = '\0';
	}
	return strstr(house->seen.ptr, text) != NULL;
}

static inline void
house_expect(struct house *house, const char *text)
{
	if (!house_reports(house, text))
		fail_msg("'%s' is not in: %s", text, house->seen.ptr);
}

/* The connection ended by itself, in good order, for this reason. */
static inline void
house_expect_end(struct house *house, const char *reason)
{
	char text[80];

	(void)snprintf(text, sizeof(text), "\"reason\":\"%s\"", reason);
	house_expect(house, "conn.closed");
	house_expect(house, "conn status 0\n");
	if (strstr(house->seen.ptr, text) == NULL)
		fail_msg("not '%s': %s", reason, house->seen.ptr);
}

static inline int
house_teardown(void **state)
{
	struct house *house = *state;
	int status = 0;

	if (house->pid > 0) {
		/* Its connection ends with it: the monitor closes. */
		(void)kill(house->pid, SIGKILL);
		(void)waitpid(house->pid, &status, 0);
		(void)close(house->report);
	}
	ssh_key_free(house->known);
	ssh_string_free_char(house->known_blob);
	hostkey_free(house->key);
	buf_release(&house->seen);
	(void)munmap(house->shared, sizeof(*house->shared));
	(void)unlinkat(house->dir, "hostkey_ed25519", 0);
	(void)unlinkat(house->dir, "hostkey_ed25519.pub", 0);
	(void)close(house->dir);
	return rmdir(house->path);
}

#endif
