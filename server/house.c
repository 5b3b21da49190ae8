/* house.c - beginning and end of the supervisor's state, and its watches. */
#include "house.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "plein/fs.h"
#include "store/spaces.h"
#include "spell/spell.h"
#include "ssh/conn.h"
#include "ssh/hostkey.h"
#include "wiki/wiki.h"

#define MAX_READY 64
#define WHAT_SHIFT 56
#define WHICH_MASK ((UINT64_C(1) << WHAT_SHIFT) - 1)

static const struct house_jobs real_jobs = { wiki_run, conn_run, spell_run };

static void
set_limits(struct house *h)
{
	struct conf_doors doors = conf_doors(&h->conf);
	const struct throttle_limits limits = { doors.waiting,
						doors.waiting_network };
	const struct penalty_rules rules = { doors.penalty_ms,
					     doors.penalty_bound_ms,
					     doors.penalty_most_ms };

	throttle_limit(&h->throttle, &limits);
	penalty_rule(&h->penalty, &rules);
}

void
house_init(struct house *h)
{
	memset(h, 0, sizeof(*h));
	h->data = h->lock = h->program = h->self = -1;
	h->git = h->locale = -1;
	h->reserve = h->epoll = h->signals = h->wiki.control = -1;
	h->chore.report = h->front.fd = -1;
	for (int i = 0; i < HOUSE_LISTENERS; i++)
		h->listeners[i].fd = -1;
	h->fingerprint = "";
	h->jobs = &real_jobs;
	conf_init(&h->conf);
	set_limits(h);
	roster_init(&h->roster);
	restart_init(&h->wiki.restart);
}

void
git_over_free(void *item)
{
	struct git_over *o = item;

	json_decref(o->begin);
	free(o);
}

void
house_release(struct house *h)
{
	const int fds[] = { h->data,	     h->lock,	 h->program,
			    h->git,	     h->locale,	 h->reserve,
			    h->epoll,	     h->signals, h->wiki.control,
			    h->chore.report, h->self,	 h->front.fd };

	roster_release(&h->roster);
	for (int i = 0; i < HOUSE_LISTENERS; i++)
		listener_close(&h->listeners[i]);
	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			(void)close(fds[i]);
	vec_release(&h->spaces, free);
	vec_release(&h->wiki.over, git_over_free);
	hostkey_free(h->key);
	conf_release(&h->conf);
}

int
house_read_conf(struct house *h, struct err *err)
{
	struct buf text = BUF_INIT;
	struct conf conf;
	int rc;

	conf_init(&conf);
	rc = fs_read_at(h->data, "plein.conf", &text, HOUSE_CONF_MAX, err);
	if (rc == 0)
		rc = conf_parse(&conf, text.ptr, err);
	if (rc == 0) {
		conf_release(&h->conf);
		h->conf = conf;
		set_limits(h);
		/* Log records of all our processes carry its time. */
		conf_live_in_zone(&h->conf);
	} else {
		conf_release(&conf);
	}
	buf_release(&text);
	return rc;
}

int
house_read_spaces(struct house *h, struct err *err)
{
	return spaces_read(&h->spaces, h->data, err);
}

static uint64_t
make_tag(enum watch what, long which)
{
	return (uint64_t)what << WHAT_SHIFT | ((uint64_t)which & WHICH_MASK);
}

int
house_watch(struct house *h, int fd, enum watch what, long which,
	    struct err *err)
{
	struct epoll_event ev = { .events = EPOLLIN };

	ev.data.u64 = make_tag(what, which);
	if (epoll_ctl(h->epoll, EPOLL_CTL_ADD, fd, &ev) < 0)
		return err_set_errno(err, errno, "epoll");
	return 0;
}

void
house_watch_room(struct house *h, bool on)
{
	struct epoll_event ev = { .events = EPOLLIN };

	if (on)
		ev.events |= EPOLLOUT;
	ev.data.u64 = make_tag(WATCH_WIKI, 0);
	/* Fails only for a socket that is closed: then nothing waits. */
	(void)epoll_ctl(h->epoll, EPOLL_CTL_MOD, h->wiki.control, &ev);
}

void
house_unwatch(struct house *h, int *fd)
{
	if (*fd < 0)
		return;
	/* By hand: a child that is just being forked holds a copy, and
	 * epoll forgets a socket only with its last copy. */
	(void)epoll_ctl(h->epoll, EPOLL_CTL_DEL, *fd, NULL);
	(void)close(*fd);
	*fd = -1;
}

int
house_wait(struct house *h, int ms, struct ready *out, int max)
{
	struct epoll_event events[MAX_READY];
	int n = epoll_wait(h->epoll, events, max < MAX_READY ? max : MAX_READY,
			   ms);

	for (int i = 0; i < n; i++) {
		out[i].what = (enum watch)(events[i].data.u64 >> WHAT_SHIFT);
		out[i].which = (long)(events[i].data.u64 & WHICH_MASK);
		out[i].writable = events[i].events & EPOLLOUT;
	}
	return n < 0 ? 0 : n;
}

const struct user *
house_owner(const struct house *h)
{
	return h->users.switches ? &h->users.owner : NULL;
}

const struct user *
house_login(const struct house *h)
{
	return h->users.switches ? &h->users.login : NULL;
}
