/* verdicts.c - see verdicts.h. */
#include "wiki/verdicts.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/vec.h"

struct verdict {
	char *handle;
	int64_t when;
};

struct verdicts {
	uv_timer_t timer;
	struct vec waiting; /* struct verdict * */
	void (*tell)(void *ctx, const char *handle);
	void *ctx;
};

static struct verdict *
verdict_at(const struct verdicts *v, size_t i)
{
	return v->waiting.items[i];
}

static void
free_verdict(void *item)
{
	struct verdict *one = item;

	free(one->handle);
	free(one);
}

static void
wait_for_next(struct verdicts *v);

static void
on_timer(uv_timer_t *timer)
{
	struct verdicts *v = timer->data;
	int64_t now = clock_wall();
	struct verdict *one;

	for (size_t i = 0; i < v->waiting.len;) {
		if (verdict_at(v, i)->when > now) {
			i++;
			continue;
		}
		one = vec_remove(&v->waiting, i);
		v->tell(v->ctx, one->handle);
		free_verdict(one);
	}
	wait_for_next(v);
}

/* A clock that was set meanwhile is looked at again. */
static void
wait_for_next(struct verdicts *v)
{
	int64_t now = clock_wall(), first = 0;

	for (size_t i = 0; i < v->waiting.len; i++)
		if (!first || verdict_at(v, i)->when < first)
			first = verdict_at(v, i)->when;
	if (first)
		(void)uv_timer_start(
			&v->timer, on_timer,
			first > now ? (uint64_t)(first - now) * 1000 : 0,
			0); /* it has a callback */
}

struct verdicts *
verdicts_new(uv_loop_t *loop, void (*tell)(void *ctx, const char *handle),
	     void *ctx)
{
	struct verdicts *v = mem_alloc(sizeof(*v));

	(void)uv_timer_init(loop, &v->timer); /* always 0 */
	v->timer.data = v;
	v->tell = tell;
	v->ctx = ctx;
	return v;
}

void
verdicts_add(struct verdicts *v, const char *handle, int64_t when)
{
	struct verdict *one = NULL;

	for (size_t i = 0; i < v->waiting.len && !one; i++)
		if (strcmp(verdict_at(v, i)->handle, handle) == 0)
			one = verdict_at(v, i);
	if (!one) {
		one = mem_alloc(sizeof(*one));
		one->handle = mem_strdup(handle);
		vec_push(&v->waiting, one);
	}
	one->when = when;
	wait_for_next(v);
}

void
verdicts_stop(struct verdicts *v)
{
	if (v)
		(void)uv_timer_stop(&v->timer); /* always 0 */
}

void
verdicts_free(struct verdicts *v)
{
	if (!v)
		return;
	vec_release(&v->waiting, free_verdict);
	free(v);
}
