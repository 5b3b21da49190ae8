/*
 * job.h - one request on its way: from a stream to the thread its row names
 * and back. Made and freed on the loop; in between one thread has it.
 */
#ifndef PLEIN_WIKI_JOB_H
#define PLEIN_WIKI_JOB_H

#include <jansson.h>
#include <uv.h>

#include "plein/buf.h"
#include "wiki/batch.h"
#include "wiki/method.h"

struct session;
struct readers;

struct job {
	struct session *session; /* outlives the job */
	json_t *id; /* NULL: nobody waits for the answer */
	struct call call;
	unsigned changes; /* of rights there had been when it began */
	struct task task;
	struct buf answer; /* the line, made by the thread that ran it */
	uv_work_t work; /* readers only */
	struct readers *readers;
};

/* `id` and `params` are shared; `who` must live until job_free(). */
struct job *
job_new(const struct method *m, const struct caller *who, json_t *id,
	json_t *params);

void
job_free(void *job);

/* Run it on a desk; not for the writer's (batch_run()). */
void
job_run(struct job *j, struct desk *d);

/* It was not run: this is its outcome. */
void
job_refuse(struct job *j, int code, const char *why);

/* Turn the outcome into the line of the answer. */
void
job_render(struct job *j);

/* A record of what changes something, and of who signs in. */
void
job_log(const struct job *j);

#endif
