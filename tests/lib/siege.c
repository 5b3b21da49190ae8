/*
 * siege.c - see siege.h. What the client says of the key exchange is the same
 * each time and costs us nothing: RFC 4253 §7.1, RFC 8731; a public key of
 * curve25519 is any 32 bytes.
 */
#include "siege.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/mem.h"

#define BANNER "SSH-2.0-siege\r\n"
#define SSH_MSG_KEXINIT 20
#define SSH_MSG_KEX_ECDH_INIT 30
#define COOKIE 16
#define BLOCK 8 /* bytes a packet is padded to before there are keys */
#define SLOW_MS 1000
#define TICK_MS 5

enum kind { HANGS_UP, SILENT, EXCHANGES, SLOW };

struct stranger {
	enum kind kind;
	int64_t next; /* when a slow one sends its next byte */
	size_t sent;
};

struct crowd {
	const struct siege *siege;
	struct pollfd *fds; /* one of each of `people` */
	struct stranger *people;
	int n, open;
	struct buf exchange;
	struct siege_result result;
};

static void
put_u32(struct buf *out, size_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(out, (char)(v >> shift & 0xff));
}

static void
put_text(struct buf *out, const char *text)
{
	put_u32(out, strlen(text));
	buf_str(out, text);
}

/* A packet without encryption (RFC 4253 §6). */
static void
put_packet(struct buf *out, const struct buf *payload)
{
	size_t pad = BLOCK - (payload->len + 5) % BLOCK;

	if (pad < 4)
		pad += BLOCK;
	put_u32(out, payload->len + pad + 1);
	buf_char(out, (char)pad);
	buf_add(out, payload->ptr, payload->len);
	for (size_t i = 0; i < pad; i++)
		buf_char(out, 0);
}

static void
put_kexinit(struct buf *out)
{
	static const char *const lists[] = {
		"curve25519-sha256",
		"ssh-ed25519",
		"aes256-ctr",
		"aes256-ctr",
		"hmac-sha2-256-etm@openssh.com",
		"hmac-sha2-256-etm@openssh.com",
		"none",
		"none",
		"",
		"",
	};
	struct buf p = BUF_INIT;

	buf_char(&p, SSH_MSG_KEXINIT);
	for (int i = 0; i < COOKIE; i++)
		buf_char(&p, (char)i);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		put_text(&p, lists[i]);
	buf_char(&p, 0); /* no guessed packet follows */
	put_u32(&p, 0);
	put_packet(out, &p);
	buf_release(&p);
}

static void
put_ecdh_init(struct buf *out)
{
	struct buf p = BUF_INIT;

	buf_char(&p, SSH_MSG_KEX_ECDH_INIT);
	put_text(&p, "a public key has 32 bytes of any");
	put_packet(out, &p);
	buf_release(&p);
}

/* ---- one of them ---- */

static int
connect_from(const struct siege *s, int i)
{
	struct sockaddr_in me = { .sin_family = AF_INET }, to = me;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	me.sin_addr.s_addr = htonl(s->from + (uint32_t)(i % s->n_from));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)s->port);
	if (fd < 0 || bind(fd, (struct sockaddr *)&me, sizeof(me)) < 0)
		die("no socket for a stranger: %s", strerror(errno));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0 &&
	    errno != EINPROGRESS) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static void
leave(struct crowd *c, int i)
{
	(void)close(c->fds[i].fd);
	c->fds[i].fd = -1;
	c->open--;
}

static void
enter(struct crowd *c, enum kind kind)
{
	int fd = connect_from(c->siege, c->n);

	c->fds[c->n] = (struct pollfd){ fd, POLLIN | POLLOUT, 0 };
	c->people[c->n++].kind = kind;
	c->open += fd >= 0;
	if (c->open > c->result.held)
		c->result.held = c->open;
}

/* The connection is there: say what it says at once. */
static void
begin(struct crowd *c, int i)
{
	struct stranger *p = &c->people[i];
	int why = 0;
	socklen_t len = sizeof(why);

	if (getsockopt(c->fds[i].fd, SOL_SOCKET, SO_ERROR, &why, &len) < 0 ||
	    why != 0 || p->kind == HANGS_UP) {
		c->result.opened += why == 0;
		leave(c, i);
		return;
	}
	c->result.opened++;
	c->fds[i].events = POLLIN;
	/* Whether it arrives is the server's business. */
	if (p->kind == EXCHANGES)
		(void)send(c->fds[i].fd, c->exchange.ptr, c->exchange.len,
			   MSG_NOSIGNAL);
}

static void
hear(struct crowd *c, int i)
{
	char bytes[4096];
	ssize_t n = read(c->fds[i].fd, bytes, sizeof(bytes));

	if (n == 0 || (n < 0 && errno != EAGAIN))
		leave(c, i);
}

static void
drip(struct crowd *c, int i, int64_t now)
{
	struct stranger *p = &c->people[i];

	if (p->kind != SLOW || now < p->next || c->fds[i].events & POLLOUT)
		return;
	p->next = now + SLOW_MS;
	if (p->sent < sizeof(BANNER) - 1)
		p->sent += send(c->fds[i].fd, BANNER + p->sent, 1,
				MSG_NOSIGNAL) == 1;
}

/* ---- all of them ---- */

static void
turn(struct crowd *c)
{
	int64_t now;

	(void)poll(c->fds, (nfds_t)c->n, TICK_MS);
	now = clock_mono_ms();
	for (int i = 0; i < c->n; i++) {
		if (c->fds[i].fd >= 0 && c->fds[i].revents & POLLOUT)
			begin(c, i);
		else if (c->fds[i].fd >= 0 && c->fds[i].revents)
			hear(c, i);
		if (c->fds[i].fd >= 0)
			drip(c, i, now);
	}
}

static void
besiege(struct crowd *c, int patience_ms)
{
	const struct siege *s = c->siege;
	int64_t begun = clock_mono_ms(), end;
	int due, quick = 0;

	for (int i = 0; i < s->slow; i++)
		enter(c, SLOW);
	while (quick < s->quick) {
		due = (int)((clock_mono_ms() - begun) * s->rate / 1000);
		for (; quick < due && quick < s->quick; quick++)
			enter(c, (enum kind)(quick / s->n_from % SLOW));
		turn(c);
	}
	end = clock_mono_ms() + patience_ms;
	while (c->open > 0 && clock_mono_ms() < end)
		turn(c);
	c->result.left = c->open;
}

static _Noreturn void
run(const struct siege *s, int patience_ms, int result)
{
	struct crowd c = { .siege = s, .exchange = BUF_INIT };
	size_t n = (size_t)(s->quick + s->slow);

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	c.fds = mem_array(n, sizeof(*c.fds));
	c.people = mem_array(n, sizeof(*c.people));
	buf_str(&c.exchange, BANNER);
	put_kexinit(&c.exchange);
	put_ecdh_init(&c.exchange);
	besiege(&c, patience_ms);
	if (write(result, &c.result, sizeof(c.result)) != sizeof(c.result))
		die("result lost");
	_exit(0);
}

void
siege_begin(struct siege_run *r, const struct siege *s, int patience_ms)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		die("pipe");
	r->pid = fork();
	if (r->pid < 0)
		die("fork");
	if (r->pid == 0)
		run(s, patience_ms, fds[1]);
	(void)close(fds[1]);
	r->result = fds[0];
}

void
siege_end(struct siege_run *r, struct siege_result *out)
{
	int status;

	if (read(r->result, out, sizeof(*out)) != sizeof(*out))
		die("the siege failed");
	(void)close(r->result);
	(void)waitpid(r->pid, &status, 0);
}
