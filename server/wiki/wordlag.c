/*
 * wordlag.c - see wordlag.h. Who asks has seen words wait, and the writer
 * takes all that wait: so the next time that it is done will do, also when it
 * had begun before.
 */
#include "wiki/wordlag.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "plein/clock.h"
#include "plein/mem.h"

struct wordlag {
	void (*wake)(void *ctx);
	void *ctx;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t done;
	long n; /* pages that wait */
	int64_t first, last; /* since when, and when it was last added to */
	unsigned long rounds; /* times it was done */
	bool asked;
	bool failed; /* the last time */
};

struct wordlag *
wordlag_new(void (*wake)(void *ctx), void *ctx)
{
	struct wordlag *l = mem_alloc(sizeof(*l));
	pthread_condattr_t monotonic;

	l->wake = wake;
	l->ctx = ctx;
	/* none of these can fail on Linux */
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_mutex_init(&l->lock, NULL);
	(void)pthread_cond_init(&l->done, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	return l;
}

void
wordlag_free(struct wordlag *l)
{
	if (!l)
		return;
	(void)pthread_cond_destroy(&l->done);
	(void)pthread_mutex_destroy(&l->lock);
	free(l);
}

void
wordlag_note(struct wordlag *l, long n)
{
	(void)pthread_mutex_lock(&l->lock);
	l->last = clock_mono_ms();
	if (l->n == 0)
		l->first = l->last;
	l->n = n;
	(void)pthread_mutex_unlock(&l->lock);
}

/* With the lock. */
static int
reckon_delay(const struct wordlag *l)
{
	int64_t due = l->first + WORDLAG_MS, left;

	if (l->asked)
		return 0;
	if (l->n == 0)
		return -1;
	if (!l->failed && l->n >= WORDLAG_MAX)
		return 0;
	if (!l->failed && l->last + WORDLAG_CALM_MS < due)
		due = l->last + WORDLAG_CALM_MS;
	left = due - clock_mono_ms();
	return left > 0 ? (int)left : 0;
}

int
wordlag_delay(struct wordlag *l)
{
	int delay;

	(void)pthread_mutex_lock(&l->lock);
	delay = reckon_delay(l);
	(void)pthread_mutex_unlock(&l->lock);
	return delay;
}

void
wordlag_done(struct wordlag *l, long left)
{
	(void)pthread_mutex_lock(&l->lock);
	l->n = left;
	l->first = l->last = clock_mono_ms();
	l->failed = left > 0;
	l->asked = false;
	l->rounds++;
	(void)pthread_cond_broadcast(&l->done);
	(void)pthread_mutex_unlock(&l->lock);
}

static void
reckon_end(struct timespec *until, int ms)
{
	(void)clock_gettime(CLOCK_MONOTONIC, until); /* is always there */
	until->tv_sec += ms / 1000;
	until->tv_nsec += (long)(ms % 1000) * 1000000L;
	if (until->tv_nsec >= 1000000000L) {
		until->tv_sec++;
		until->tv_nsec -= 1000000000L;
	}
}

bool
wordlag_ask(struct wordlag *l, int ms)
{
	struct timespec until;
	unsigned long round;
	bool done;
	int rc = 0;

	reckon_end(&until, ms);
	(void)pthread_mutex_lock(&l->lock);
	round = l->rounds;
	l->asked = true;
	(void)pthread_mutex_unlock(&l->lock);
	if (l->wake)
		l->wake(l->ctx);
	(void)pthread_mutex_lock(&l->lock);
	while (l->rounds == round && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&l->done, &l->lock, &until);
	done = l->rounds != round;
	(void)pthread_mutex_unlock(&l->lock);
	return done;
}
