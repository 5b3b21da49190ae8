/*
 * make bench: each figure of docs/performance.md, ours and a peer's, in the
 * same run on the same machine, and whether it is within reach. Ratios are
 * what counts: shared machines make absolute times mean little. A figure out
 * of reach is said clearly, and is no failure of the program.
 *
 * usage: bench [NAME…]   only the figures whose name holds a NAME
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "figure.h"
#include "guard.h"
#include "peer.h"
#include "town.h"

struct figure {
	const char *name, *unit, *reach;
	double limit; /* of the ratio, or of the value where there is no peer */
	bool at_least; /* the ratio must be `limit` or more */
	double bound; /* of our own value, the same way round; 0: none */
	struct comparison (*measure)(const struct side *ours,
				     const struct side *peer);
};

static const struct figure figures[] = {
	{ "first screen", "ms", "<= 0.25 x", 0.25, false, 0,
	  figure_first_screen },
	{ "logins, 2 clients", "/s", ">= 4 x", 4, true, 0, figure_logins },
	{ "first screen, sshd in front", "ms", "-", HUGE_VAL, false, 0,
	  figure_front_screen },
	{ "logins, sshd in front", "/s", "-", 0, true, 0, figure_front_logins },
	{ "PSS per idle session at 100", "kB", "<= 0.5 x", 0.5, false, 0,
	  figure_memory },
	{ "keystroke to bytes, 3 kB", "us", "<= 1.1 x", 1.1, false, 0,
	  figure_keystroke },
	{ "keystroke to bytes, 1 MB", "us", "<= 1.1 x", 1.1, false, 0,
	  figure_keystroke_big },
	{ "99 % of keystrokes, 3 kB", "us", "<= 1.2 x", 1.2, false, 0,
	  figure_keystroke_late },
	{ "99 % of keystrokes, 1 MB", "us", "<= 1.2 x", 1.2, false, 0,
	  figure_keystroke_big_late },
	{ "bytes of a keystroke", "B", "<= 1.0 x", 1.0, false, 0,
	  figure_key_bytes },
	{ "open a page of 1 MB", "ms", "<= 2 x", 2, false, 0, figure_open_big },
	{ "open a new page of 1 MB", "ms", "<= 2 x", 2, false, 0,
	  figure_open_new },
	{ "client's memory, 3 kB", "kB", "<= 1.5 x", 1.5, false, 0,
	  figure_client_memory },
	{ "client's memory, 1 MB", "kB", "<= 1.5 x", 1.5, false, 0,
	  figure_client_memory_big },
	{ "start of the client", "ms", "<= 1.5 x", 1.5, false, 0,
	  figure_client_start },
	{ "wake-ups of 100 idle sessions", "/s", "0", 0, false, 0,
	  figure_wakeups },
	{ "clone of 200 MB", "s", "<= 1.05 x", 1.05, false, 0, figure_clone },
	{ "open, 10,000 pages", "ms", "<= 3 x, 1 ms", 3, false, 1,
	  figure_open },
	{ "search, rare word", "ms", "<= 0.01 x", 0.01, false, 0,
	  figure_search_rare },
	{ "search, common word", "ms", "<= 0.1 x", 0.1, false, 0,
	  figure_search_common },
	{ "fsync of a small file", "ms", "-", HUGE_VAL, false, 0, figure_sync },
	{ "save, 10,000 pages", "ms", "<= 0.2 x", 0.2, false, 0, figure_save },
	{ "save next to an fsync", "ms", "<= 15 x", 15, false, 0,
	  figure_save_sync },
	{ "saves, 1 client", "/s", ">= 5 x", 5, true, 0, figure_rate_1 },
	{ "saves, 8 clients", "/s", ">= 15 x", 15, true, 0, figure_rate_8 },
	{ "saves, 32 clients", "/s", ">= 25 x, 700", 25, true, 700,
	  figure_rate_32 },
	{ "save next to Fossil", "ms", "<= 1.0 x", 1.0, false, 0,
	  figure_fossil_one },
	{ "saves, 8, next to Fossil", "/s", ">= 4 x", 4, true, 0,
	  figure_fossil_eight },
	{ "99 % of keys, 500 people", "ms", "<= 100 ms", 100, false, 0,
	  figure_many_keys },
	{ "99 % of saves, 500 people", "ms", "<= 250 ms", 250, false, 0,
	  figure_many_saves },
	{ "99 % of saves, 25 together", "ms", "<= 250 ms", 250, false, 0,
	  figure_many_together },
	{ "memory, 200 sessions", "MB", "<= 150 MB", 150, false, 0,
	  figure_private },
	{ "save, 100,000 pages over 100", "ms", "<= 1.4 x", 1.4, false, 0,
	  figure_save_size },
	{ "who wrote each line, 500 v.", "ms", "<= 0.25 x", 0.25, false, 0,
	  figure_blame },
	{ "who wrote each word, 500 v.", "ms", "<= 0.25 x", 0.25, false, 0,
	  figure_blame_words },
	{ "index of 100,000 commits", "s", "<= 3 x", 3, false, 0,
	  figure_reindex },
	{ "50 versions, 100,000 commits", "ms", "<= 0.02 x, 2", 0.02, false, 2,
	  figure_versions },
	{ "history, 100,000 commits", "ms", "<= 0.2 x", 0.2, false, 0,
	  figure_history },
	{ "discussion of 1,000 remarks", "ms", "<= 20 ms", 20, false, 0,
	  figure_discussion },
	{ "its screen next to a page's", "ms", "<= 2 x", 2, false, 0,
	  figure_talk },
	{ "overviews, the slowest", "ms", "<= 20 ms", 20, false, 0,
	  figure_overviews },
	{ "overviews with 50,000 unread", "ms", "<= 20 ms", 20, false, 0,
	  figure_counted },
	{ "start with 50,000 unread", "ms", "<= 100 ms", 100, false, 0,
	  figure_unread },
	{ "story of 500 events", "ms", "<= 50 ms", 50, false, 0, figure_story },
	{ "a remark next to a save", "ms", "<= 1.0 x", 1.0, false, 0,
	  figure_remark },
};

