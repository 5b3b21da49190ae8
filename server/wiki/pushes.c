/*
 * pushes.c - see pushes.h. One lock guards everything; who waits for main
 * waits on one condition, by the clock that nobody sets.
 */
#include "wiki/pushes.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/vec.h"

#define WRITER_MS 1000 /* a batch that takes longer is waited for again */

enum push_state {
	PUSH_NEW,
	PUSH_JUDGED, /* being judged */
	PUSH_LEASED,
	PUSH_PREPARED,
	PUSH_SPENT, /* refused, settled or given up */
};

/* Which step leads where. */
static const bool legal[PUSH_SPENT + 1][PUSH_SPENT + 1] = {
	[PUSH_NEW] = { [PUSH_JUDGED] = true, [PUSH_SPENT] = true },
	[PUSH_JUDGED] = { [PUSH_NEW] = true,
			  [PUSH_LEASED] = true,
			  [PUSH_SPENT] = true },
	[PUSH_LEASED] = { [PUSH_NEW] = true,
			  [PUSH_PREPARED] = true,
			  [PUSH_SPENT] = true },
	[PUSH_PREPARED] = { [PUSH_SPENT] = true },
};

struct push {
	char ticket[PUSHES_TICKET + 1];
	struct push_owner owner;
	enum push_state state;
	bool refused; /* by the judge */
	struct repo_id from, to;
};

struct pushes {
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t changed;
	int lease_ms;
	struct vec list; /* struct push * */
	struct push *holder; /* of main, or NULL */
	int64_t until; /* then it holds it no longer */
	int n_waiting; /* pushes that want main next */
	bool writing;
	bool unsettled; /* a holder went without settling */
};

static void
free_push(void *item)
{
	struct push *u = item;

	push_owner_release(&u->owner);
	free(u);
}

void
push_owner_release(struct push_owner *owner)
{
	free(owner->account);
	free(owner->space);
	free(owner->peer);
	memset(owner, 0, sizeof(*owner));
}

static void
copy_owner(struct push_owner *to, const struct push_owner *from)
{
	to->account = mem_strdup(from->account);
	to->space = mem_strdup(from->space);
	to->peer = mem_strdup(from->peer ? from->peer : "");
	to->conn = from->conn;
}

struct pushes *
pushes_new(int lease_ms)
{
	struct pushes *p = mem_alloc(sizeof(*p));
	pthread_condattr_t attr;

	p->lease_ms = lease_ms;
	/* none of these can fail with such attributes on Linux */
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&p->changed, &attr);
	(void)pthread_condattr_destroy(&attr);
	return p;
}

void
pushes_free(struct pushes *p)
{
	if (!p)
		return;
	vec_release(&p->list, free_push);
	(void)pthread_cond_destroy(&p->changed);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
}

static void
lock(struct pushes *p)
{
	(void)pthread_mutex_lock(&p->lock);
}

static void
unlock(struct pushes *p)
{
	(void)pthread_mutex_unlock(&p->lock);
}

/* All below is called with the lock held, up to the functions of the header. */

static struct push *
find(const struct pushes *p, const char *ticket)
{
	struct push *u;
	size_t i;

	for (i = 0; i < p->list.len; i++) {
		u = p->list.items[i];
		if (strcmp(u->ticket, ticket) == 0)
			return u;
	}
	return NULL;
}

/* False when the step is not one. Who leaves main, leaves it to others. */
static bool
enter_state(struct pushes *p, struct push *u, enum push_state to)
{
	if (!u || !legal[u->state][to])
		return false;
	u->state = to;
	if (p->holder == u && to != PUSH_LEASED && to != PUSH_PREPARED) {
		p->holder = NULL;
		(void)pthread_cond_broadcast(&p->changed);
	}
	return true;
}

/* Time is up for who holds main. */
static void
expire(struct pushes *p)
{
	if (!p->holder || clock_mono_ms() < p->until)
		return;
	p->unsettled = true;
	p->holder = NULL;
}

static void
wait_until(struct pushes *p, int64_t ms)
{
	struct timespec at = { .tv_sec = ms / 1000,
			       .tv_nsec = ms % 1000 * 1000000 };

	/* woken or late: the caller looks again */
	(void)pthread_cond_timedwait(&p->changed, &p->lock, &at);
}

static size_t
count(const struct pushes *p, enum push_state state)
{
	size_t i, n = 0;

	for (i = 0; i < p->list.len; i++)
		n += ((struct push *)p->list.items[i])->state == state;
	return n;
}

void
pushes_add(struct pushes *p, const char *ticket, const struct push_owner *owner)
{
	struct push *u = mem_alloc(sizeof(*u));

	(void)snprintf(u->ticket, sizeof(u->ticket), "%s", ticket);
	copy_owner(&u->owner, owner);
	lock(p);
	vec_push(&p->list, u);
	unlock(p);
}

static void
drop(struct pushes *p, size_t i)
{
	struct push *u = vec_remove(&p->list, i);

	if (u->state == PUSH_LEASED || u->state == PUSH_PREPARED)
		p->unsettled = true;
	(void)enter_state(p, u, PUSH_SPENT);
	free_push(u);
}

bool
pushes_over(struct pushes *p, long conn)
{
	struct push *u;
	bool refused = false;
	size_t i;

	lock(p);
	for (i = p->list.len; i > 0; i--) {
		u = p->list.items[i - 1];
		if (u->owner.conn != conn)
			continue;
		refused = refused || u->refused;
		drop(p, i - 1);
	}
	unlock(p);
	return refused;
}

