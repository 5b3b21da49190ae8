/* rebuild.c - see rebuild.h. */
#include "wiki/rebuild.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "state/index.h"
#include "store/repo.h"
#include "wiki/indexer.h"

#define REST_MS 1000 /* after a failure; twice as long after the next */
#define REST_MAX_MS 60000

enum rebuild_state { REBUILD_IDLE, REBUILD_RUNNING, REBUILD_FINISHED };

struct rebuild {
	void (*wake)(void *ctx);
	void *ctx;
	pthread_t thread; /* to be joined unless IDLE */
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t changed;
	enum rebuild_state state;
	char *repo, *file;
	char *old; /* to begin with a copy of, or NULL */
	struct err err; /* how it ended */
	bool again; /* the file is there and catches up */
	int failures; /* since one was put in place */
	int rest_ms; /* before it begins */
	atomic_long done, all;
	atomic_bool stop;
	atomic_bool spare; /* the old index goes on serving */
	atomic_bool behind; /* it serves for the past only */
};

struct rebuild *
rebuild_new(void (*wake)(void *ctx), void *ctx)
{
	struct rebuild *r = mem_alloc(sizeof(*r));
	pthread_condattr_t monotonic;

	r->wake = wake;
	r->ctx = ctx;
	/* none of these can fail on Linux */
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_mutex_init(&r->lock, NULL);
	(void)pthread_cond_init(&r->changed, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	return r;
}

static enum rebuild_state
read_state(struct rebuild *r)
{
	enum rebuild_state state;

	(void)pthread_mutex_lock(&r->lock);
	state = r->state;
	(void)pthread_mutex_unlock(&r->lock);
	return state;
}

static void
enter_state(struct rebuild *r, enum rebuild_state state)
{
	(void)pthread_mutex_lock(&r->lock);
	r->state = state;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
}

static int
note_step(void *ctx, long done, long left)
{
	struct rebuild *r = ctx;

	atomic_store(&r->done, done);
	atomic_store(&r->all, done + left);
	return atomic_load(&r->stop) ? PLEIN_ECLOSED : 0;
}

/* A copy of the old one, or an empty one. */
static int
open_index(struct rebuild *r, struct index **index)
{
	if (r->again)
		return index_open(index, r->file, true, &r->err);
	if (r->old && index_copy(r->old, r->file, &r->err) == 0 &&
	    index_open(index, r->file, true, &r->err) == 0)
		return 0;
	return index_create(index, r->file, &r->err);
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

/* What failed just now fails again at once. */
static void
rest(struct rebuild *r)
{
	struct timespec until;
	int rc = 0;

	reckon_end(&until, r->rest_ms);
	(void)pthread_mutex_lock(&r->lock);
	while (!atomic_load(&r->stop) && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&r->changed, &r->lock, &until);
	(void)pthread_mutex_unlock(&r->lock);
}

static int
build(struct rebuild *r)
{
	const struct indexer_watch watch = { note_step, r };
	struct index *index = NULL;
	struct repo *repo = NULL;
	int rc = repo_open(&repo, r->repo, &r->err);

	if (!rc)
		rc = open_index(r, &index);
	if (!rc)
		rc = indexer_run(index, repo, &watch, &r->err);
	index_close(index);
	repo_close(repo);
	return rc;
}

static void *
run_thread(void *arg)
{
	struct rebuild *r = arg;
	int rc;

	if (r->rest_ms > 0)
		rest(r);
	rc = build(r);
	r->err.code = rc; /* not what was overcome on the way */
	log_event("index.built", LOG_NUMBER("commits", atomic_load(&r->done)),
		  LOG_TEXT("result", rc ? err_name(rc) : "ok"),
		  LOG_TEXT("why", rc ? r->err.msg : ""));
	enter_state(r, REBUILD_FINISHED);
	if (r->wake)
		r->wake(r->ctx);
	return NULL;
}

static void
become_idle(struct rebuild *r)
{
	free(r->repo);
	free(r->file);
	free(r->old);
	r->repo = r->file = r->old = NULL;
	enter_state(r, REBUILD_IDLE);
}

/* The thread is at its end. */
static void
clear(struct rebuild *r)
{
	(void)pthread_join(r->thread, NULL);
	become_idle(r);
}

void
rebuild_free(struct rebuild *r)
{
	if (!r)
		return;
	(void)pthread_mutex_lock(&r->lock);
	atomic_store(&r->stop, true);
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
	if (read_state(r) != REBUILD_IDLE)
		clear(r);
	(void)pthread_cond_destroy(&r->changed);
	(void)pthread_mutex_destroy(&r->lock);
	free(r);
}

static int
run(struct rebuild *r, struct err *err)
{
	memset(&r->err, 0, sizeof(r->err));
	atomic_store(&r->done, 0);
	atomic_store(&r->all, 0);
	enter_state(r, REBUILD_RUNNING);
	if (pthread_create(&r->thread, NULL, run_thread, r) == 0)
		return 0;
	become_idle(r);
	return err_set(err, PLEIN_EBUSY, "no thread to make the index in");
}

int
rebuild_rest_ms(int failures)
{
	int ms = failures > 0 ? REST_MS : 0;

	for (; failures > 1 && ms < REST_MAX_MS; failures--)
		ms *= 2;
	return ms < REST_MAX_MS ? ms : REST_MAX_MS;
}

static int
start_thread(struct rebuild *r, const char *repo, const char *file,
	     const char *old, struct err *err)
{
	log_event("index.building", LOG_TEXT("file", file));
	r->repo = mem_strdup(repo);
	r->file = mem_strdup(file);
	r->old = old ? mem_strdup(old) : NULL;
	r->again = false;
	/* who asks for one gets it at once */
	r->rest_ms = atomic_load(&r->spare) ? 0 : rebuild_rest_ms(r->failures);
	return run(r, err);
}

int
rebuild_start(struct rebuild *r, const char *repo, const char *file,
	      const char *old, struct err *err)
{
	atomic_store(&r->spare, false);
	if (read_state(r) != REBUILD_IDLE)
		return 0;
	atomic_store(&r->behind, old != NULL);
	return start_thread(r, repo, file, old, err);
}

int
rebuild_start_spare(struct rebuild *r, const char *repo, const char *file,
		    struct err *err)
{
	if (read_state(r) != REBUILD_IDLE)
		return err_set(err, PLEIN_EBUSY,
			       "the index is being made already");
	atomic_store(&r->spare, true);
	return start_thread(r, repo, file, NULL, err);
}

bool
rebuild_is_needed(struct rebuild *r)
{
	return rebuild_is_active(r) && !atomic_load(&r->spare);
}

bool
rebuild_is_behind(struct rebuild *r)
{
	return rebuild_is_needed(r) && atomic_load(&r->behind);
}

bool
rebuild_wait(struct rebuild *r, int ms)
{
	struct timespec until;
	bool finished;
	int rc = 0;

	reckon_end(&until, ms);
	(void)pthread_mutex_lock(&r->lock);
	while (r->state == REBUILD_RUNNING && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&r->changed, &r->lock, &until);
	finished = r->state == REBUILD_FINISHED;
	(void)pthread_mutex_unlock(&r->lock);
	return finished;
}

bool
rebuild_is_active(struct rebuild *r)
{
	return read_state(r) != REBUILD_IDLE;
}

void
rebuild_progress(struct rebuild *r, long *done, long *all)
{
	*done = atomic_load(&r->done);
	*all = atomic_load(&r->all);
}

int
rebuild_result(struct rebuild *r, struct err *err)
{
	struct err how;

	if (read_state(r) != REBUILD_FINISHED)
		return 0;
	how = r->err;
	if (!how.code)
		return 1;
	clear(r);
	r->failures++;
	if (err)
		*err = how;
	return how.code;
}

void
rebuild_end(struct rebuild *r, bool in_place)
{
	if (read_state(r) != REBUILD_FINISHED)
		return;
	clear(r);
	r->failures = in_place ? 0 : r->failures + 1;
	if (in_place && r->wake)
		r->wake(r->ctx);
}

int
rebuild_go_on(struct rebuild *r, struct err *err)
{
	(void)pthread_join(r->thread, NULL); /* it is at its end */
	r->again = true;
	r->rest_ms = 0;
	return run(r, err);
}
