/* pastfill.c - see pastfill.h. */
#include "wiki/pastfill.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "state/past.h"
#include "store/snap.h"
#include "wiki/desks.h"
#include "wiki/space.h"

#define PART 100 /* commits in one transaction */
#define NICE 19
#define CALM_MS 500 /* from the first of many edits to taking them in */

struct pastfill {
	struct desks desks;
	struct vec pasts; /* struct past * or NULL, one a desk */
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t changed;
	bool poked;
	bool stopping;
};

static int
load_blob(void *ctx, const char *blob, struct buf *text, struct err *err)
{
	struct desk *d = ctx;
	struct repo_id id;

	(void)snprintf(id.hex, sizeof(id.hex), "%s", blob);
	return snap_blob(d->repo, &id, text, err);
}

int
pastfill_step(struct desk *d, struct past **p, bool *complete, struct err *err)
{
	struct past_source from = { NULL, load_blob, d };
	int rc = desk_need_repo(d, err);

	*complete = false;
	if (!rc)
		rc = desk_need_index(d, err);
	if (!rc && !*p)
		rc = past_open(p, d->space->past, true, err);
	if (rc)
		return rc;
	from.index = d->index;
	rc = past_fill(*p, &from, PART, complete, err);
	if (rc == PLEIN_ECORRUPT) { /* opening anew replaces it */
		past_close(*p);
		*p = NULL;
	}
	return rc;
}

/* What follows at once is taken in together. With the lock. */
static void
wait_for_calm(struct pastfill *f)
{
	struct timespec until;
	int rc = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &until); /* cannot fail */
	until.tv_nsec += CALM_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	while (!f->stopping && rc == 0)
		rc = pthread_cond_timedwait(&f->changed, &f->lock, &until);
}

/* False when it is time to end. */
static bool
wait_for_work(struct pastfill *f)
{
	bool more;

	(void)pthread_mutex_lock(&f->lock);
	while (!f->poked && !f->stopping)
		(void)pthread_cond_wait(&f->changed, &f->lock);
	wait_for_calm(f);
	f->poked = false;
	more = !f->stopping;
	(void)pthread_mutex_unlock(&f->lock);
	return more;
}

static bool
is_stopping(struct pastfill *f)
{
	bool stopping;

	(void)pthread_mutex_lock(&f->lock);
	stopping = f->stopping;
	(void)pthread_mutex_unlock(&f->lock);
	return stopping;
}

/* What fails is tried again when main moves next. */
static void
fill_space(struct pastfill *f, struct desk *d, struct past **past)
{
	struct err err = ERR_INIT;
	bool complete = false;
	int rc = 0;

	while (!rc && !complete && !is_stopping(f))
		rc = pastfill_step(d, past, &complete, &err);
	if (rc && rc != PLEIN_EBUSY)
		log_event("past.failed", LOG_TEXT("space", d->space->name),
			  LOG_TEXT("result", err_name(rc)),
			  LOG_TEXT("why", err.msg));
}

static void
fill_up(struct pastfill *f)
{
	struct desk *d;
	size_t i;

	desks_open_all(&f->desks);
	desks_refresh(&f->desks, desks_first(&f->desks)->edition);
	for (i = 0; i < f->desks.all.len; i++) {
		d = f->desks.all.items[i];
		if (i == f->pasts.len)
			vec_push(&f->pasts, NULL);
		if (!atomic_load(&d->space->gone))
			fill_space(f, d, (struct past **)&f->pasts.items[i]);
	}
}

static void *
run_thread(void *arg)
{
	struct pastfill *f = arg;

	/* on Linux this is about the calling thread alone */
	(void)setpriority(PRIO_PROCESS, 0, NICE);
	while (wait_for_work(f))
		fill_up(f);
	return NULL;
}

static void
close_past(void *past)
{
	past_close(past);
}

static void
release(struct pastfill *f)
{
	vec_release(&f->pasts, close_past);
	desks_close(&f->desks);
	(void)pthread_cond_destroy(&f->changed);
	(void)pthread_mutex_destroy(&f->lock);
	free(f);
}

int
pastfill_start(struct pastfill **out, const struct desk_setup *setup,
	       struct err *err)
{
	struct pastfill *f = mem_alloc(sizeof(*f));
	pthread_condattr_t attr;
	struct err trouble;
	int rc = desks_open(&f->desks, setup, &trouble, err);

	f->poked = true;
	/* none of these can fail on Linux */
	(void)pthread_mutex_init(&f->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&f->changed, &attr);
	(void)pthread_condattr_destroy(&attr);
	if (!rc && pthread_create(&f->thread, NULL, run_thread, f))
		rc = err_set(err, PLEIN_EBUSY, "no thread for old texts");
	if (rc) {
		release(f);
		f = NULL;
	}
	*out = f;
	return rc;
}

void
pastfill_poke(struct pastfill *f)
{
	(void)pthread_mutex_lock(&f->lock);
	f->poked = true;
	(void)pthread_cond_signal(&f->changed);
	(void)pthread_mutex_unlock(&f->lock);
}

void
pastfill_free(struct pastfill *f)
{
	if (!f)
		return;
	(void)pthread_mutex_lock(&f->lock);
	f->stopping = true;
	(void)pthread_cond_signal(&f->changed);
	(void)pthread_mutex_unlock(&f->lock);
	(void)pthread_join(f->thread, NULL);
	release(f);
}
