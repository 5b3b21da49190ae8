/*
 * The index of 100,000 commits made anew by `pleind reindex`, without a
 * server, next to git log telling what each of them changed.
 */
#include "figure.h"
#include "plein/mem.h"
#include "shell.h"
#include "town.h"

#define TURNS 3
#define PATIENCE_MS 600000

static double
reindex_s(const struct fixture *f)
{
	const char *const argv[] = { fixture_program("pleind"), "reindex",
				     f->data, NULL };
	double begun = measure_now();
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, PATIENCE_MS);
	begun = measure_now() - begun;
	if (r.status != 0)
		die("reindex: %s", r.err.ptr);
	proc_result_release(&r);
	return begun;
}

static double
log_s(const struct fixture *f)
{
	double begun = measure_now();

	shell_run(f->dir, "exec git -C data/spaces/agenda.git log "
			  "--name-status main >/dev/null");
	return measure_now() - begun;
}

struct comparison
figure_reindex(const struct side *ours, const struct side *peer)
{
	const struct fixture *f = town_ground(TOWN_ARCHIVE);
	double x[TURNS], y[TURNS];

	(void)ours;
	(void)peer;
	for (int i = 0; i < TURNS; i++) {
		x[i] = reindex_s(f);
		y[i] = log_s(f);
	}
	return measure_turns(x, y, TURNS);
}
