/*
 * connproc.c - a connection process is untrusted: what it says is checked,
 * what it may not say ends it.
 */
#include "connproc.h"

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
#include "wikiproc.h"

/* Then others get a turn. */
#define ACCEPT_AT_ONCE 16

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
	return conf_exempts(&h->conf, m->peer) ||
	       (!h->strict && address_is_loopback(&m->from));
}

/* Nobody signed in on it, though they could have: that costs its address. */
static void
penalise(struct house *h, const struct member *m, int status)
{
	int times = WIFSIGNALED(status) ? PENALTY_DEAREST : 1;

	if (m->account || m->spared || h->stopping || !h->wiki.ready ||
	    is_exempt(h, m))
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

static const struct {
	const char *op;
	void (*take)(struct house *h, struct member *m, const json_t *msg);
} messages[] = {
	{ "stage", take_stage },
	{ "spawn", take_spawn },
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

void
connproc_input(struct house *h, long id)
{
	struct member *m = roster_by_id(&h->roster, id);
	json_t *msg = NULL;
	int rc;

	if (!m || m->monitor < 0)
		return;
	/* One message a turn, so that nobody can keep us busy alone. */
	rc = notice_recv(m->monitor, &msg, NULL);
	if (rc == 0) {
		take_message(h, m, msg);
	} else if (rc == PLEIN_ECLOSED) {
		house_unwatch(h, &m->monitor);
		m->kill_at = clock_mono_ms() + HOUSE_STOP_MS;
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
