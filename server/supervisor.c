/*
 * supervisor.c - wait for a descriptor, a signal or a moment; nothing else
 * wakes it up. While stopping, connections and clients are told first, and
 * the wiki process when they are gone: what they still save, it writes.
 */
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "choreproc.h"
#include "clientproc.h"
#include "connproc.h"
#include "frontproc.h"
#include "notice.h"
#include "plein/clock.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "spellproc.h"
#include "wikiproc.h"

#define READY_AT_ONCE 64
/* Of the time to stop, what the wiki process keeps for itself. */
#define WIKI_SHARE_MS 1000
/* After a fork that failed. */
#define RETRY_MS 1000
/* Killed processes are reaped within this, most often. */
#define REAP_MS 10

static void
begin_stop(struct house *h)
{
	int64_t now = clock_mono_ms();
	struct member *m;

	if (h->stopping) {
		/* Asked twice: somebody is in a hurry. */
		h->stop_at = now;
		return;
	}
	log_event("stop", LOG_NUMBER("sessions", h->roster.n_bound));
	h->stopping = true;
	h->stop_at = now + HOUSE_STOP_MS;
	h->wiki.start_at = 0;
	choreproc_signal(h, SIGTERM);
	spellproc_signal(h, SIGTERM);
	for (int i = 0; i < h->n_listeners; i++)
		house_unwatch(h, &h->listeners[i].fd);
	house_unwatch(h, &h->front.fd);
	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		/* The program first: its farewell goes through the other. */
		if (m->control >= 0)
			(void)notice_send(m->control,
					  notice_stop(HOUSE_STOP_MS / 1000),
					  NULL, 0, NULL);
		connproc_tell(h, m, notice_stop(HOUSE_STOP_MS / 1000), NULL, 0);
	}
}

static void
reload(struct house *h)
{
	struct err err = ERR_INIT;
	char *zone = mem_strdup(h->conf.zone);

	if (house_read_conf(h, &err) < 0 || house_read_spaces(h, &err) < 0) {
		log_event("reload.failed", LOG_TEXT("reason", err.msg));
		goto out;
	}
	log_event("reload", LOG_NUMBER("spaces", (int64_t)h->spaces.len));
	if (strcmp(zone, h->conf.zone) != 0)
		wikiproc_renew(h);
	h->wiki.reload_due = true;
	wikiproc_flush(h);
out:
	free(zone);
}

static void
bury(struct house *h, pid_t pid, int status)
{
	struct member *m;

	if (pid == h->wiki.pid) {
		wikiproc_died(h, status);
		return;
	}
	if (pid == h->chore.pid) {
		choreproc_died(h, status);
		return;
	}
	if (pid == h->spell.pid) {
		spellproc_died(h, status);
		return;
	}
	m = roster_by_pid(&h->roster, pid);
	if (m && m->conn == pid)
		connproc_died(h, m, status);
	else if (m)
		clientproc_died(h, m, status);
}

static void
bury_the_dead(struct house *h)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		bury(h, pid, status);
}

static void
take_signals(struct house *h)
{
	struct signalfd_siginfo info;

	while (read(h->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			bury_the_dead(h);
		else if (info.ssi_signo == SIGHUP)
			reload(h);
		else
			begin_stop(h);
	}
}

static void
take_ready(struct house *h, const struct ready *r)
{
	switch (r->what) {
	case WATCH_SIGNALS:
		take_signals(h);
		break;
	case WATCH_LISTENER:
		if (h->listeners[r->which].fd >= 0)
			connproc_accept(h, &h->listeners[r->which]);
		break;
	case WATCH_WIKI:
		wikiproc_input(h);
		if (r->writable)
			wikiproc_flush(h);
		break;
	case WATCH_FRONT:
		frontproc_accept(h);
		break;
	case WATCH_MEMBER:
		connproc_input(h, r->which);
		break;
	}
}

static void
kill_member(struct house *h, struct member *m)
{
	m->kill_at = 0;
	if (m->front)
		house_unwatch(h, &m->monitor);
	if (m->conn > 0)
		(void)kill(m->conn, SIGKILL);
	clientproc_signal(m, SIGKILL);
}

static void
kill_overdue(struct house *h, int64_t now)
{
	bool all = h->stopping && now >= h->stop_at;
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (all || (m->kill_at && now >= m->kill_at))
			kill_member(h, m);
		else if (m->held_until && now >= m->held_until)
			clientproc_haves(h, m, "");
	}
	if (all)
		choreproc_signal(h, SIGKILL);
	if (all)
		spellproc_signal(h, SIGKILL);
	if (all && h->wiki.pid > 0)
		(void)kill(h->wiki.pid, SIGKILL);
	if (all)
		h->stop_at = INT64_MAX;
}

