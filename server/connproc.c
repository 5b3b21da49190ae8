/*
 * connproc.c - a connection process is untrusted: what it says is checked,
 * what it may not say ends it.
 */
#include "connproc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "clientproc.h"
#include "notice.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "ssh/conn.h"
#include "ssh/haves.h"
#include "wikiproc.h"

/* Then others get a turn. */
#define ACCEPT_AT_ONCE 16
/* The address of somebody whom sshd lets in without saying from where. */
#define FRONT_PEER "openssh"

static void
read_limits(const struct conf *conf, struct conn_limits *out)
{
	struct conf_doors doors = conf_doors(conf);

	*out = conn_limits_default;
	out->banner_ms = doors.kex_ms;
	out->auth_ms = doors.login_ms;
	out->talk_ms = doors.talk_ms;
	out->probes = doors.probes;
	out->failures = doors.proofs;
	out->renew_bytes = doors.renew_bytes;
	out->renew_s = doors.renew_s;
	out->login_bytes = doors.login_bytes;
}

static _Noreturn void
run_connection(struct house *h, int sock, int monitor, const char *peer)
{
	const int keep[] = { sock, monitor };
	struct conn_limits limits;
	struct conn_args args = { .sock = sock,
				  .monitor = monitor,
				  .key = h->key,
				  .limits = &limits };

	read_limits(&h->conf, &limits);
	setproctitle("connection");
	log_set_process("connection");
	(void)snprintf(args.peer, sizeof(args.peer), "%s", peer);
	child_signals(false);
	child_keep(keep, 2);
	if (chdir("/") < 0)
		_exit(CHILD_FAILED);
	child_become(house_login(h));
	_exit(h->jobs->connection(&args));
}

static int
fork_connection(struct house *h, struct member *m, int sock, struct err *err)
{
	int pair[2];
	int rc = passfd_pair(pair, err);

	if (rc < 0)
		return rc;
	m->monitor = pair[0];
	rc = fs_set_nonblock(m->monitor, true, err);
	if (rc == 0)
		rc = house_watch(h, m->monitor, WATCH_MEMBER, m->id, err);
	if (rc == 0) {
		m->conn = fork();
		if (m->conn == 0)
			run_connection(h, sock, pair[1], m->peer);
		if (m->conn < 0)
			rc = err_set_errno(err, errno, "fork");
	}
	(void)close(pair[1]);
	return rc;
}

/* Do bounds and penalties per address not hold for it? */
static bool
is_exempt(const struct house *h, const struct member *m)
{
	/* sshd has bounds of its own. */
	return m->front || conf_exempts(&h->conf, m->peer) ||
	       (!h->strict && address_is_loopback(&m->from));
}

/* Nobody signed in on it, though they could have: that costs its address. */
static void
penalise(struct house *h, const struct member *m, int status)
{
	int times = WIFSIGNALED(status) ? PENALTY_DEAREST : 1;

	if (m->account || m->spared || h->stopping)
		return;
	turnaway_note(&h->turned, m->peer,
		      WIFSIGNALED(status) ? "killed" : "not signed in",
		      clock_mono_ms());
	if (!h->wiki.ready || is_exempt(h, m))
		return;
	penalty_add(&h->penalty, &m->from, times, clock_mono_ms());
}

/* False, with a reason, when this caller may not come in. */
static bool
admit_caller(struct house *h, struct member *m, const char **reason)
{
	bool exempt = is_exempt(h, m);
	struct member *least;
	long evict;

	*reason = "sessions";
	if (h->roster.n_bound >= HOUSE_SESSIONS)
		return false;
	*reason = "penalty";
	if (!exempt && penalty_holds(&h->penalty, &m->from, clock_mono_ms()))
		return false;
	*reason = "network";
	if (!throttle_admit(&h->throttle, m->id, &m->from, exempt, &evict))
		return false;
	least = evict ? roster_by_id(&h->roster, evict) : NULL;
	if (least) {
		log_event("conn.evicted", LOG_NUMBER("conn", least->id),
			  LOG_TEXT("peer", least->peer));
		turnaway_note(&h->turned, least->peer, "evicted",
			      clock_mono_ms());
		least->spared = true;
		connproc_drop(h, least);
	}
	return true;
}

