/*
 * wikiproc.c - nothing is queued here. What is to be said stays marked as
 * due (attach_due of a member, reload_due, stop_due) until the socket takes
 * it; so a new wiki process is told everything anew by marking again.
 */
#include "wikiproc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "choreproc.h"
#include "clientproc.h"
#include "connproc.h"
#include "notice.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "spellproc.h"
#include "ssh/hostkey.h"

/* Long enough to be told why. */
#define END_MS 900

/*
 * SQLite and libgit2 make every path absolute and walk it from the root. As
 * the owner we may not pass the folders above DATA; with DATA as the root we
 * need not, and see nothing else either. Root passes everywhere, and a root
 * is no prison for root.
 */
static void
make_data_the_root(const struct house *h)
{
	const struct user *owner = house_owner(h);

	if (!owner || owner->uid == 0)
		return;
	if (fchdir(h->data) < 0 || chroot(".") < 0)
		log_event("warning", LOG_TEXT("reason", "no chroot"),
			  LOG_TEXT("why", strerror(errno)));
}

static _Noreturn void
run_wiki(struct house *h, int control)
{
	const int keep[] = { h->data, h->lock, control };

	setproctitle("wiki");
	log_set_process("wiki");
	/* The one secret it has no use for. */
	hostkey_free(h->key);
	child_signals(false);
	child_keep(keep, 3);
	make_data_the_root(h);
	child_become(house_owner(h));
	child_keep_secrets(); /* again: who becomes another loses it */
	/* not exit(): what a sanitizer does then cannot be done in the sandbox */
	_exit(h->jobs->wiki(h->data, h->lock, control));
}

static int
fork_wiki(struct house *h, const int pair[2], struct err *err)
{
	pid_t pid = fork();

	if (pid < 0)
		return err_set_errno(err, errno, "fork");
	if (pid == 0)
		run_wiki(h, pair[1]);
	h->wiki.pid = pid;
	return 0;
}

int
wikiproc_start(struct house *h, struct err *err)
{
	struct wiki_child *w = &h->wiki;
	int pair[2], rc;

	w->start_at = 0;
	w->ready = w->blocked = false;
	rc = passfd_pair(pair, err);
	if (rc < 0)
		return rc;
	w->control = pair[0];
	rc = fs_set_nonblock(w->control, true, err);
	if (rc == 0)
		rc = house_watch(h, w->control, WATCH_WIKI, 0, err);
	if (rc == 0)
		rc = fork_wiki(h, pair, err);
	(void)close(pair[1]);
	if (rc < 0) {
		house_unwatch(h, &w->control);
		return rc;
	}
	restart_started(&w->restart, clock_mono_ms());
	log_event("wiki.started", LOG_NUMBER("child", w->pid));
	return 0;
}

static void
take_ready(struct house *h, const json_t *msg)
{
	(void)msg;
	h->wiki.ready = true;
	h->wiki.was_ready = true;
	log_event("wiki.ready", LOG_NUMBER("child", h->wiki.pid));
	wikiproc_flush(h);
}

static void
take_answered(struct house *h, const json_t *msg)
{
	(void)msg;
	restart_answered(&h->wiki.restart);
}

static void
bind_member(struct house *h, struct member *m, const json_t *msg)
{
	const char *account = notice_text(msg, "account");
	const char *key = notice_text(msg, "key");
	const char *language = notice_text(msg, "language");
	const char *role = notice_text(msg, "role");
	struct err err = ERR_INIT;

	if (roster_bind(&h->roster, m, account, key ? key : "",
			language ? language : h->conf.language, &err) < 0) {
		log_event("session.refused", LOG_NUMBER("conn", m->id),
			  LOG_TEXT("reason", err.msg));
		connproc_drop(h, m);
		return;
	}
	m->role = role_of(role ? role : "");
	/* They prove nothing, so they must not be able to fill the house. */
	if ((m->role == ROLE_GAST || m->role == ROLE_NEW) &&
	    (roster_guests(&h->roster, NULL) > HOUSE_GUESTS ||
	     roster_guests(&h->roster, m->peer) > HOUSE_GUESTS_FROM)) {
		log_event("session.refused", LOG_NUMBER("conn", m->id),
			  LOG_TEXT("peer", m->peer),
			  LOG_TEXT("reason", "too many guests"));
		connproc_drop(h, m);
		return;
	}
	display_read(&m->display, notice_text(msg, "display"));
	throttle_leave(&h->throttle, m->id);
	if (m->role != ROLE_GAST && m->role != ROLE_NEW)
		penalty_forgive(&h->penalty, &m->from, clock_mono_ms());
	if (m->monitor >= 0)
		m->kill_at = 0; /* it was the time to sign in */
	log_event("session.bound", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("account", account), LOG_TEXT("peer", m->peer));
}

