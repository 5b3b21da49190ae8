/* pulse.c - see pulse.h. */
#include "wiki/pulse.h"

#include <string.h>

#include "plein/clock.h"

void
pulse_init(struct pulse *p)
{
	memset(p, 0, sizeof(*p));
	p->started = clock_wall();
}

void
pulse_batch(struct pulse *p, size_t tasks, int64_t ms, bool in_doubt)
{
	atomic_fetch_add(&p->batches, 1);
	atomic_fetch_add(&p->tasks, (long long)tasks);
	atomic_store(&p->batch_at, clock_wall());
	atomic_store(&p->batch_ms, ms);
	atomic_store(&p->batch_tasks, (long long)tasks);
	atomic_store(&p->in_doubt, in_doubt);
}

void
pulse_maintained(struct pulse *p, int64_t ms, bool failed)
{
	atomic_store(&p->run_at, clock_wall());
	atomic_store(&p->run_ms, ms);
	atomic_store(&p->run_failed, failed);
	atomic_fetch_add(&p->runs, 1);
}