int
pushes_judge(struct pushes *p, const char *ticket, struct push_owner *owner,
	     struct err *err)
{
	struct push *u;
	int rc = 0;

	memset(owner, 0, sizeof(*owner));
	lock(p);
	u = find(p, ticket);
	if (!u)
		rc = err_set(err, PLEIN_ENOTFOUND, "no such ticket");
	else if (u->state != PUSH_NEW)
		rc = err_set(err, PLEIN_EDENIED, "this ticket was used");
	else if (count(p, PUSH_JUDGED) >= PUSHES_JUDGED)
		rc = err_set(err, PLEIN_EBUSY, "others are judged first");
	else
		(void)enter_state(p, u, PUSH_JUDGED);
	if (!rc)
		copy_owner(owner, &u->owner);
	unlock(p);
	return rc;
}

static void
put_in_state(struct pushes *p, const char *ticket, enum push_state state)
{
	lock(p);
	(void)enter_state(p, find(p, ticket), state);
	unlock(p);
}

void
pushes_refuse(struct pushes *p, const char *ticket)
{
	struct push *u;

	lock(p);
	u = find(p, ticket);
	if (enter_state(p, u, PUSH_SPENT))
		u->refused = true;
	unlock(p);
}

void
pushes_put_back(struct pushes *p, const char *ticket)
{
	put_in_state(p, ticket, PUSH_NEW);
}

void
pushes_settle(struct pushes *p, const char *ticket)
{
	put_in_state(p, ticket, PUSH_SPENT);
}

/* Between two batches; the next one waits for us meanwhile. */
static int
wait_for_writer(struct pushes *p, struct err *err)
{
	int64_t end = clock_mono_ms() + WRITER_MS;

	p->n_waiting++;
	while (p->writing && clock_mono_ms() < end)
		wait_until(p, end);
	p->n_waiting--;
	(void)pthread_cond_broadcast(&p->changed);
	if (p->writing)
		return err_set(err, PLEIN_EBUSY, "edits are being written");
	expire(p);
	return p->holder ? err_set(err, PLEIN_EBUSY, "another push is first")
			 : 0;
}

int
pushes_lease(struct pushes *p, const char *ticket, const struct repo_id *from,
	     const struct repo_id *to, struct err *err)
{
	struct push *u;
	int rc;

	lock(p);
	rc = wait_for_writer(p, err);
	u = find(p, ticket); /* not before: it may have gone meanwhile */
	if (!rc && !enter_state(p, u, PUSH_LEASED))
		rc = err_set(err, PLEIN_EDENIED, "no such ticket any more");
	if (!rc) {
		u->from = *from;
		u->to = *to;
		p->holder = u;
		p->until = clock_mono_ms() + p->lease_ms;
	}
	unlock(p);
	return rc;
}

void
pushes_make_ticket(char ticket[PUSHES_TICKET + 1])
{
	unsigned char bytes[PUSHES_TICKET / 2];
	size_t i;

	arc4random_buf(bytes, sizeof(bytes));
	for (i = 0; i < sizeof(bytes); i++)
		(void)snprintf(ticket + 2 * i, 3, "%02x", bytes[i]);
}

int
pushes_hold(struct pushes *p, const struct push_owner *owner,
	    char ticket[PUSHES_TICKET + 1], struct err *err)
{
	struct push_owner unused;
	struct repo_id any = { "" };
	int rc;

	pushes_make_ticket(ticket);
	pushes_add(p, ticket, owner);
	rc = pushes_judge(p, ticket, &unused, err);
	push_owner_release(&unused);
	if (!rc)
		rc = pushes_lease(p, ticket, &any, &any, err);
	if (rc)
		pushes_refuse(p, ticket);
	return rc;
}

int
pushes_prepare(struct pushes *p, const char *ticket, const struct repo_id *from,
	       const struct repo_id *to, struct err *err)
{
	struct push *u;
	int rc = 0;

	lock(p);
	expire(p);
	u = find(p, ticket);
	if (!u || strcmp(u->from.hex, from->hex) != 0 ||
	    strcmp(u->to.hex, to->hex) != 0)
		rc = err_set(err, PLEIN_EDENIED, "this was not approved");
	else if (p->holder != u)
		rc = err_set(err, PLEIN_EDENIED, "it took too long");
	else if (!enter_state(p, u, PUSH_PREPARED))
		rc = err_set(err, PLEIN_EDENIED, "this ticket was used");
	unlock(p);
	return rc;
}

bool
pushes_enter(struct pushes *p)
{
	bool unsettled;

	lock(p);
	expire(p);
	while (p->holder || p->n_waiting > 0) {
		wait_until(p,
			   p->holder ? p->until : clock_mono_ms() + WRITER_MS);
		expire(p);
	}
	p->writing = true;
	unsettled = p->unsettled;
	unlock(p);
	return unsettled;
}

void
pushes_leave(struct pushes *p, bool mended)
{
	lock(p);
	p->writing = false;
	if (mended)
		p->unsettled = false;
	(void)pthread_cond_broadcast(&p->changed);
	unlock(p);
}

bool
pushes_are_quiet(struct pushes *p)
{
	bool quiet;

	lock(p);
	quiet = count(p, PUSH_LEASED) + count(p, PUSH_PREPARED) == 0;
	unlock(p);
	return quiet;
}
