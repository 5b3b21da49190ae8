/*
 * A word that is in one of 10,000 pages, and one that is in most of them:
 * the first hundred hits with their passages, best first, next to git grep
 * over the same texts.
 */
#include <stdio.h>

#include "figure.h"
#include "plein/mem.h"
#include "prose.h"
#include "shell.h"
#include "town.h"

#define RUNS 15

static double
ask_wiki(struct api *api, const char *word, size_t least)
{
	double begun = measure_now();
	json_t *r =
		api_ask(api, "search.pages", json_pack("{s:s}", "query", word));

	begun = measure_now() - begun;
	if (json_array_size(json_object_get(r, "rows")) < least)
		die("search.pages: %s is not found", word);
	json_decref(r);
	return begun * 1000;
}

static double
ask_git(const struct fixture *f, const char *word)
{
	char script[128];
	double begun;

	(void)snprintf(script, sizeof(script),
		       "exec git -C data/spaces/agenda.git grep -w %s main "
		       ">/dev/null",
		       word);
	begun = measure_now();
	shell_run(f->dir, script);
	return (measure_now() - begun) * 1000;
}

static struct comparison
measure_search(const char *word, size_t least)
{
	struct town *city = town_get(TOWN_CITY);
	double x[RUNS], y[RUNS];

	for (int i = 0; i < RUNS; i++) {
		x[i] = ask_wiki(&city->api, word, least);
		y[i] = ask_git(&city->f, word);
	}
	return measure_turns(x, y, RUNS);
}

struct comparison
figure_search_rare(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return measure_search(PROSE_RARE, 1);
}

struct comparison
figure_search_common(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return measure_search(PROSE_COMMON, 100);
}
