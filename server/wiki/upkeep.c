/*
 * upkeep.c - see upkeep.h.
 *
 *	RESTING → WAITING → COUNTING → PACKING → PRUNING → GRAPHING → RESTING
 *
 * One repository at a time, each in its turn. Counting that finds little, and whatever fails, leads back to RESTING. A
 * new wiki process knows nothing of what an earlier one began: every step
 * leaves the repository whole, so it just begins anew.
 */
#include "wiki/upkeep.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/err.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "store/maintain.h"
#include "wiki/space.h"

enum phase { RESTING, WAITING, COUNTING, PACKING, PRUNING, GRAPHING, N_PHASES };

/* Which step may follow which. */
static const bool legal[N_PHASES][N_PHASES] = {
	[RESTING] = { [WAITING] = true },
	[WAITING] = { [COUNTING] = true },
	[COUNTING] = { [RESTING] = true, [PACKING] = true },
	[PACKING] = { [RESTING] = true, [PRUNING] = true },
	[PRUNING] = { [RESTING] = true, [GRAPHING] = true },
	[GRAPHING] = { [RESTING] = true },
};

struct upkeep {
	struct upkeep_args args;
	enum phase phase;
	struct space *space; /* that is looked at now, or was last */
	bool stopped;
	uv_timer_t timer;
	uv_work_t work;
	int64_t began; /* packing */
	int64_t earliest; /* when counting may begin again */
	/* results of work on the pool, read when it is done */
	struct maintain_count count;
	struct maintain_pruned pruned;
	struct err err;
};

static void
enter(struct upkeep *u, enum phase phase);

static void
wait_for_turn(struct upkeep *u);

static bool
is_wanted(const struct space *s)
{
	return atomic_load(&s->wanted);
}

static bool
is_touched(const struct space *s)
{
	return atomic_load(&s->touched);
}

/* One of which that is so, behind the last that was looked at; or NULL. */
static struct space *
find_space(const struct upkeep *u, bool (*is_so)(const struct space *s))
{
	struct space *s, *first = NULL;
	bool behind = false;
	size_t i;

	for (i = 0; (s = spacelist_at(u->args.list, i)); i++) {
		if (!atomic_load(&s->gone) && is_so(s)) {
			if (behind)
				return s;
			first = first ? first : s;
		}
		behind = behind || s == u->space;
	}
	return first;
}

static void
fail(struct upkeep *u, const char *step, const char *why)
{
	log_event("maintain.failed", LOG_TEXT("step", step),
		  LOG_TEXT("why", why));
	pulse_maintained(u->args.pulse, clock_mono_ms() - u->began, true);
	enter(u, RESTING);
}

/* --- waiting ------------------------------------------------------------ */

static void
on_timer(uv_timer_t *timer)
{
	struct upkeep *u = timer->data;

	if (!u->stopped)
		enter(u, COUNTING);
}

static void
start_waiting(struct upkeep *u)
{
	int64_t wait = u->earliest - clock_mono_ms();

	if (wait < u->args.limits->quiet_ms)
		wait = u->args.limits->quiet_ms;
	if (find_space(u, is_wanted))
		wait = 0;
	(void)uv_timer_start(&u->timer, on_timer, (uint64_t)wait, 0);
}

/* --- counting ----------------------------------------------------------- */

static void
count_on_pool(uv_work_t *work)
{
	struct upkeep *u = work->data;

	memset(&u->err, 0, sizeof(u->err));
	(void)maintain_count(u->space->repo, &u->count,
			     &u->err); /* in u->err */
}

static bool
is_worth_it(const struct upkeep *u)
{
	return u->count.loose >= u->args.limits->loose ||
	       u->count.packs >= u->args.limits->packs;
}

static void
after_counting(uv_work_t *work, int status)
{
	struct upkeep *u = work->data;
	bool wanted = atomic_exchange(&u->space->wanted, false);

	(void)status; /* never cancelled */
	u->began = clock_mono_ms();
	if (u->err.code)
		fail(u, "count", u->err.msg);
	else if (!u->stopped && (wanted || is_worth_it(u)))
		enter(u, PACKING);
	else
		enter(u, RESTING);
}

/* Who was asked for comes first. */
static void
start_counting(struct upkeep *u)
{
	struct space *s = find_space(u, is_wanted);

	if (!s)
		s = find_space(u, is_touched);
	if (!s) { /* it was taken away meanwhile */
		enter(u, RESTING);
		return;
	}
	u->space = s;
	atomic_store(&s->touched, false);
	if (uv_queue_work(u->args.loop, &u->work, count_on_pool,
			  after_counting))
		enter(u, RESTING); /* no thread: another time */
}

