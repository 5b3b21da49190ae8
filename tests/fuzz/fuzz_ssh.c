/*
 * A whole connection process, libssh and our callbacks, with the bytes of
 * the fuzzer as those of the client. The first byte says how:
 *
 *   1  plain: the rest is sent as it is, banner and all. Without it keys are
 *      exchanged, ssh-userauth is asked for, and the rest is packets: two
 *      bytes of length, then that much, each sent encrypted
 *   2  guests may come in    4  an account has a code as well
 *
 * Another thread is the peer, the supervisor and the wiki process. Every key
 * is known there, and nobody can sign with one: whatever the client sends, no
 * key is ever proved, and nothing starts for who was not let in.
 */
#include "fuzz.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "plein/passfd.h"
#include "plein/rpc.h"
#include "plein/wire.h"
#include "ssh/conn.h"
#include "ssh/hostkey.h"
#include "sshpeer.h"

#define PLAIN 1
#define GUESTS 2
#define CODE 4
#define PASSWORD "geheim"
#define CODE_TEXT "123456"
#define CHUNK 16384
#define QUIET_MS 3 /* then nothing more comes of what was sent */

static const struct conn_limits limits = {
	.banner_ms = 5000,
	.auth_ms = 5000,
	.talk_ms = 5000,
	.probes = 30,
	.failures = 6,
	.renew_bytes = UINT64_C(1) << 30,
	.renew_s = 3600,
	.login_bytes = 256 * 1024,
	.hangup_ms = 100,
};

/* All that is not the connection process. */
struct world {
	const uint8_t *data;
	size_t size;
	unsigned how;
	int sock, monitor; /* our ends; -1 when closed */
	struct wire wiki;
	struct sshpeer peer;
	bool sent; /* all of `data` is in peer.out */
	bool proved, coded, granted;
};

/* --- the wiki process ----------------------------------------------------- */

static bool
is_text(const struct rpc_msg *m, const char *name, const char *text)
{
	const char *s = json_string_value(json_object_get(m->params, name));

	return s && strcmp(s, text) == 0;
}

static json_t *
grant(struct world *w, const char *role)
{
	w->granted = true;
	return json_pack("{s:s, s:s}", "handle", "tester", "role", role);
}

static json_t *
open_session(struct world *w, const struct rpc_msg *m)
{
	/* Nobody can have signed. */
	assert(!json_object_get(m->params, "blob"));
	if (json_is_true(json_object_get(m->params, "guest")))
		return (w->how & GUESTS) != 0 ? grant(w, "gast") : NULL;
	if (json_is_true(json_object_get(m->params, "new")))
		return grant(w, "new");
	if (!w->proved || ((w->how & CODE) != 0 && !w->coded))
		return NULL;
	return grant(w, "lezer");
}

static json_t *
tell_needs(const struct world *w)
{
	bool missing = (w->how & CODE) != 0 && !w->coded;

	return json_pack("{s:s, s:s, s:s}", "handle", "tester", "language",
			 "nl", "needs", missing ? "code" : "");
}

/* NULL is a refusal. */
static json_t *
judge(struct world *w, const struct rpc_msg *m)
{
	if (strcmp(m->method, "auth.key") == 0)
		return json_pack("{s:b}", "known", true);
	if (strcmp(m->method, "auth.menu") == 0)
		return json_pack("{s:s, s:b, s:b}", "wiki", "Wiki", "guest",
				 (w->how & GUESTS) != 0, "register", true);
	if (strcmp(m->method, "auth.password") == 0) {
		if (!is_text(m, "password", PASSWORD))
			return NULL;
		w->proved = true;
		return tell_needs(w);
	}
	if (strcmp(m->method, "auth.code") == 0) {
		assert(w->proved);
		if (!is_text(m, "code", CODE_TEXT))
			return NULL;
		w->coded = true;
		return tell_needs(w);
	}
	return open_session(w, m);
}

static void
answer(struct world *w, const struct rpc_msg *m)
{
	json_t *result = judge(w, m);
	struct buf line = BUF_INIT;

	if (result)
		rpc_result(&line, m->id, result);
	else
		rpc_error(&line, m->id, PLEIN_EDENIED, "no", NULL);
	(void)wire_send(&w->wiki, line.ptr, line.len,
			NULL); /* it may be gone */
	buf_release(&line);
}

static void
hear_wiki(struct world *w)
{
	int closed = wire_read(&w->wiki, NULL), code;
	struct rpc_msg m;
	const char *line;
	size_t len;

	while ((line = wire_line(&w->wiki, &len, &code))) {
		assert(rpc_parse(&m, line, len, &code, NULL) == 0);
		answer(w, &m);
		rpc_msg_release(&m);
	}
	if (closed)
		wire_release(&w->wiki);
}

static void
tell(struct world *w, const char *text, const int *fds, int n)
{
	/* it may have hung up */
	(void)passfd_send(w->monitor, text, strlen(text), fds, n, NULL);
}

static void
give_wiki(struct world *w)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		die("socketpair");
	wire_init(&w->wiki, pair[0], pair[0], RPC_LOGIN_MAX, RPC_LOGIN_MAX);
	tell(w, "{\"op\":\"wiki\"}", &pair[1], 1);
	(void)close(pair[1]);
}

/* --- the supervisor ------------------------------------------------------- */

/* A program that reads nothing, says nothing, and ends. */
static void
start_program(struct world *w, const json_t *order)
{
	const char *kind = json_string_value(json_object_get(order, "kind"));
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	int fds[3] = { fd, fd, fd };

	assert(w->granted);
	assert(kind);
	if (strcmp(kind, "screen") == 0)
		tell(w, "{\"op\":\"spawned\",\"kind\":\"screen\"}", fds, 1);
	else
		tell(w, "{\"op\":\"spawned\",\"kind\":\"command\"}", fds, 3);
	(void)close(fd);
	tell(w, "{\"op\":\"exit\",\"status\":0}", NULL, 0);
}

