/*
 * pulse.h - what the wiki process knows about itself while it serves: a few
 * numbers that its threads write, each one of them by one thread, and that
 * wiki.health shows. No locks: every number is right, together they may be a
 * moment apart.
 */
#ifndef PLEIN_WIKI_PULSE_H
#define PLEIN_WIKI_PULSE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pulse {
	int64_t started; /* seconds since 1970 */
	atomic_llong sessions; /* of people and programs that signed in */
	/* the writer */
	atomic_llong waiting; /* requests in its queue */
	atomic_llong batches, tasks; /* since the start */
	atomic_llong batch_at, batch_ms, batch_tasks; /* of the last one */
	atomic_bool in_doubt; /* a sync failed: nothing is acknowledged */
	/* maintenance */
	atomic_bool running;
	atomic_llong runs; /* ended, well or not, since the start */
	atomic_llong run_at, run_ms; /* of the last one */
	atomic_bool run_failed;
};

void
pulse_init(struct pulse *p);

/* A batch of `tasks` requests took `ms`; `in_doubt`: see wiki/writer.h. */
void
pulse_batch(struct pulse *p, size_t tasks, int64_t ms, bool in_doubt);

/* A run of maintenance ended after `ms`. */
void
pulse_maintained(struct pulse *p, int64_t ms, bool failed);

#endif