static void
start_wiki_when_due(struct house *h, int64_t now)
{
	struct err err = ERR_INIT;

	if (h->wiki.start_at == 0 || now < h->wiki.start_at)
		return;
	/* It clears locks: no git may hold one then. They were killed. */
	if (roster_count(&h->roster, ORDER_RECEIVE) > 0) {
		h->wiki.start_at = now + REAP_MS;
		return;
	}
	if (wikiproc_start(h, &err) == 0)
		return;
	log_event("wiki.failed", LOG_TEXT("reason", err.msg));
	h->wiki.start_at = now + RETRY_MS;
}

static void
stop_wiki_when_due(struct house *h, int64_t now)
{
	if (!h->stopping || h->wiki.told || h->wiki.pid == 0)
		return;
	if (h->roster.members.len > 0 && now < h->stop_at - WIKI_SHARE_MS)
		return;
	h->wiki.told = true;
	h->wiki.stop_due = true;
	wikiproc_flush(h);
}

/* All that time alone brings about. */
static void
do_what_is_due(struct house *h)
{
	int64_t now = clock_mono_ms();

	kill_overdue(h, now);
	frontproc_sweep(h);
	start_wiki_when_due(h, now);
	stop_wiki_when_due(h, now);
	if (turnaway_first(&h->turned, now))
		wikiproc_flush(h);
}

static void
take_earlier(int64_t *first, int64_t at)
{
	if (at && (!*first || at < *first))
		*first = at;
}

/* Milliseconds to the next moment, or -1. */
static int
time_to_wait(const struct house *h)
{
	int64_t first = roster_deadline(&h->roster);
	int64_t now = clock_mono_ms();

	take_earlier(&first, h->wiki.start_at);
	if (h->wiki.ready && !h->wiki.blocked)
		take_earlier(&first, h->turned.due);
	if (h->stopping && h->stop_at != INT64_MAX)
		take_earlier(&first,
			     h->stop_at - (h->wiki.told ? 0 : WIKI_SHARE_MS));
	if (first == 0)
		return -1;
	return first <= now ? 0 : (int)(first - now);
}

static bool
is_over(const struct house *h)
{
	return h->stopping && h->wiki.pid == 0 && h->chore.pid == 0 &&
	       h->roster.members.len == 0;
}

/* What a person or a test waits for: it serves, here, as this. */
static void
announce(const struct house *h)
{
	struct buf at = BUF_INIT;

	for (int i = 0; i < h->n_listeners; i++) {
		if (i > 0)
			buf_char(&at, ' ');
		address_format(&h->listeners[i].at, &at);
	}
	log_event("ready", LOG_TEXT("fingerprint", h->fingerprint),
		  LOG_TEXT("listen", at.ptr),
		  LOG_NUMBER("port", address_port(&h->listeners[0].at)));
	buf_release(&at);
}

static void
serve_until_stopped(struct house *h)
{
	struct ready ready[READY_AT_ONCE];
	bool announced = false;
	int n;

	while (!is_over(h)) {
		n = house_wait(h, time_to_wait(h), ready, READY_AT_ONCE);
		for (int i = 0; i < n; i++)
			take_ready(h, &ready[i]);
		if (h->exit_code && !h->stopping)
			begin_stop(h);
		do_what_is_due(h);
		if (h->wiki.was_ready && !announced) {
			announced = true;
			announce(h);
		}
	}
}

static int
watch_all(struct house *h, struct err *err)
{
	int rc = house_watch(h, h->signals, WATCH_SIGNALS, 0, err);

	for (int i = 0; rc == 0 && i < h->n_listeners; i++)
		rc = house_watch(h, h->listeners[i].fd, WATCH_LISTENER, i, err);
	if (rc == 0 && h->front.fd >= 0)
		rc = house_watch(h, h->front.fd, WATCH_FRONT, 0, err);
	return rc;
}

int
supervisor_run(struct house *h)
{
	struct err err = ERR_INIT;

	if (watch_all(h, &err) < 0 || wikiproc_start(h, &err) < 0) {
		log_event("failed", LOG_TEXT("reason", err.msg));
		return 1;
	}
	serve_until_stopped(h);
	log_event("stopped", LOG_NUMBER("status", h->exit_code));
	return h->exit_code;
}

static void
set_limits(void)
{
	struct rlimit files;

	/* More is better and none is needed: failures do not matter. */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	child_keep_secrets();
}

int
supervisor_prepare(struct house *h, struct err *err)
{
	sigset_t set;

	set_limits();
	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return err_set_errno(err, errno, "signals");
	h->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	h->epoll = epoll_create1(EPOLL_CLOEXEC);
	h->reserve = listener_reserve();
	if (h->signals < 0 || h->epoll < 0 || h->reserve < 0)
		return err_set_errno(err, errno, "descriptors");
	return 0;
}
