/*
 * turns.h - jobs that cost so much (a password's hash: 64 MiB) that few run
 * at a time; the others wait, in order, and not too many. For the loop.
 */
#ifndef PLEIN_WIKI_TURNS_H
#define PLEIN_WIKI_TURNS_H

#include <stdbool.h>

#include "plein/err.h"
#include "plein/vec.h"

#define TURNS_AT_ONCE 2
#define TURNS_WAITING 64

struct job;

struct turns {
	struct vec waiting; /* struct job *, borrowed */
	int running;
};

/* May it run now? If not it waits; PLEIN_EBUSY when too many do. */
int
turns_take(struct turns *t, struct job *j, bool *now, struct err *err);

/* One of those that ran is over: the one to run next, or NULL. */
struct job *
turns_next(struct turns *t);

#endif