static void
take_bound(struct house *h, const json_t *msg)
{
	json_int_t id = json_integer_value(json_object_get(msg, "conn"));
	struct member *m = roster_by_id(&h->roster, (long)id);

	/* It may have hung up meanwhile. */
	if (m && notice_text(msg, "account"))
		bind_member(h, m, msg);
}

/*
 * What git may do goes by it from now on. Who may do nothing is told so by
 * their program, and then it ends, and all else of theirs.
 */
static void
take_role(struct house *h, const json_t *msg)
{
	const char *account = notice_text(msg, "account");
	const char *word = notice_text(msg, "role");
	enum role role = role_of(word ? word : "");
	struct member *m;

	for (size_t i = 0; account && i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (!m->account || strcmp(m->account, account) != 0)
			continue;
		m->role = role;
		if (role != ROLE_BLOCKED)
			continue;
		m->kill_at = clock_mono_ms() + END_MS;
		clientproc_end_git(h, m, "rights");
	}
	log_event("session.role", LOG_TEXT("account", account ? account : ""),
		  LOG_TEXT("role", role_name(role)));
}

/* As above: a moment to hear why, and to keep what is being written. */
static void
take_end(struct house *h, const json_t *msg)
{
	const char *account = notice_text(msg, "account");
	const char *why = notice_text(msg, "why");
	json_int_t only = json_integer_value(json_object_get(msg, "only"));
	json_int_t but = json_integer_value(json_object_get(msg, "but"));
	struct member *m;
	int n = 0;

	for (size_t i = 0; account && i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (!m->account || strcmp(m->account, account) != 0 ||
		    m->id == but || (only && m->id != only))
			continue;
		m->kill_at = clock_mono_ms() + END_MS;
		clientproc_end_git(h, m, why ? why : "");
		n++;
	}
	log_event("session.end", LOG_TEXT("account", account ? account : ""),
		  LOG_NUMBER("n", n));
}

static struct member *
find_member(struct house *h, const json_t *msg)
{
	json_int_t id = json_integer_value(json_object_get(msg, "conn"));

	return roster_by_id(&h->roster, (long)id);
}

/* What its person is in a space; git may be waiting for it. */
static void
take_may(struct house *h, const json_t *msg)
{
	const char *space = notice_text(msg, "space");
	const char *role = notice_text(msg, "role");
	struct member *m = find_member(h, msg);

	if (m && space && role && strcmp(m->space, space) == 0)
		clientproc_may(h, m, role_of(role));
}

static void
take_haves(struct house *h, const json_t *msg)
{
	const char *date = notice_text(msg, "date");
	struct member *m = find_member(h, msg);

	if (m && m->awaits_haves)
		clientproc_haves(h, m, date ? date : "");
}

static void
take_given(struct house *h, const json_t *msg)
{
	const char *account = notice_text(msg, "account");
	const char *space = notice_text(msg, "space");

	if (account && space)
		clientproc_doubt(h, account, space);
}

static void
take_spaces(struct house *h, const json_t *msg)
{
	const char *space = notice_text(msg, "space");
	struct err err = ERR_INIT;

	if (house_read_spaces(h, &err) < 0)
		log_event("warning", LOG_TEXT("reason", err.msg));
	if (space)
		clientproc_doubt(h, NULL, space);
}

/* So that the next wiki process puts it there again. */
static void
take_in(struct house *h, const json_t *msg)
{
	const char *space = notice_text(msg, "space");
	struct member *m = find_member(h, msg);

	if (m && space)
		(void)snprintf(m->seat, sizeof(m->seat), "%s", space);
}

static void
take_maintain(struct house *h, const json_t *msg)
{
	const char *task = notice_text(msg, "task");
	const char *space = notice_text(msg, "space");

	if (task && space)
		choreproc_start(h, task, space);
}

static void
take_spell(struct house *h, const json_t *msg)
{
	(void)msg;
	spellproc_start(h);
}

/* As a person on the host would have it. */
static void
take_reload(struct house *h, const json_t *msg)
{
	(void)h;
	(void)msg;
	(void)raise(SIGHUP); /* comes back as what is read, not as a signal */
}

static const struct {
	const char *op;
	void (*take)(struct house *h, const json_t *msg);
} messages[] = {
	{ "ready", take_ready },   { "answered", take_answered },
	{ "bound", take_bound },   { "maintain", take_maintain },
	{ "spell", take_spell },   { "role", take_role },
	{ "may", take_may },	   { "given", take_given },
	{ "spaces", take_spaces }, { "in", take_in },
	{ "haves", take_haves },   { "end", take_end },
	{ "reload", take_reload },
};

