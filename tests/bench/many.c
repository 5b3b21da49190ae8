/*
 * 500 people write at once, each in a page of their own among 10,000, three
 * keys a second; 25 of them do nothing but save. One run gives both figures.
 */
#include <stdio.h>

#include "figure.h"
#include "swarm.h"
#include "town.h"

#define FIRST 4000 /* page of the city */
#define PART 0.99

static const struct swarm_plan apart = { .people = 500,
					 .savers = 25,
					 .first = FIRST,
					 .keys = 3,
					 .warm_s = 3,
					 .seconds = 20 };

static struct comparison keys, saves;

static void
take_saves(struct comparison *out, const struct swarm_times *t)
{
	out->ours = measure_quantile(t->saves_ms, t->n_saves, PART);
	(void)snprintf(out->note, sizeof(out->note),
		       "%zu saves, the median %.1f ms", t->n_saves,
		       measure_median(t->saves_ms, t->n_saves));
}

static void
measure_both(void)
{
	struct swarm_times t;

	if (keys.ours > 0)
		return;
	swarm_run(&town_get(TOWN_CITY)->f, &apart, &t);
	keys.ours = measure_quantile(t.keys_ms, t.n_keys, PART);
	(void)snprintf(keys.note, sizeof(keys.note),
		       "%zu keys, the median %.1f ms, the slowest login %.0f "
		       "ms",
		       t.n_keys, measure_median(t.keys_ms, t.n_keys),
		       t.slowest_login_ms);
	take_saves(&saves, &t);
	swarm_release(&t);
}

struct comparison
figure_many_keys(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	measure_both();
	return keys;
}

struct comparison
figure_many_saves(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	measure_both();
	return saves;
}

struct comparison
figure_many_together(const struct side *ours, const struct side *peer)
{
	struct swarm_plan plan = apart;
	struct comparison out = { 0 };
	struct swarm_times t;

	(void)ours;
	(void)peer;
	plan.together = true;
	plan.first += plan.people; /* pages and accounts of its own */
	swarm_run(&town_get(TOWN_CITY)->f, &plan, &t);
	take_saves(&out, &t);
	swarm_release(&t);
	return out;
}
