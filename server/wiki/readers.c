/* readers.c - see readers.h. */
#include "wiki/readers.h"

#include <pthread.h>
#include <stdlib.h>

#include "plein/mem.h"
#include "plein/vec.h"
#include "wiki/desks.h"
#include "wiki/turns.h"

struct readers {
	struct readers_args args;
	pthread_mutex_t lock;
	struct vec desks; /* struct desks *, those nobody uses; guarded */
	struct turns turns; /* of what is costly; the loop's */
};

struct readers *
readers_new(const struct readers_args *args)
{
	struct readers *r = mem_alloc(sizeof(*r));

	r->args = *args;
	/* cannot fail with default attributes on Linux */
	(void)pthread_mutex_init(&r->lock, NULL);
	return r;
}

static void
free_desks(void *desks)
{
	desks_close(desks);
	free(desks);
}

void
readers_free(struct readers *r)
{
	if (!r)
		return;
	vec_release(&r->desks, free_desks);
	vec_release(&r->turns.waiting, NULL); /* none: no job is under way */
	(void)pthread_mutex_destroy(&r->lock);
	free(r);
}

static struct desks *
pop_desks(struct readers *r)
{
	struct desks *d = NULL;

	(void)pthread_mutex_lock(&r->lock);
	if (r->desks.len > 0)
		d = vec_remove(&r->desks, r->desks.len - 1);
	(void)pthread_mutex_unlock(&r->lock);
	return d;
}

static int
borrow_desks(struct readers *r, struct desks **out, struct err *err)
{
	struct err trouble;
	struct desks *d = pop_desks(r);
	int rc;

	if (!d) {
		d = mem_alloc(sizeof(*d));
		rc = desks_open(d, &r->args.setup, &trouble, err);
		if (rc) {
			free_desks(d);
			return rc;
		}
		desks_first(d)->edition = atomic_load(r->args.edition);
	}
	desks_refresh(d, atomic_load(r->args.edition));
	*out = d;
	return 0;
}

static void
return_desks(struct readers *r, struct desks *d)
{
	(void)pthread_mutex_lock(&r->lock);
	vec_push(&r->desks, d);
	(void)pthread_mutex_unlock(&r->lock);
}

static void
run_on_pool(uv_work_t *work)
{
	struct job *j = work->data;
	struct desks *d;

	j->task.result = borrow_desks(j->readers, &d, &j->call.err);
	if (!j->task.result) {
		job_run(j, desks_at(d, j->call.caller->space));
		return_desks(j->readers, d);
	}
	job_render(j);
}

static void
give_back(struct job *j)
{
	const struct readers_args *args = &j->readers->args;

	if (!j->task.result && j->call.next)
		args->pass_on(args->ctx, j);
	else
		args->done(args->ctx, j);
}

static void
finish_on_loop(uv_work_t *work, int status);

static int
start(struct readers *r, struct job *j, struct err *err)
{
	if (uv_queue_work(r->args.loop, &j->work, run_on_pool, finish_on_loop))
		return err_set(err, PLEIN_EBUSY, "no thread to read with");
	return 0;
}

static void
start_next(struct readers *r)
{
	struct job *j;
	struct err err;

	while ((j = turns_next(&r->turns)) && start(r, j, &err)) {
		job_refuse(j, err.code, err.msg);
		job_render(j);
		give_back(j);
	}
}

static void
finish_on_loop(uv_work_t *work, int status)
{
	struct job *j = work->data;

	(void)status; /* jobs are never cancelled */
	if (j->task.method->place == PLACE_COSTLY)
		start_next(j->readers);
	give_back(j);
}

int
readers_push(struct readers *r, struct job *j, struct err *err)
{
	bool now = true;
	int rc = 0;

	j->readers = r;
	j->work.data = j;
	if (j->task.method->place == PLACE_COSTLY)
		rc = turns_take(&r->turns, j, &now, err);
	if (rc || !now)
		return rc;
	rc = start(r, j, err);
	if (rc && j->task.method->place == PLACE_COSTLY)
		start_next(r);
	return rc;
}