static void
take_message(struct house *h, const json_t *msg)
{
	const char *op = notice_text(msg, "op");

	for (size_t i = 0; op && i < sizeof(messages) / sizeof(messages[0]);
	     i++) {
		if (strcmp(messages[i].op, op) == 0) {
			messages[i].take(h, msg);
			return;
		}
	}
	log_event("wiki.unknown", LOG_TEXT("op", op ? op : ""));
}

/* It is dying, and the signal of that is on its way; or it is out of its
 * mind. While stopping it may have closed the socket on purpose. */
static void
lose_wiki(struct house *h)
{
	house_unwatch(h, &h->wiki.control);
	if (!h->stopping && h->wiki.pid > 0)
		(void)kill(h->wiki.pid, SIGKILL);
}

void
wikiproc_input(struct house *h)
{
	json_t *msg;
	int rc = 0;

	while (h->wiki.control >= 0 && rc != PLEIN_EBUSY) {
		rc = notice_recv(h->wiki.control, &msg, NULL);
		if (rc == 0)
			take_message(h, msg);
		json_decref(msg);
		if (rc == PLEIN_ECLOSED || rc == PLEIN_EIO)
			lose_wiki(h);
	}
}

/* Did it take the message? When not, it is tried again when there is room. */
static bool
tell_wiki(struct house *h, json_t *msg_take, const int *fds, int n_fds)
{
	int rc = notice_send(h->wiki.control, msg_take, fds, n_fds, NULL);

	if (rc == PLEIN_EBUSY && !h->wiki.blocked) {
		h->wiki.blocked = true;
		house_watch_room(h, true);
	}
	return rc == 0;
}

static json_t *
describe_attach(const struct member *m)
{
	if (!m->spawned)
		return json_pack("{s:s,s:I,s:s,s:s}", "op", "attach", "conn",
				 (json_int_t)m->id, "door", "login", "peer",
				 m->peer);
	return json_pack("{s:s,s:I,s:s,s:s,s:s,s:s,s:I,s:b,s:s*}", "op",
			 "attach", "conn", (json_int_t)m->id, "door", m->door,
			 "account", m->account, "key", m->key, "peer", m->peer,
			 "since", (json_int_t)m->since, "setup",
			 m->role == ROLE_SETUP, "space",
			 *m->seat ? m->seat : NULL);
}

/* One end of a new stream to the wiki process, the other to the member. */
/* Room for the biggest page, else the wiki, which sends it, and the client wake
 * each other up five times. The system doubles what it is told (socket(7)). */
static void
widen(int fd)
{
	static const int bytes = 640 * 1024;

	/* with less it is only slower */
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
}

static void
attach_member(struct house *h, struct member *m)
{
	int pair[2], rc;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
		log_event("attach.failed", LOG_NUMBER("conn", m->id),
			  LOG_TEXT("reason", strerror(errno)));
		m->attach_due = false;
		connproc_drop(h, m);
		return;
	}
	widen(pair[0]);
	if (tell_wiki(h, describe_attach(m), &pair[0], 1)) {
		m->attach_due = false;
		rc = notice_send(m->spawned ? m->control : m->monitor,
				 json_pack("{s:s}", "op", "wiki"), &pair[1], 1,
				 NULL);
		if (rc == PLEIN_EBUSY)
			connproc_drop(h, m);
	}
	(void)close(pair[0]);
	(void)close(pair[1]);
}

static void
flush_tickets(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len && !h->wiki.blocked; i++) {
		m = h->roster.members.items[i];
		if (m->ticket_due &&
		    tell_wiki(h,
			      json_pack("{s:s,s:I,s:s,s:s,s:s,s:s}", "op",
					"ticket", "conn", (json_int_t)m->id,
					"ticket", m->ticket, "account",
					m->account, "space", m->space, "peer",
					m->peer),
			      NULL, 0))
			m->ticket_due = false;
	}
}

static json_t *
describe_git(const struct member *m)
{
	return json_pack("{s:s,s:I,s:s,s:s,s:s,s:s,s:I,s:b,s:b}", "op", "git",
			 "conn", (json_int_t)m->id, "account", m->account,
			 "key", m->key, "space", m->space, "peer", m->peer,
			 "since", (json_int_t)m->since, "push",
			 m->kind == ORDER_RECEIVE, "again", m->git_told);
}

/* Before it is told that one of them is over. */
static void
flush_git(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len && !h->wiki.blocked; i++) {
		m = h->roster.members.items[i];
		if (!m->git_due || !tell_wiki(h, describe_git(m), NULL, 0))
			continue;
		m->git_due = false;
		m->git_told = true;
	}
}

static void
flush_may(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len && !h->wiki.blocked; i++) {
		m = h->roster.members.items[i];
		if (m->may_due &&
		    tell_wiki(h,
			      json_pack("{s:s,s:I,s:s,s:s}", "op", "may",
					"conn", (json_int_t)m->id, "account",
					m->account, "space", m->space),
			      NULL, 0))
			m->may_due = false;
	}
}