static void
hear_monitor(struct world *w)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n = 0;
	ssize_t len = passfd_recv(w->monitor, data, fds, &n, NULL);
	json_t *msg;
	const char *op;

	assert(n == 0);
	if (len <= 0) {
		(void)close(w->monitor);
		w->monitor = -1;
		return;
	}
	msg = json_loadb(data, (size_t)len, 0, NULL);
	op = json_string_value(json_object_get(msg, "op"));
	assert(op);
	if (strcmp(op, "spawn") == 0)
		start_program(w, msg);
	json_decref(msg);
}

/* --- the peer ------------------------------------------------------------- */

static void
send_service_request(struct world *w)
{
	static const char packet[] = "\x05\0\0\0\x0cssh-userauth";

	sshpeer_send(&w->peer, packet, sizeof(packet) - 1);
}

static void
prepare(struct world *w)
{
	size_t n;

	if (w->sent || ((w->how & PLAIN) == 0 && !w->peer.ready))
		return;
	w->sent = true;
	if ((w->how & PLAIN) != 0) {
		buf_reset(&w->peer.out);
		if (w->size > 0)
			buf_add(&w->peer.out, (const char *)w->data, w->size);
		return;
	}
	send_service_request(w);
	while (w->size >= 2) {
		n = (size_t)w->data[0] << 8 | w->data[1];
		n = n > w->size - 2 ? w->size - 2 : n;
		sshpeer_send(&w->peer, w->data + 2, n);
		w->data += 2 + n;
		w->size -= 2 + n;
	}
}

static void
hang_up(struct world *w)
{
	(void)close(w->sock);
	w->sock = -1;
}

static void
hear_server(struct world *w)
{
	char data[CHUNK];
	ssize_t n = recv(w->sock, data, sizeof(data), MSG_DONTWAIT);

	if (n > 0 && (w->how & PLAIN) == 0)
		sshpeer_hear(&w->peer, data, (size_t)n);
	if (n == 0 || w->peer.failed)
		hang_up(w);
}

static void
say(struct world *w)
{
	struct buf *out = &w->peer.out;
	ssize_t n;

	prepare(w);
	if (out->len > 0) {
		n = send(w->sock, out->ptr, out->len,
			 MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n > 0)
			buf_erase(out, 0, (size_t)n);
	}
}

static bool
has_to_say(const struct world *w)
{
	return w->peer.out.len > 0 ||
	       (!w->sent && ((w->how & PLAIN) != 0 || w->peer.ready));
}

static void *
run_world(void *arg)
{
	struct world *w = arg;
	struct pollfd p[3];
	int n;

	give_wiki(w);
	while (w->monitor >= 0) {
		p[0] = (struct pollfd){ w->sock, POLLIN, 0 };
		if (has_to_say(w))
			p[0].events |= POLLOUT;
		p[1] = (struct pollfd){ w->monitor, POLLIN, 0 };
		p[2] = (struct pollfd){ w->wiki.in, POLLIN, 0 };
		n = poll(p, 3, has_to_say(w) ? -1 : QUIET_MS);
		if (n == 0 && w->sent && w->sock >= 0)
			(void)shutdown(w->sock, SHUT_WR);
		if (p[2].revents)
			hear_wiki(w);
		if (p[1].revents)
			hear_monitor(w);
		if (p[0].revents & (POLLIN | POLLHUP | POLLERR))
			hear_server(w);
		if (w->sock >= 0 && (p[0].revents & POLLOUT))
			say(w);
	}
	return NULL;
}

/* --- one run -------------------------------------------------------------- */

static struct hostkey *
make_hostkey(void)
{
	char path[] = "/tmp/fuzz-XXXXXX";
	struct hostkey *key;
	int dir;

	if (!mkdtemp(path))
		die("mkdtemp");
	dir = fs_open_dir(path, NULL);
	if (dir < 0 || hostkey_create(dir, NULL) ||
	    hostkey_load(&key, dir, NULL))
		die("no host key");
	(void)unlinkat(dir, "hostkey_ed25519", 0);
	(void)unlinkat(dir, "hostkey_ed25519.pub", 0);
	(void)close(dir);
	(void)rmdir(path);
	log_enable(0);
	return key;
}

static void
run_connection(struct world *w, const struct hostkey *key)
{
	struct conn_args args = { .key = key,
				  .limits = &limits,
				  .peer = "192.0.2.1" };
	int sock[2], monitor[2];
	pthread_t thread;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sock) < 0 ||
	    passfd_pair(monitor, NULL) < 0)
		die("socketpair");
	w->sock = sock[0];
	w->monitor = monitor[0];
	args.sock = sock[1];
	args.monitor = monitor[1];
	if (pthread_create(&thread, NULL, run_world, w) != 0)
		die("no thread");
	(void)conn_run(&args); /* whatever it makes of them */
	(void)close(monitor[1]);
	(void)pthread_join(thread, NULL);
	if (w->sock >= 0)
		(void)close(w->sock);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct hostkey *key;
	struct world w = { .data = data + 1, .size = size - 1 };

	if (size == 0)
		return 0;
	if (!key)
		key = make_hostkey();
	w.how = data[0];
	sshpeer_begin(&w.peer);
	run_connection(&w, key);
	wire_release(&w.wiki);
	sshpeer_release(&w.peer);
	return 0;
}
