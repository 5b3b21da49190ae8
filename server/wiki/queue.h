/*
 * queue.h - jobs that wait for the writer: bounded, and fair between people.
 *
 * Who sends much waits for themselves: nobody has more than their share of
 * the room, and of what is taken at once everybody gets one before anybody
 * gets a second. What one person asks is taken in the order it was asked.
 */
#ifndef PLEIN_WIKI_QUEUE_H
#define PLEIN_WIKI_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "wiki/job.h"

#define QUEUE_SHARES 8 /* so much of the room is one person's, 1/8 */

struct queue {
	struct vec jobs; /* struct job *, in order of arrival */
	size_t max; /* of them all */
};

/* PLEIN_EBUSY when it is full, or this person's share of it. */
int
queue_put(struct queue *q, struct job *j, struct err *err);

/* Append at most `n` of them to `out`, in order of arrival. */
void
queue_take(struct queue *q, size_t n, struct vec *out);

/* Are all of them of this space, and none of PLACE_GROUPED? */
bool
queue_fits(const struct queue *q, const struct space *space);

void
queue_release(struct queue *q);

#endif