/* Both, in order: a wiki process that was told of the begin before takes it
 * for the same, and one that was not has to know. */
static bool
tell_over(struct house *h, struct git_over *o)
{
	if (!tell_wiki(h, json_incref(o->begin), NULL, 0))
		return false;
	(void)json_object_set_new(o->begin, "again", json_true());
	return tell_wiki(h,
			 json_pack("{s:s,s:I,s:i,s:b}", "op", "over", "conn",
				   (json_int_t)o->conn, "status", o->status,
				   "ended", o->ended),
			 NULL, 0);
}

static void
flush_over(struct house *h)
{
	struct vec *over = &h->wiki.over;

	while (over->len > 0 && !h->wiki.blocked) {
		if (!tell_over(h, over->items[0]))
			return;
		git_over_free(vec_remove(over, 0));
	}
}

void
wikiproc_ask_haves(struct house *h, struct member *m, const char *ids)
{
	m->asked_haves = true;
	m->awaits_haves =
		h->wiki.control >= 0 && h->wiki.ready && !h->wiki.blocked &&
		tell_wiki(h,
			  json_pack("{s:s,s:I,s:s}", "op", "haves", "conn",
				    (json_int_t)m->id, "ids", ids),
			  NULL, 0);
}

void
wikiproc_git_over(struct house *h, struct member *m, int status)
{
	struct git_over *o = mem_alloc(sizeof(*o));

	*o = (struct git_over){ m->id,
				WIFEXITED(status) ? WEXITSTATUS(status) : -1,
				m->ended || h->stopping, describe_git(m) };
	m->git_due = false;
	vec_push(&h->wiki.over, o);
	wikiproc_flush(h);
}

/* Of a minute, all at once. */
static void
flush_turned(struct house *h)
{
	const struct turnaway_row *r;

	while (!h->wiki.blocked &&
	       (r = turnaway_first(&h->turned, clock_mono_ms()))) {
		if (!tell_wiki(h,
			       json_pack("{s:s,s:s,s:s,s:I}", "op", "refused",
					 "peer", r->peer, "reason", r->reason,
					 "n", (json_int_t)r->n),
			       NULL, 0))
			return;
		turnaway_told(&h->turned);
	}
}

static void
flush_attaches(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (h->wiki.blocked)
			return;
		if (m->attach_due && member_needs_wiki(m))
			attach_member(h, m);
	}
}

void
wikiproc_flush(struct house *h)
{
	struct wiki_child *w = &h->wiki;

	if (w->control < 0)
		return;
	if (w->blocked)
		house_watch_room(h, false);
	w->blocked = false;
	if (w->stop_due &&
	    tell_wiki(h, notice_stop(HOUSE_STOP_MS / 1000), NULL, 0))
		w->stop_due = false;
	if (!w->ready)
		return;
	if (w->reload_due &&
	    tell_wiki(h, json_pack("{s:s}", "op", "reload"), NULL, 0))
		w->reload_due = false;
	if (h->chore.told_due && tell_wiki(h, choreproc_report(h), NULL, 0))
		h->chore.told_due = false;
	flush_may(h);
	flush_git(h);
	flush_tickets(h);
	flush_over(h);
	flush_turned(h);
	flush_attaches(h);
}

void
wikiproc_renew(struct house *h)
{
	if (h->wiki.pid > 0)
		(void)kill(h->wiki.pid, SIGTERM);
}

static void
mark_for_attach(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		m->attach_due = member_needs_wiki(m);
		m->may_due = m->asked != NULL;
		m->git_due = member_is_git(m);
	}
}

void
wikiproc_died(struct house *h, int status)
{
	struct wiki_child *w = &h->wiki;

	/* What it said last still counts: who was bound, above all. */
	wikiproc_input(h);
	house_unwatch(h, &w->control);
	w->pid = 0;
	w->ready = w->blocked = w->reload_due = false;
	log_event(h->stopping ? "wiki.stopped" : "wiki.died",
		  LOG_NUMBER("status",
			     WIFEXITED(status) ? WEXITSTATUS(status) : -1),
		  LOG_NUMBER("signal",
			     WIFSIGNALED(status) ? WTERMSIG(status) : 0));
	if (h->stopping)
		return;
	if (!w->was_ready && WIFEXITED(status)) {
		h->exit_code = 1;
		return;
	}
	mark_for_attach(h);
	clientproc_give_up_haves(h);
	clientproc_kill_pushes(h);
	/* it might put packs of an erased repository into the new one */
	choreproc_signal(h, SIGKILL);
	w->start_at = restart_time(&w->restart, clock_mono_ms());
}