/* It keeps these times itself; but one that was captured would not. */
static int64_t
patience_ends(const struct conf *conf)
{
	struct conf_doors doors = conf_doors(conf);

	return clock_mono_ms() + 2 * (int64_t)doors.login_ms + doors.talk_ms +
	       HOUSE_SLACK_MS;
}

static void
take_caller(struct house *h, int sock, const struct address *from)
{
	struct member *m = roster_add(&h->roster, from);
	struct err err = ERR_INIT;
	const char *reason;

	if (!admit_caller(h, m, &reason)) {
		log_event("conn.refused", LOG_TEXT("peer", m->peer),
			  LOG_TEXT("reason", reason));
		turnaway_note(&h->turned, m->peer, reason, clock_mono_ms());
		roster_remove(&h->roster, m);
		return;
	}
	if (fork_connection(h, m, sock, &err) < 0) {
		log_event("conn.failed", LOG_TEXT("peer", m->peer),
			  LOG_TEXT("reason", err.msg));
		throttle_leave(&h->throttle, m->id);
		house_unwatch(h, &m->monitor);
		roster_remove(&h->roster, m);
		return;
	}
	log_event("conn.accepted", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("peer", m->peer), LOG_NUMBER("child", m->conn));
	m->kill_at = patience_ends(&h->conf);
	m->attach_due = true;
	wikiproc_flush(h);
}

void
connproc_accept(struct house *h, const struct listener *l)
{
	struct address from;
	struct err err;
	int sock;

	for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
		sock = listener_accept(l, &from, &h->reserve, &err);
		if (sock == PLEIN_EBUSY)
			return;
		if (sock < 0) {
			log_event("conn.refused", LOG_TEXT("reason", err.msg));
			continue;
		}
		take_caller(h, sock, &from);
		(void)close(sock);
	}
}

void
connproc_take_front(struct house *h, int fd)
{
	struct address here;
	struct member *m;
	const char *reason;

	(void)address_parse(&here, "127.0.0.1:0", NULL);
	m = roster_add(&h->roster, &here);
	m->front = true;
	m->monitor = fd;
	(void)strlcpy(m->peer, FRONT_PEER, sizeof(m->peer));
	if (!admit_caller(h, m, &reason) ||
	    house_watch(h, fd, WATCH_MEMBER, m->id, NULL) < 0) {
		log_event("front.refused", LOG_TEXT("reason", reason));
		throttle_leave(&h->throttle, m->id);
		roster_remove(&h->roster, m);
		return;
	}
	throttle_stage(&h->throttle, m->id, 1);
	m->kill_at = patience_ends(&h->conf);
	log_event("front.accepted", LOG_NUMBER("conn", m->id));
}

static bool
is_address(const char *text)
{
	unsigned char out[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, text, out) == 1 ||
	       inet_pton(AF_INET6, text, out) == 1;
}

/* From where its person comes; only then it may ask the wiki process. */
static void
take_hello(struct house *h, struct member *m, const json_t *msg)
{
	const char *peer = notice_text(msg, "peer");

	if (!m->front || m->greeted) {
		connproc_drop(h, m);
		return;
	}
	m->greeted = true;
	if (peer && is_address(peer))
		(void)strlcpy(m->peer, peer, sizeof(m->peer));
	m->attach_due = true;
	wikiproc_flush(h);
}

static void
take_resize(struct house *h, struct member *m, const json_t *msg)
{
	(void)msg;
	if (m->front && m->kind == ORDER_SCREEN)
		clientproc_signal(m, SIGWINCH);
	else if (!m->front)
		connproc_drop(h, m);
}

static void
take_stage(struct house *h, struct member *m, const json_t *msg)
{
	json_int_t stage = json_integer_value(json_object_get(msg, "stage"));

	if (stage == 1 || stage == 2)
		throttle_stage(&h->throttle, m->id, (int)stage);
}

