/*
 * readers.h - pool threads for reading. Each job borrows desks of its own;
 * what is free again is kept for the next.
 */
#ifndef PLEIN_WIKI_READERS_H
#define PLEIN_WIKI_READERS_H

#include <stdatomic.h>
#include <uv.h>

#include "plein/err.h"
#include "wiki/desk.h"
#include "wiki/job.h"

struct readers_args {
	uv_loop_t *loop;
	const atomic_int *edition; /* of plein.conf */
	struct desk_setup setup; /* of its desks */
	void (*done)(void *ctx, struct job *j); /* on the loop */
	/* The same, for one that the writer is to go on with (call.next). */
	void (*pass_on)(void *ctx, struct job *j);
	void *ctx;
};

struct readers *
readers_new(const struct readers_args *args);

/* When no job is under way any more. NULL is allowed. */
void
readers_free(struct readers *r);

/* Run on a pool thread, in its turn if it is costly; `done` or `pass_on` gets
 * it back, rendered. PLEIN_EBUSY. On the loop. */
int
readers_push(struct readers *r, struct job *j, struct err *err);

#endif
