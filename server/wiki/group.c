/* group.c - see group.h. */
#include "wiki/group.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "wiki/call.h"
#include "wiki/erased.h"
#include "wiki/handlers.h"
#include "wiki/job.h"

static bool
is_same_person(const struct call *a, const struct call *b)
{
	return a->caller->handle && b->caller->handle &&
	       strcmp(a->caller->handle, b->caller->handle) == 0;
}

/* Is one of the first `n` jobs of this person? */
static bool
is_behind(const struct job *j, const struct vec *jobs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (is_same_person(&j->call,
				   &((struct job *)jobs->items[i])->call))
			return true;
	return false;
}

static void
add_job(struct group *g, struct job *j)
{
	if (g->jobs.len == 0)
		g->due = clock_mono_ms() + GROUP_MS;
	vec_push(&g->jobs, j);
}

void
group_take(struct group *g, struct vec *jobs)
{
	size_t i, kept = 0;
	struct job *j;

	for (i = 0; i < jobs->len; i++) {
		j = jobs->items[i];
		if (j->task.method->place != PLACE_GROUPED)
			jobs->items[kept++] = j;
		else if (is_behind(j, jobs, kept))
			vec_push(&g->later, j);
		else
			add_job(g, j);
	}
	jobs->len = kept;
}

int
group_delay(const struct group *g)
{
	int64_t left;

	if (g->jobs.len == 0)
		return -1;
	left = g->due - clock_mono_ms();
	return g->jobs.len >= GROUP_JOBS || left <= 0 ? 0 : (int)left;
}

bool
group_comes_before(const struct group *g, const struct vec *jobs)
{
	size_t i;

	for (i = 0; i < jobs->len; i++)
		if (is_behind(jobs->items[i], &g->jobs, g->jobs.len))
			return true;
	return false;
}

void
group_release_later(struct group *g)
{
	size_t i;

	for (i = 0; i < g->later.len; i++)
		add_job(g, g->later.items[i]);
	g->later.len = 0;
}

/* --- writing ---------------------------------------------------------- */

static bool
is_same_draft(const struct task *a, const struct task *b)
{
	return a->call->caller->space == b->call->caller->space &&
	       a->method->run == handle_draft_put &&
	       b->method->run == handle_draft_put &&
	       is_same_person(a->call, b->call) &&
	       strcmp(call_text(a->call, "address"),
		      call_text(b->call, "address")) == 0;
}

/* The newest that makes this one needless, or NULL. */
static const struct task *
find_newest(struct task *const *tasks, size_t n, size_t i)
{
	size_t k;

	for (k = n; k-- > i + 1;)
		if (is_same_draft(tasks[i], tasks[k]))
			return tasks[k];
	return NULL;
}

/* Does this end the transaction, and not just one change? */
static bool
is_grave(int rc)
{
	return rc == PLEIN_EIO || rc == PLEIN_ENOSPACE ||
	       rc == PLEIN_ECORRUPT || rc == PLEIN_EBUSY;
}

static void
fail_all(struct task *const *tasks, size_t n, int rc, const struct err *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		json_decref(tasks[i]->call->result);
		tasks[i]->call->result = NULL;
		tasks[i]->call->err = *err;
		tasks[i]->result = rc;
	}
}

/* The code everybody gets, or 0. */
static int
run_tasks(struct desk *d, struct task *const *tasks, size_t n, struct err *err)
{
	size_t i;
	int rc;

	for (i = 0; i < n; i++) {
		if (find_newest(tasks, n, i))
			continue;
		rc = erased_run(desk_at(d, tasks[i]->call->caller->space),
				tasks[i]->method, tasks[i]->call);
		tasks[i]->result = rc;
		*err = tasks[i]->call->err;
		if (is_grave(rc))
			return rc;
	}
	return 0;
}

/* What was not written fares as what was written in its place. */
static void
share_results(struct task *const *tasks, size_t n)
{
	const struct task *newest;
	size_t i;

	for (i = 0; i < n; i++) {
		newest = find_newest(tasks, n, i);
		if (!newest)
			continue;
		tasks[i]->result = newest->result;
		tasks[i]->call->err = newest->call->err;
	}
}

void
group_run(struct desk *d, struct task *const *tasks, size_t n)
{
	struct err err = ERR_INIT;
	int rc = desk_need_state(d, &err);

	if (!rc)
		rc = state_begin(d->state, &err);
	if (!rc) {
		rc = run_tasks(d, tasks, n, &err);
		if (rc)
			state_abort(d->state);
		else
			rc = state_commit(d->state, &err);
	}
	if (rc)
		fail_all(tasks, n, rc, &err);
	else
		share_results(tasks, n);
}

void
group_write(struct group *g, struct desk *d, struct vec *done)
{
	struct task **tasks = mem_array(g->jobs.len, sizeof(*tasks));
	size_t i;

	for (i = 0; i < g->jobs.len; i++)
		tasks[i] = &((struct job *)g->jobs.items[i])->task;
	group_run(d, tasks, g->jobs.len);
	free(tasks);
	for (i = 0; i < g->jobs.len; i++)
		vec_push(done, g->jobs.items[i]);
	g->jobs.len = 0;
}
