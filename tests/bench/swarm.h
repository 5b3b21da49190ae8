/*
 * swarm.h - many people at once, each over an SSH connection of their own,
 * from one process: a client with libssh that shows nothing. They type in
 * the editor, each in a page of their own, at a steady pace; some of them save
 * all the time. Nobody waits for others, so a key is due at any moment, but the
 * same in each run. What is late counts from when the key was due, not from when
 * the last one had been answered.
 */
#ifndef PLEIN_BENCH_SWARM_H
#define PLEIN_BENCH_SWARM_H

#include <stdbool.h>
#include <stddef.h>

#include "fixture.h"

struct swarm_plan {
	int people;
	int savers; /* of these */
	bool together; /* all of them save at the same moment */
	int first; /* page of prose.h that the first one edits */
	double keys; /* a second, of each */
	double warm_s, seconds; /* before counting, and while */
};

struct swarm_times {
	double *keys_ms, *saves_ms;
	size_t n_keys, n_saves;
	double slowest_login_ms;
};

/* Lets them in, types, ends. Ends the program when somebody gets stuck. */
void
swarm_run(const struct fixture *f, const struct swarm_plan *plan,
	  struct swarm_times *out);

void
swarm_release(struct swarm_times *t);

#endif
