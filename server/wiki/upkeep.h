/*
 * upkeep.h - when the repository is maintained, and in which order: count,
 * have git pack what is loose (the supervisor starts it), take away what is
 * packed (store/maintain.h), have git renew the commit-graph. On the loop
 * thread; what touches the disk runs on the pool. Idle, it wakes nobody up.
 */
#ifndef PLEIN_WIKI_UPKEEP_H
#define PLEIN_WIKI_UPKEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "wiki/pulse.h"
#include "wiki/space.h"

/* From how much on it is worth it, and how often at most. */
struct upkeep_limits {
	size_t loose; /* objects */
	size_t packs;
	int quiet_ms; /* from the first write to counting */
	int rest_ms; /* from one run to counting again, at least … */
	int rest_times; /* … and this many times as long as the run took */
};

struct upkeep;

struct upkeep_args {
	uv_loop_t *loop;
	const struct upkeep_limits *limits;
	struct pulse *pulse;
	struct spacelist *list; /* `wanted` of one asks for a run, whatever is
				   counted */
	/* Have the supervisor do a task; upkeep_report() when it ended.
	 * False when it cannot be asked. */
	bool (*ask)(void *ctx, const char *task, const char *space);
	void *ctx;
};

struct upkeep *
upkeep_new(const struct upkeep_args *args);

/* Something was written there (NULL: in the default space), or its `wanted`
 * was set: look in a while. */
void
upkeep_touch(struct upkeep *u, struct space *space);

/* The same for all. */
void
upkeep_touch_all(struct upkeep *u);

/* The supervisor says that a task ended, with this exit status. */
void
upkeep_report(struct upkeep *u, const char *task, int status);

/* Start nothing more; NULL is allowed. Its handles are closed by who closes
 * the loop's. */
void
upkeep_stop(struct upkeep *u);

/* After the loop has ended; NULL is allowed. */
void
upkeep_free(struct upkeep *u);

#endif
