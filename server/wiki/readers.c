/* readers.c - see readers.h. */
#include "wiki/readers.h"

#include <pthread.h>
#include <stdlib.h>

#include "plein/mem.h"
#include "plein/vec.h"
#include "wiki/desk.h"

struct readers {
	struct readers_args args;
	pthread_mutex_t lock;
	struct vec desks; /* struct desk *, those nobody uses; guarded */
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
free_desk(void *desk)
{
	desk_close(desk);
	free(desk);
}

void
readers_free(struct readers *r)
{
	if (!r)
		return;
	vec_release(&r->desks, free_desk);
	(void)pthread_mutex_destroy(&r->lock);
	free(r);
}

static struct desk *
pop_desk(struct readers *r)
{
	struct desk *d = NULL;

	(void)pthread_mutex_lock(&r->lock);
	if (r->desks.len > 0)
		d = vec_remove(&r->desks, r->desks.len - 1);
	(void)pthread_mutex_unlock(&r->lock);
	return d;
}

static int
borrow_desk(struct readers *r, struct desk **out, struct err *err)
{
	const struct desk_setup setup = { false,	   r->args.rebuild,
					  r->args.pushes,  r->args.pulse,
					  r->args.lag,	   r->args.speller,
					  r->args.bigtexts };
	struct err trouble;
	struct desk *d = pop_desk(r);
	int rc;

	if (!d) {
		d = mem_alloc(sizeof(*d));
		rc = desk_open(d, &setup, &trouble, err);
		if (rc) {
			free_desk(d);
			return rc;
		}
		d->edition = atomic_load(r->args.edition);
	}
	desk_refresh(d, atomic_load(r->args.edition));
	*out = d;
	return 0;
}

static void
return_desk(struct readers *r, struct desk *d)
{
	(void)pthread_mutex_lock(&r->lock);
	vec_push(&r->desks, d);
	(void)pthread_mutex_unlock(&r->lock);
}

static void
run_on_pool(uv_work_t *work)
{
	struct job *j = work->data;
	struct desk *d;

	j->task.result = borrow_desk(j->readers, &d, &j->call.err);
	if (!j->task.result) {
		job_run(j, d);
		return_desk(j->readers, d);
	}
	job_render(j);
}

static void
finish_on_loop(uv_work_t *work, int status)
{
	struct job *j = work->data;

	(void)status; /* jobs are never cancelled */
	j->readers->args.done(j->readers->args.ctx, j);
}

int
readers_push(struct readers *r, struct job *j, struct err *err)
{
	j->readers = r;
	j->work.data = j;
	if (uv_queue_work(r->args.loop, &j->work, run_on_pool, finish_on_loop))
		return err_set(err, PLEIN_EBUSY, "no thread to read with");
	return 0;
}
