/*
 * make bench: each figure of docs/performance.md, ours and a peer's, in the
 * same run on the same machine, and whether it is within reach. Ratios are
 * what counts: shared machines make absolute times mean little. A figure out
 * of reach is said clearly, and is no failure of the program.
 *
 * usage: bench [NAME…]   only the figures whose name holds a NAME
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "figure.h"
#include "peer.h"

struct figure {
	const char *name, *unit, *reach;
	double limit; /* of the ratio, or of the value where there is no peer */
	bool at_least; /* the ratio must be `limit` or more */
	struct comparison (*measure)(const struct side *ours,
				     const struct side *peer);
};

static const struct figure figures[] = {
	{ "first screen", "ms", "<= 0.25 x", 0.25, false, figure_first_screen },
	{ "logins, 2 clients", "/s", ">= 4 x", 4, true, figure_logins },
	{ "PSS per idle session at 100", "kB", "<= 0.5 x", 0.5, false,
	  figure_memory },
	{ "keystroke to bytes", "us", "<= 1.1 x", 1.1, false,
	  figure_keystroke },
	{ "durable save, 10,000 pages", "ms", "<= 0.2 x", 0.2, false,
	  figure_save },
	{ "who wrote each line, 500 v.", "ms", "<= 0.25 x", 0.25, false,
	  figure_blame },
	{ "clone of 200 MB", "s", "<= 1.05 x", 1.05, false, figure_clone },
	{ "wake-ups of 100 idle sessions", "/s", "0", 0, false,
	  figure_wakeups },
};

#define N_FIGURES (sizeof(figures) / sizeof(figures[0]))

enum verdict { WITHIN_REACH, MISSED, NOT_MEASURED };

static enum verdict
judge(const struct figure *f, const struct comparison *c)
{
	double value = c->peer > 0 ? c->ratio : c->ours;

	if (c->ours < 0 || c->peer < 0)
		return NOT_MEASURED;
	if (f->at_least ? value >= f->limit : value <= f->limit)
		return WITHIN_REACH;
	return MISSED;
}

struct screen *
side_open(const struct side *s)
{
	const char *const extra[] = { s->line, NULL };

	return screen_open(s->at, 24, 80, NULL, extra);
}

static void
print_head(void)
{
	(void)printf("| %-29s | %-12s | %-12s | %6s | %-9s | %-6s |\n", "what",
		     "Plein", "peer", "ratio", "reach", "ok");
	(void)printf("| --- | --- | --- | --- | --- | --- |\n");
	(void)fflush(stdout);
}

static void
print_row(const struct figure *f, const struct comparison *c)
{
	static const char *const words[] = { "ok", "MISSED", "-" };

	(void)printf("| %-29s | %9.2f %-2s |", f->name, c->ours, f->unit);
	if (c->peer > 0)
		(void)printf(" %9.2f %-2s | %6.2f |", c->peer, f->unit,
			     c->ratio);
	else
		(void)printf(" %12s | %6s |", "-", "-");
	(void)printf(" %-9s | %-6s |\n", f->reach, words[judge(f, c)]);
	(void)fflush(stdout);
}

/* What nobody should have to look for in the table. */
static void
print_verdict(const enum verdict *verdicts, enum verdict which,
	      const char *sentence)
{
	for (size_t i = 0; i < N_FIGURES; i++)
		if (verdicts[i] == which)
			(void)printf("%s: %s (%s)\n", sentence, figures[i].name,
				     figures[i].reach);
}

static bool
is_wanted(const struct figure *f, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strstr(f->name, argv[i]))
			return true;
	return argc < 2;
}

static void
run_figures(const struct side *ours, const struct side *peer, int argc,
	    char **argv)
{
	enum verdict verdicts[N_FIGURES] = { WITHIN_REACH };
	struct comparison c;

	print_head();
	for (size_t i = 0; i < N_FIGURES; i++) {
		if (!is_wanted(&figures[i], argc, argv))
			continue;
		c = figures[i].measure(ours, peer);
		verdicts[i] = judge(&figures[i], &c);
		print_row(&figures[i], &c);
	}
	print_verdict(verdicts, MISSED, "MISSED");
	print_verdict(verdicts, NOT_MEASURED,
		      "not measured, run it as root for this one");
}

int
main(int argc, char **argv)
{
	struct fixture wiki;
	struct peer sshd;
	struct side ours = { &wiki, NULL, "? Hulp", 0 };
	struct side peer = { &sshd.as, "nano -I leeg.md", "Go To Line", 0 };

	fixture_start(&wiki);
	peer_start(&sshd, &wiki);
	ours.server = wiki.pid;
	peer.server = sshd.pid;
	run_figures(&ours, &peer, argc, argv);
	peer_stop(&sshd);
	(void)fixture_stop(&wiki);
	fixture_remove(&wiki);
	return 0;
}
