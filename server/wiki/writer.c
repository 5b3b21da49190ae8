/* writer.c - see writer.h. */
#include "wiki/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/clock.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "wiki/auditing.h"
#include "wiki/auditor.h"
#include "wiki/desks.h"
#include "wiki/group.h"
#include "wiki/tidings.h"
#include "wiki/pushes.h"
#include "wiki/queue.h"
#include "wiki/space.h"
#include "wiki/wordlag.h"

#define BATCH_MAX 64 /* jobs: who is behind them waits that long, no longer */

struct writer {
	struct writer_args args;
	struct group group; /* of the thread */
	struct auditor *auditor;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t filled;
	struct queue waiting;
	struct vec done;
	struct vec tidings; /* struct tiding * */
	bool lost; /* some of them */
	bool stopping;
	bool poked;
	bool in_doubt;
};

/* Until somebody comes, or it is time for the group or the words. */
static void
wait_filled(struct writer *w, int delay)
{
	struct timespec until;

	if (delay < 0) {
		(void)pthread_cond_wait(&w->filled, &w->lock);
		return;
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &until); /* cannot fail */
	until.tv_sec += delay / 1000;
	until.tv_nsec += (long)(delay % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	(void)pthread_cond_timedwait(&w->filled, &w->lock, &until);
}

static void
tell_waiting(struct writer *w)
{
	atomic_store(&w->args.pulse->waiting, (long long)w->waiting.jobs.len);
}

/* The first of two delays, where -1 is never. */
static int
first_of(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Until the group, the words or the audit log are due; -1: none is. */
static int
find_delay(const struct writer *w)
{
	int delay = group_delay(&w->group);
	const struct desk *d;
	size_t i;

	delay = first_of(delay, auditor_delay(w->auditor, clock_mono_ms()));
	for (i = 0; (d = desk_nth(w->args.desk, i)); i++)
		delay = first_of(delay, d->lag ? wordlag_delay(d->lag) : -1);
	return delay;
}

/* Why a round begins without a job. */
struct cause {
	bool poked;
	bool group; /* it is due, or must be written before the end */
};

/*
 * What waits, as many as make a batch; nothing when there is another cause,
 * or the words are due. False when it is time to end.
 */
static bool
take_waiting(struct writer *w, struct vec *taken, struct cause *cause)
{
	bool more;
	int delay;

	(void)pthread_mutex_lock(&w->lock);
	while (w->waiting.jobs.len == 0 && !w->stopping && !w->poked) {
		delay = find_delay(w);
		if (delay == 0)
			break;
		wait_filled(w, delay);
	}
	queue_take(&w->waiting, BATCH_MAX, taken);
	cause->poked = w->poked;
	cause->group = taken->len == 0 && !w->poked &&
		       (w->stopping || group_delay(&w->group) == 0);
	w->poked = false;
	more = taken->len > 0 || !w->stopping || w->group.jobs.len > 0;
	tell_waiting(w);
	(void)pthread_mutex_unlock(&w->lock);
	return more;
}

static void
refuse_all(const struct vec *jobs)
{
	size_t i;

	for (i = 0; i < jobs->len; i++)
		job_refuse(jobs->items[i], PLEIN_EBUSY,
			   "the wiki is starting anew");
}

static void
report_trouble(const struct batch_end *end)
{
	if (end->err.code)
		log_event("write.failed",
			  LOG_TEXT("result", err_name(end->err.code)),
			  LOG_TEXT("why", end->err.msg),
			  LOG_NUMBER("fatal", end->fatal));
}

/* Storage that could not be mended: nothing was run. */
static void
refuse_tasks(const struct vec *tasks, const struct batch_end *end)
{
	struct task *t;
	size_t i;

	for (i = 0; i < tasks->len; i++) {
		t = tasks->items[i];
		t->call->err = end->err;
		t->result = end->err.code;
	}
}

/* The space went while they waited. */
static void
refuse_gone(const struct vec *tasks, struct batch_end *end)
{
	memset(end, 0, sizeof(*end));
	(void)err_set(&end->err, PLEIN_ENOTFOUND, "there is no such space");
	refuse_tasks(tasks, end);
	memset(&end->err, 0, sizeof(end->err));
}

/* A batch under way: its jobs, of one space, and the thread's writer. */
struct running {
	struct writer *w;
	struct space *space; /* NULL: the default one */
	struct desk *desk;
	struct vec *jobs;
};

static void
add_tasks(const struct vec *jobs, size_t from, struct vec *tasks)
{
	for (; from < jobs->len; from++)
		vec_push(tasks, &((struct job *)jobs->items[from])->task);
}

/*
 * What came while the batch ran shares its syncs. Not what waits for a group,
 * nor while a group waits: those have an order of their own. Nor what is of
 * another space.
 */
static void
take_more(void *ctx, struct vec *tasks)
{
	struct running *r = ctx;
	struct writer *w = r->w;
	size_t n = r->jobs->len;

	if (n >= BATCH_MAX || w->group.jobs.len > 0 || w->group.later.len > 0)
		return;
	(void)pthread_mutex_lock(&w->lock);
	if (queue_fits(&w->waiting, r->space))
		queue_take(&w->waiting, BATCH_MAX - n, r->jobs);
	tell_waiting(w);
	(void)pthread_mutex_unlock(&w->lock);
	add_tasks(r->jobs, n, tasks);
}

/* While no push holds main. */
static void
run_alone(struct running *r, struct vec *tasks, struct batch_end *end)
{
	const struct batch_source source = { take_more, r };
	struct desk *d = r->desk;
	bool mended = false;

	memset(end, 0, sizeof(*end));
	if (d->pushes && pushes_enter(d->pushes))
		end->err.code = desk_mend(d, &mended, &end->err);
	end->fatal = end->err.code != 0;
	if (end->fatal)
		refuse_tasks(tasks, end);
	else
		batch_run(d, tasks, &source, end);
	if (d->pushes)
		pushes_leave(d->pushes, mended);
}

/* All of this thread, that of the wiki as a whole first. */
static void
refresh(struct writer *w)
{
	struct desk *d;
	size_t i;

	for (i = 0; (d = desk_nth(w->args.desk, i)); i++)
		desk_refresh(d, atomic_load(w->args.edition));
}

static struct space *
first_space(const struct vec *jobs)
{
	return ((const struct job *)jobs->items[0])->call.caller->space;
}

/* Jobs that come meanwhile are added; true when storage is in doubt. */
static bool
run_batch(struct writer *w, struct vec *jobs)
{
	struct space *space = first_space(jobs);
	struct running r = { w, space, desk_at(w->args.desk, space), jobs };
	int64_t began = clock_mono_ms();
	struct vec tasks = VEC_INIT;
	struct batch_end end;

	add_tasks(jobs, 0, &tasks);
	refresh(w);
	if (atomic_load(&r.desk->space->gone))
		refuse_gone(&tasks, &end);
	else
		run_alone(&r, &tasks, &end);
	vec_release(&tasks, NULL);
	report_trouble(&end);
	pulse_batch(w->args.pulse, jobs->len, clock_mono_ms() - began,
		    end.fatal);
	return end.fatal;
}

static void
hand_back(struct writer *w, struct vec *jobs, bool in_doubt)
{
	size_t i;

	for (i = 0; i < jobs->len; i++)
		job_render(jobs->items[i]);
	(void)pthread_mutex_lock(&w->lock);
	for (i = 0; i < jobs->len; i++)
		vec_push(&w->done, jobs->items[i]);
	w->in_doubt = in_doubt;
	(void)pthread_mutex_unlock(&w->lock);
	vec_release(jobs, NULL);
	w->args.wake(w->args.ctx);
}

/* What is wrong shows again at the next edit. */
static void
catch_up(struct desk *d)
{
	struct err err = ERR_INIT;
	int rc = desk_catch_up(d, &err);

	if (rc && rc != PLEIN_EBUSY)
		log_event("index.failed", LOG_TEXT("space", d->space->name),
			  LOG_TEXT("result", err_name(rc)),
			  LOG_TEXT("why", err.msg));
}

/* Spaces may have come or gone. */
static void
look_again(struct writer *w)
{
	struct desk *d;
	size_t i;

	if (w->args.desk->office)
		desks_open_all(w->args.desk->office);
	for (i = 0; (d = desk_nth(w->args.desk, i)); i++)
		if (!atomic_load(&d->space->gone))
			catch_up(d);
}

/* What this round did to pages, whoever did it. What is lost is told to all:
 * who hears of it reads anew, whatever the space. */
static void
tell_others(struct writer *w)
{
	struct vec tidings = VEC_INIT;
	bool lost = false;
	struct desk *d;
	size_t i;

	for (i = 0; (d = desk_nth(w->args.desk, i)); i++)
		tidings_gather(d, &d->told, &tidings, &lost);
	if (tidings.len == 0 && !lost)
		return;
	(void)pthread_mutex_lock(&w->lock);
	for (i = 0; i < tidings.len; i++)
		vec_push(&w->tidings, tidings.items[i]);
	w->lost |= lost;
	(void)pthread_mutex_unlock(&w->lock);
	vec_release(&tidings, NULL);
	w->args.wake(w->args.ctx);
}

static void
write_group(struct writer *w, bool in_doubt)
{
	struct vec done = VEC_INIT;

	if (in_doubt) {
		refuse_all(&w->group.jobs);
		done = w->group.jobs;
		memset(&w->group.jobs, 0, sizeof(w->group.jobs));
	} else {
		refresh(w);
		group_write(&w->group, w->args.desk, &done);
	}
	hand_back(w, &done, in_doubt);
}

static bool
write_batch(struct writer *w, struct vec *jobs, bool in_doubt)
{
	if (in_doubt)
		refuse_all(jobs);
	else
		in_doubt = run_batch(w, jobs);
	hand_back(w, jobs, in_doubt);
	return in_doubt;
}

/* Those of the same space as the first, in order, out of `jobs`. */
static void
take_space(struct vec *jobs, struct vec *out)
{
	const struct space *space = first_space(jobs);
	struct job *j;
	size_t i, left = 0;

	for (i = 0; i < jobs->len; i++) {
		j = jobs->items[i];
		if (j->call.caller->space == space)
			vec_push(out, j);
		else
			jobs->items[left++] = j;
	}
	jobs->len = left;
}

static bool
write_batches(struct writer *w, struct vec *jobs, bool in_doubt)
{
	struct vec some = VEC_INIT;

	while (jobs->len > 0) {
		take_space(jobs, &some);
		in_doubt = write_batch(w, &some, in_doubt);
	}
	return in_doubt;
}

/* One round; true when storage is in doubt. */
static bool
write_jobs(struct writer *w, struct vec *jobs, bool group, bool in_doubt)
{
	group_take(&w->group, jobs);
	if (group || group_comes_before(&w->group, jobs))
		write_group(w, in_doubt);
	in_doubt = write_batches(w, jobs, in_doubt);
	vec_release(jobs, NULL);
	group_release_later(&w->group);
	if (group_delay(&w->group) == 0)
		write_group(w, in_doubt);
	return in_doubt;
}

static void
settle_words(struct desk *d, bool in_doubt)
{
	struct err err = ERR_INIT;
	int rc = in_doubt ? 0 : desk_settle(d, &err);

	wordlag_done(d->lag, in_doubt ? 0 : desk_unsettled(d));
	if (rc && rc != PLEIN_EBUSY)
		log_event("index.failed", LOG_TEXT("result", err_name(rc)),
			  LOG_TEXT("why", err.msg));
}

static void
settle_words_if_due(struct desk *d, bool in_doubt)
{
	if (!d->lag)
		return;
	wordlag_note(d->lag, in_doubt ? 0 : desk_unsettled(d));
	if (wordlag_delay(d->lag) == 0)
		settle_words(d, in_doubt);
}

static void
write_audit(struct writer *w, bool end)
{
	struct err err = ERR_INIT;
	int rc = auditor_write(w->auditor, w->args.desk, end, clock_mono_ms(),
			       &err);

	if (rc)
		log_event("audit.failed", LOG_TEXT("result", err_name(rc)),
			  LOG_TEXT("why", err.msg));
}

static void
settle_all_if_due(struct writer *w, bool in_doubt)
{
	struct desk *d;
	size_t i;

	for (i = 0; (d = desk_nth(w->args.desk, i)); i++)
		settle_words_if_due(d, in_doubt);
}

static void
settle_all(struct writer *w, bool in_doubt)
{
	struct desk *d;
	size_t i;

	for (i = 0; (d = desk_nth(w->args.desk, i)); i++)
		if (d->lag)
			settle_words(d, in_doubt);
}

/* What the next save needs anyway: only while there is none. */
static void
prepare_if_calm(struct writer *w)
{
	struct desk *d;
	bool calm;
	size_t i;

	(void)pthread_mutex_lock(&w->lock);
	calm = w->waiting.jobs.len == 0 && !w->stopping;
	(void)pthread_mutex_unlock(&w->lock);
	for (i = 0; calm && (d = desk_nth(w->args.desk, i)); i++)
		if (d->repo)
			repo_prepare(d->repo);
}

static void *
write_until_stopped(void *arg)
{
	struct writer *w = arg;
	struct vec jobs = VEC_INIT;
	bool in_doubt = false;
	struct cause cause;

	/* for `ps -L`; nothing hangs on it */
	(void)pthread_setname_np(pthread_self(), "writer");
	tell_others(w);
	settle_all_if_due(w, false);
	while (take_waiting(w, &jobs, &cause)) {
		if (cause.poked && !in_doubt)
			look_again(w);
		in_doubt = write_jobs(w, &jobs, cause.group, in_doubt);
		tell_others(w);
		settle_all_if_due(w, in_doubt);
		if (!in_doubt)
			prepare_if_calm(w);
		if (auditor_delay(w->auditor, clock_mono_ms()) == 0)
			write_audit(w, false);
	}
	write_audit(w, true);
	settle_all(w, in_doubt);
	vec_release(&w->group.jobs, NULL);
	vec_release(&w->group.later, NULL);
	return NULL;
}

int
writer_start(struct writer **out, const struct writer_args *args,
	     struct err *err)
{
	struct writer *w = mem_alloc(sizeof(*w));
	pthread_condattr_t attr;
	int rc;

	w->args = *args;
	w->waiting.max = args->max;
	w->auditor = auditor_new();
	/* none of these can fail on Linux */
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&w->filled, &attr);
	(void)pthread_condattr_destroy(&attr);
	rc = pthread_create(&w->thread, NULL, write_until_stopped, w);
	if (rc) {
		writer_free(w);
		return err_set_errno(err, rc, "start the writer");
	}
	*out = w;
	return 0;
}

int
writer_push(struct writer *w, struct job *j, struct err *err)
{
	int rc = 0;

	(void)pthread_mutex_lock(&w->lock);
	if (w->in_doubt || w->stopping)
		rc = err_set(err, PLEIN_EBUSY, "the wiki is starting anew");
	else
		rc = queue_put(&w->waiting, j, err);
	if (!rc) {
		tell_waiting(w);
		(void)pthread_cond_signal(&w->filled);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return rc;
}

void
writer_note_record(struct writer *w, struct audit_record *r_take, bool refused)
{
	if (!w) {
		audit_record_free(r_take);
		return;
	}
	auditor_note(w->auditor, r_take, refused, clock_mono_ms());
	(void)pthread_mutex_lock(&w->lock);
	(void)pthread_cond_signal(&w->filled);
	(void)pthread_mutex_unlock(&w->lock);
}

void
writer_note_refused(struct writer *w, const char *peer, const char *reason,
		    int64_t n)
{
	writer_note_record(w, auditing_refusal(peer, reason, n), true);
}

void
writer_note(struct writer *w, const struct task *t)
{
	enum auditing_note note =
		w ? auditing_judge(t->method, t->call, t->result)
		  : AUDITING_NOTHING;

	if (note == AUDITING_NOTHING)
		return;
	writer_note_record(w, auditing_describe(t->method, t->call, t->result),
			   note == AUDITING_REFUSED);
}

void
writer_poke(struct writer *w)
{
	(void)pthread_mutex_lock(&w->lock);
	w->poked = true;
	(void)pthread_cond_signal(&w->filled);
	(void)pthread_mutex_unlock(&w->lock);
}

void
writer_take(struct writer *w, struct vec *out)
{
	size_t i;

	(void)pthread_mutex_lock(&w->lock);
	for (i = 0; i < w->done.len; i++)
		vec_push(out, w->done.items[i]);
	vec_release(&w->done, NULL);
	(void)pthread_mutex_unlock(&w->lock);
}

void
writer_take_tidings(struct writer *w, struct vec *out, bool *lost)
{
	size_t i;

	(void)pthread_mutex_lock(&w->lock);
	for (i = 0; i < w->tidings.len; i++)
		vec_push(out, w->tidings.items[i]);
	*lost = w->lost;
	w->lost = false;
	vec_release(&w->tidings, NULL);
	(void)pthread_mutex_unlock(&w->lock);
}

bool
writer_is_in_doubt(struct writer *w)
{
	bool in_doubt;

	(void)pthread_mutex_lock(&w->lock);
	in_doubt = w->in_doubt;
	(void)pthread_mutex_unlock(&w->lock);
	return in_doubt;
}

void
writer_stop(struct writer *w)
{
	(void)pthread_mutex_lock(&w->lock);
	w->stopping = true;
	(void)pthread_cond_signal(&w->filled);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
}

void
writer_free(struct writer *w)
{
	if (!w)
		return;
	queue_release(&w->waiting);
	vec_release(&w->done, job_free);
	vec_release(&w->tidings, tiding_free);
	auditor_free(w->auditor);
	(void)pthread_cond_destroy(&w->filled);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}
