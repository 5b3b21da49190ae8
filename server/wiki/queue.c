/* queue.c - see queue.h. */
#include "wiki/queue.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

/* Whoever has no account (the host, who signs in) is nobody in particular. */
static bool
is_same_person(const struct job *a, const struct job *b)
{
	const char *x = a->call.caller->handle, *y = b->call.caller->handle;

	return x && y ? strcmp(x, y) == 0 : x == y;
}

/* How many of the first `n` are of the same person as `j`. */
static size_t
count_same(const struct vec *jobs, size_t n, const struct job *j)
{
	size_t i, same = 0;

	for (i = 0; i < n; i++)
		same += is_same_person(jobs->items[i], j);
	return same;
}

static size_t
share_of(const struct queue *q)
{
	return (q->max + QUEUE_SHARES - 1) / QUEUE_SHARES;
}

int
queue_put(struct queue *q, struct job *j, struct err *err)
{
	if (q->jobs.len >= q->max)
		return err_set(err, PLEIN_EBUSY,
			       "too many edits wait, try later");
	if (q->jobs.len >= share_of(q) &&
	    count_same(&q->jobs, q->jobs.len, j) >= share_of(q))
		return err_set(err, PLEIN_EBUSY,
			       "too many edits of yours wait, try later");
	vec_push(&q->jobs, j);
	return 0;
}

/*
 * The turn of each job: 0 for the first of a person, 1 for their second. The
 * last turn of which at least some can be taken, and how many of that one.
 */
static size_t *
find_turns(const struct queue *q, size_t n, size_t *last, size_t *room)
{
	size_t *turns = mem_array(q->jobs.len, sizeof(*turns));
	size_t *sizes = mem_array(q->jobs.len, sizeof(*sizes));
	size_t i;

	for (i = 0; i < q->jobs.len; i++) {
		turns[i] = count_same(&q->jobs, i, q->jobs.items[i]);
		sizes[turns[i]]++;
	}
	for (i = 0; sizes[i] < n; i++)
		n -= sizes[i];
	*last = i;
	*room = n;
	free(sizes);
	return turns;
}

static void
take_fairly(struct queue *q, size_t n, struct vec *out)
{
	size_t last, room, i, left = 0;
	size_t *turns = find_turns(q, n, &last, &room);
	bool taken;

	for (i = 0; i < q->jobs.len; i++) {
		taken = turns[i] < last || (turns[i] == last && room > 0);
		if (taken && turns[i] == last)
			room--;
		if (taken)
			vec_push(out, q->jobs.items[i]);
		else
			q->jobs.items[left++] = q->jobs.items[i];
	}
	q->jobs.len = left;
	free(turns);
}

void
queue_take(struct queue *q, size_t n, struct vec *out)
{
	size_t i;

	if (q->jobs.len > n) {
		take_fairly(q, n, out);
		return;
	}
	for (i = 0; i < q->jobs.len; i++)
		vec_push(out, q->jobs.items[i]);
	q->jobs.len = 0;
}

bool
queue_fits(const struct queue *q, const struct space *space)
{
	const struct job *j;
	size_t i;

	for (i = 0; i < q->jobs.len; i++) {
		j = q->jobs.items[i];
		if (j->task.method->place == PLACE_GROUPED ||
		    j->call.caller->space != space)
			return false;
	}
	return true;
}

void
queue_release(struct queue *q)
{
	vec_release(&q->jobs, job_free);
}