static void
take_spawn(struct house *h, struct member *m, const json_t *msg)
{
	/* "bound" was sent before the answer that made it ask this. */
	wikiproc_input(h);
	if (m->monitor >= 0)
		clientproc_spawn(h, m, msg);
}

static void
take_haves(struct house *h, struct member *m, const json_t *msg)
{
	const char *ids = notice_text(msg, "ids");

	if (!ids || strlen(ids) >= HAVES_TEXT || m->kind != ORDER_UPLOAD ||
	    !m->spawned || m->asked_haves)
		connproc_drop(h, m);
	else
		wikiproc_ask_haves(h, m, ids);
}

static const struct {
	const char *op;
	void (*take)(struct house *h, struct member *m, const json_t *msg);
} messages[] = {
	{ "stage", take_stage },   { "haves", take_haves },
	{ "spawn", take_spawn },   { "hello", take_hello },
	{ "resize", take_resize },
};

static void
take_message(struct house *h, struct member *m, const json_t *msg)
{
	const char *op = notice_text(msg, "op");

	for (size_t i = 0; op && i < sizeof(messages) / sizeof(messages[0]);
	     i++) {
		if (strcmp(messages[i].op, op) == 0) {
			messages[i].take(h, m, msg);
			return;
		}
	}
	log_event("conn.unknown", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("op", op ? op : ""));
	connproc_drop(h, m);
}

/* A connection process sends none; a forced command its three, once. */
static void
take_descriptors(struct member *m, const int *fds, int n)
{
	bool wanted = m->front && n == 3 && !m->spawned && m->given[0] < 0;

	for (int i = 0; i < n; i++)
		if (wanted)
			m->given[i] = fds[i];
		else
			(void)close(fds[i]);
}

static void
lose_front(struct house *h, struct member *m)
{
	throttle_leave(&h->throttle, m->id);
	if (m->client > 0)
		clientproc_hang_up(m);
}

void
connproc_input(struct house *h, long id)
{
	struct member *m = roster_by_id(&h->roster, id);
	int rc, fds[PASSFD_MAX], n_fds;
	json_t *msg = NULL;

	if (!m || m->monitor < 0)
		return;
	/* One message a turn, so that nobody can keep us busy alone. */
	rc = notice_recv_fds(m->monitor, &msg, fds, &n_fds, NULL);
	take_descriptors(m, fds, n_fds);
	if (rc == 0) {
		take_message(h, m, msg);
	} else if (rc == PLEIN_ECLOSED) {
		house_unwatch(h, &m->monitor);
		m->kill_at = clock_mono_ms() + HOUSE_STOP_MS;
		if (m->front)
			lose_front(h, m);
	} else if (rc != PLEIN_EBUSY) {
		connproc_drop(h, m);
	}
	json_decref(msg);
}

void
connproc_died(struct house *h, struct member *m, int status)
{
	m->conn = 0;
	penalise(h, m, status);
	throttle_leave(&h->throttle, m->id);
	house_unwatch(h, &m->monitor);
	/* One that ends well says so itself. */
	if (WIFSIGNALED(status))
		log_event("conn.died", LOG_NUMBER("conn", m->id),
			  LOG_TEXT("peer", m->peer),
			  LOG_NUMBER("signal", WTERMSIG(status)));
	if (m->client > 0)
		clientproc_hang_up(m);
	else
		roster_remove(&h->roster, m);
}

void
connproc_drop(struct house *h, struct member *m)
{
	throttle_leave(&h->throttle, m->id);
	house_unwatch(h, &m->monitor);
	/* Reaping it takes care of what it had started. */
	if (m->conn > 0)
		(void)kill(m->conn, SIGKILL);
	else if (m->client > 0)
		clientproc_hang_up(m);
}

void
connproc_tell(struct house *h, struct member *m, json_t *msg_take,
	      const int *fds, int n_fds)
{
	int rc;

	if (m->monitor < 0) {
		json_decref(msg_take);
		return;
	}
	rc = notice_send(m->monitor, msg_take, fds, n_fds, NULL);
	if (rc < 0 && rc != PLEIN_ECLOSED)
		connproc_drop(h, m);
}
