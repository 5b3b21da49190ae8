/*
 * group.h - what people do many times a minute and need not be on stable
 * storage at once: texts being typed, pages read. Such jobs wait for each
 * other up to GROUP_MS and become one transaction of state.db; they are
 * answered when it is committed. Of two that put the same draft only the
 * newer one is written.
 *
 * A person's own order holds: what was grouped before a job of the same
 * person that is not grouped is written before it runs, what came later is
 * written after it.
 */
#ifndef PLEIN_WIKI_GROUP_H
#define PLEIN_WIKI_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/vec.h"
#include "wiki/batch.h"
#include "wiki/desk.h"

#define GROUP_MS 250
#define GROUP_JOBS 64 /* more do not wait */

/* All zero when new. */
struct group {
	struct vec jobs; /* struct job *: to be written next */
	struct vec later; /* those behind a job of the same person */
	int64_t due; /* clock_mono_ms() at which jobs must go */
};

/* Take the jobs of PLACE_GROUPED out of `jobs`; the rest stays, in order. */
void
group_take(struct group *g, struct vec *jobs);

/* Milliseconds until something must be written; 0: now, -1: nothing waits. */
int
group_delay(const struct group *g);

/* Must what waits be written before these run? */
bool
group_comes_before(const struct group *g, const struct vec *jobs);

/* Write what waits; the jobs are appended to `done`, their results final. */
void
group_write(struct group *g, struct desk *d, struct vec *done);

/* What came behind the jobs that have run now may be written. */
void
group_release_later(struct group *g);

/* The transaction: each task's result is final when this returns. */
void
group_run(struct desk *d, struct task *const *tasks, size_t n);

#endif
