/*
 * trail.h - backwards along main after one file: the commits in which it
 * changed, newest first, without looking at anything else.
 */
#ifndef PLEIN_STORE_TRAIL_H
#define PLEIN_STORE_TRAIL_H

#include <stdint.h>

#include "plein/err.h"
#include "store/repo.h"

struct trail;

/* Begin at a commit of main; trail_close() it. */
int
trail_open(struct trail **out, struct repo *r, const struct repo_id *from,
	   struct err *err);

/* NULL is allowed. */
void
trail_close(struct trail *t);

struct trail_step {
	struct repo_id commit;
	struct repo_id parent; /* "" = it is the first */
	int64_t back; /* so many commits before the one it began at */
	struct repo_id now, before; /* of the file; "" = not there */
};

/*
 * The nearest commit, from where the trail is, that changed the file at
 * `path`: 1, and the trail is at its parent; 0 when there is none; PLEIN_EBUSY
 * when the clock (clock_mono_ms()) passed `deadline` before, and another call
 * goes on from there.
 */
int
trail_next(struct trail *t, const char *path, int64_t deadline,
	   struct trail_step *step, struct err *err);

/* The same for a commit itself; step->now and before stay "". */
int
trail_find(struct trail *t, const struct repo_id *commit, int64_t deadline,
	   struct trail_step *step, struct err *err);

/* Where it is: the commit that is looked at next, and how far back. */
void
trail_place(const struct trail *t, struct trail_step *step);

#endif