#define N_FIGURES (sizeof(figures) / sizeof(figures[0]))

enum verdict { WITHIN_REACH, MISSED, NOT_MEASURED };

static bool
is_within(const struct figure *f, double value, double limit)
{
	return f->at_least ? value >= limit : value <= limit;
}

static enum verdict
judge(const struct figure *f, const struct comparison *c)
{
	double value = c->peer > 0 ? c->ratio : c->ours;

	if (c->ours < 0 || c->peer < 0)
		return NOT_MEASURED;
	if (!is_within(f, value, f->limit))
		return MISSED;
	return f->bound == 0 || is_within(f, c->ours, f->bound) ? WITHIN_REACH
								: MISSED;
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
	(void)printf("| %-29s | %-12s | %-12s | %6s | %-12s | %-6s |\n", "what",
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
	(void)printf(" %-12s | %-6s |\n", f->reach, words[judge(f, c)]);
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
		if (c.note[0])
			(void)fprintf(stderr, "%s: %s\n", figures[i].name,
				      c.note);
	}
	print_verdict(verdicts, MISSED, "MISSED");
	print_verdict(verdicts, NOT_MEASURED,
		      "not measured, run it as root for this one");
}

static void
run_all(int argc, char **argv)
{
	struct fixture wiki;
	struct peer sshd;
	struct side ours = { &wiki, NULL, "? Hulp", 0 };
	struct side peer = { &sshd.as, "nano -I leeg.md", "Go To Line", 0 };

	fixture_start(&wiki);
	peer_start(&sshd, &wiki, NULL);
	ours.server = wiki.pid;
	peer.server = sshd.pid;
	run_figures(&ours, &peer, argc, argv);
	town_close_all();
	peer_stop(&sshd);
	(void)fixture_stop(&wiki);
	fixture_remove(&wiki);
}

int
main(int argc, char **argv)
{
	return guard_run(run_all, argc, argv);
}
