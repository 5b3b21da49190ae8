/*
 * writer.h - the one thread that writes. It takes the jobs that wait (queue.h)
 * as one batch and gives them back when their outcome is on stable storage.
 * Those of PLACE_GROUPED wait for each other first (group.h).
 */
#ifndef PLEIN_WIKI_WRITER_H
#define PLEIN_WIKI_WRITER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "wiki/desk.h"
#include "wiki/job.h"
#include "wiki/pulse.h"

struct audit_record;
struct writer;

struct writer_args {
	struct desk *desk; /* the writer's own from now on, not its memory */
	const atomic_int *edition; /* of plein.conf */
	size_t max; /* jobs that may wait: see queue.h */
	struct pulse *pulse;
	void (*wake)(void *ctx); /* called by the thread: writer_take() */
	void *ctx;
};

int
writer_start(struct writer **out, const struct writer_args *args,
	     struct err *err);

/* Errors as queue_put(); PLEIN_EBUSY also after writer_is_in_doubt(). */
int
writer_push(struct writer *w, struct job *j, struct err *err);

/*
 * A request is over, wherever it ran: the audit log hears of it if it wants
 * to. Without a writer (NULL) nobody listens any more.
 */
void
writer_note(struct writer *w, const struct task *t);

/* The same for who was turned away n times before they could ask anything. */
void
writer_note_refused(struct writer *w, const char *peer, const char *reason,
		    int64_t n);

/* The same for this record. */
void
writer_note_record(struct writer *w, struct audit_record *r_take, bool refused);

/* Look at main and the index once more, even when no job waits. */
void
writer_poke(struct writer *w);

/* Append the finished jobs to `out`, in order, rendered. */
void
writer_take(struct writer *w, struct vec *out);

/* Append what happened meanwhile, struct tiding *; *lost: see tidings.h. */
void
writer_take_tidings(struct writer *w, struct vec *out, bool *lost);

/*
 * A sync failed: what is stored is not known, so nothing may be acknowledged
 * until the process was started anew.
 */
bool
writer_is_in_doubt(struct writer *w);

/* Finish what waits and end the thread; then writer_take() and writer_free().
 */
void
writer_stop(struct writer *w);

void
writer_free(struct writer *w);

#endif