/* --- what the supervisor does ------------------------------------------- */

static void
start_packing(struct upkeep *u)
{
	atomic_store(&u->args.pulse->running, true);
	if (!u->args.ask(u->args.ctx, "pack", u->space->name))
		fail(u, "pack", "the supervisor cannot be asked");
}

static void
start_graph(struct upkeep *u)
{
	if (!u->args.ask(u->args.ctx, "graph", u->space->name))
		fail(u, "graph", "the supervisor cannot be asked");
}

static void
finish(struct upkeep *u)
{
	int64_t ms = clock_mono_ms() - u->began;

	log_event("maintain.done", LOG_TEXT("space", u->space->name),
		  LOG_NUMBER("ms", ms),
		  LOG_NUMBER("loose", (int64_t)u->pruned.loose),
		  LOG_NUMBER("packs", (int64_t)u->pruned.packs));
	pulse_maintained(u->args.pulse, ms, false);
	enter(u, RESTING);
}

void
upkeep_report(struct upkeep *u, const char *task, int status)
{
	bool packing = strcmp(task, "pack") == 0;

	/* what an earlier wiki process asked for concerns us not */
	if (u->phase != (packing ? PACKING : GRAPHING))
		return;
	if (status != 0)
		fail(u, task, "git did not do it");
	else if (packing && u->stopped)
		enter(u, RESTING);
	else if (packing)
		enter(u, PRUNING);
	else
		finish(u);
}

/* --- pruning ------------------------------------------------------------ */

static void
prune_on_pool(uv_work_t *work)
{
	struct upkeep *u = work->data;

	memset(&u->err, 0, sizeof(u->err));
	(void)maintain_prune(u->space->repo, &u->pruned,
			     &u->err); /* in u->err */
}

static void
after_pruning(uv_work_t *work, int status)
{
	struct upkeep *u = work->data;

	(void)status; /* never cancelled */
	/* held by a backup: what is packed goes another time */
	if (u->err.code && u->err.code != PLEIN_EBUSY)
		fail(u, "prune", u->err.msg);
	else
		enter(u, u->stopped ? RESTING : GRAPHING);
}

static void
start_pruning(struct upkeep *u)
{
	if (uv_queue_work(u->args.loop, &u->work, prune_on_pool, after_pruning))
		fail(u, "prune", "no thread to do it");
}

/* --- states ------------------------------------------------------------- */

static void
start_resting(struct upkeep *u)
{
	const struct upkeep_limits *l = u->args.limits;
	int64_t now = clock_mono_ms(), rest = 0;

	if (atomic_exchange(&u->args.pulse->running, false))
		rest = (now - u->began) * l->rest_times;
	u->earliest = now + (rest > l->rest_ms ? rest : l->rest_ms);
	if (find_space(u, is_wanted) || find_space(u, is_touched))
		wait_for_turn(u);
}

static void
wait_for_turn(struct upkeep *u)
{
	if (u->stopped)
		return;
	if (u->phase == RESTING)
		enter(u, WAITING);
	else if (u->phase == WAITING && find_space(u, is_wanted))
		start_waiting(u);
}

static void
enter(struct upkeep *u, enum phase phase)
{
	static void (*const start[N_PHASES])(struct upkeep * u) = {
		[RESTING] = start_resting,   [WAITING] = start_waiting,
		[COUNTING] = start_counting, [PACKING] = start_packing,
		[PRUNING] = start_pruning,   [GRAPHING] = start_graph,
	};

	assert(legal[u->phase][phase]);
	u->phase = phase;
	start[phase](u);
}

void
upkeep_touch(struct upkeep *u, struct space *space)
{
	struct space *s;
	size_t i;

	for (i = 0; (s = spacelist_at(u->args.list, i)); i++)
		if (s == space || (space_is_default(s) && !space))
			atomic_store(&s->touched, true);
	wait_for_turn(u);
}

void
upkeep_touch_all(struct upkeep *u)
{
	struct space *s;
	size_t i;

	for (i = 0; (s = spacelist_at(u->args.list, i)); i++)
		atomic_store(&s->touched, true);
	wait_for_turn(u);
}

struct upkeep *
upkeep_new(const struct upkeep_args *args)
{
	struct upkeep *u = mem_alloc(sizeof(*u));

	u->args = *args;
	(void)uv_timer_init(args->loop, &u->timer); /* always 0 */
	u->timer.data = u->work.data = u;
	return u;
}

void
upkeep_stop(struct upkeep *u)
{
	if (!u)
		return;
	u->stopped = true;
	(void)uv_timer_stop(&u->timer); /* always 0 */
}

void
upkeep_free(struct upkeep *u)
{
	free(u);
}
