/*
 * Saves a second by clients that each save pages of their own as fast as they
 * are answered, and what git commit gets done one after another.
 */
#include "figure.h"
#include "gitwork.h"
#include "saver.h"
#include "town.h"

#define TURNS 5
#define SECONDS 1.0
#define COMMITS 15 /* of git, a turn */
#define FIRST 2000 /* page of the city */

static double
git_rate(const struct fixture *f, int turn)
{
	double ms = 0;

	for (int i = 0; i < COMMITS; i++)
		ms += gitwork_commit(f, FIRST + turn * COMMITS + i);
	return COMMITS * 1000 / ms;
}

static struct comparison
measure_rate(int clients)
{
	struct town *city = town_get(TOWN_CITY);
	double x[TURNS], y[TURNS];
	struct savers all;

	gitwork_make(&city->f);
	savers_open(&all, &city->f, clients, FIRST);
	for (int i = 0; i < TURNS; i++) {
		x[i] = savers_rate(&all, SECONDS);
		y[i] = git_rate(&city->f, i);
	}
	savers_close(&all);
	return measure_turns(x, y, TURNS);
}

struct comparison
figure_rate_1(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return measure_rate(1);
}

struct comparison
figure_rate_8(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return measure_rate(8);
}

struct comparison
figure_rate_32(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return measure_rate(32);
}
