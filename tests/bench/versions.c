/*
 * The 50 newest versions of a page among 100,000 commits, which some 60 of
 * them changed, next to git log with a commit-graph and changed paths.
 */
#include <stdio.h>

#include "figure.h"
#include "plein/mem.h"
#include "prose.h"
#include "shell.h"
#include "town.h"

#define RUNS 25
#define VERSIONS 50

static double
ask_wiki(struct api *api, const char *address)
{
	double begun = measure_now();
	json_t *r = api_ask(
		api, "page.log",
		json_pack("{s:s, s:i}", "address", address, "limit", VERSIONS));

	begun = measure_now() - begun;
	if (json_array_size(json_object_get(r, "rows")) != VERSIONS)
		die("page.log: not all versions");
	json_decref(r);
	return begun * 1000;
}

static double
ask_git(const struct fixture *f, const char *address)
{
	char script[200];
	double begun;

	(void)snprintf(script, sizeof(script),
		       "exec git -C data/spaces/agenda.git log -%d "
		       "--format='%%H %%an %%ct %%s' main -- %s.md >/dev/null",
		       VERSIONS, address);
	begun = measure_now();
	shell_run(f->dir, script);
	return (measure_now() - begun) * 1000;
}

struct comparison
figure_versions(const struct side *ours, const struct side *peer)
{
	struct town *archive = town_get(TOWN_ARCHIVE);
	char address[PROSE_ADDRESS];
	double x[RUNS], y[RUNS];

	(void)ours;
	(void)peer;
	prose_address(TOWN_USUAL, address);
	for (int i = 0; i < RUNS; i++) {
		x[i] = ask_wiki(&archive->api, address);
		y[i] = ask_git(&archive->f, address);
	}
	return measure_turns(x, y, RUNS);
}
