/*
 * The history of a page among 100,000 commits, which some 60 of them changed:
 * `h` on the open page, until the screen is whole, next to `tig -- FILE` from
 * a shell under sshd in the same repository, which has a commit-graph with
 * changed paths. So both go the same way, over ssh, signed in. For tig it is
 * enough that its rows are there: it goes on reading behind them.
 */
#include <stdio.h>

#include "editing.h"
#include "plein/mem.h"
#include "prose.h"
#include "town.h"

#define TURNS 15
#define OURS_COMPLETE "w Wie schreef dit  m Menu  ? Hulp"
#define PEER_LAST_ROW 21 /* of 24: below it are two of tig itself */
#define PEER_PROMPT "klaar:"
#define STEP_MS 15000

static struct screen *
open_session(const struct fixture *at, const char *line, const char *complete)
{
	const struct side side = { at, line, complete, 0 };
	struct screen *s = side_open(&side);

	if (!screen_wait(s, complete))
		die("no session: %s", line);
	editing_settle(s);
	return s;
}

static double
open_ours_ms(struct screen *s)
{
	double begun = measure_now();

	screen_type(s, "h");
	if (!screen_wait(s, OURS_COMPLETE))
		die("no history");
	return (measure_now() - begun) * 1000;
}

/* From Enter on; every row begins with the year. */
static double
open_peer_ms(struct screen *s, const char *line)
{
	double begun;

	screen_type(s, line);
	if (!screen_wait(s, line))
		die("no shell");
	editing_settle(s);
	begun = measure_now();
	screen_type(s, "\r");
	while (screen_char(s, PEER_LAST_ROW, 0) != '2')
		if (!screen_step(s, STEP_MS))
			die("no history: %s", line);
	return (measure_now() - begun) * 1000;
}

static void
go_back(struct screen *s, const char *key, const char *gone)
{
	editing_settle(s);
	screen_type(s, key);
	if (!screen_wait_gone(s, gone))
		die("no way back");
	editing_settle(s);
}

struct comparison
figure_history(const struct side *ours, const struct side *peer)
{
	struct town *archive = town_get(TOWN_ARCHIVE);
	char address[PROSE_ADDRESS], shell[200], tig[120];
	double x[TURNS], y[TURNS];
	struct screen *a, *b;

	(void)ours;
	prose_address(TOWN_USUAL, address);
	(void)snprintf(shell, sizeof(shell),
		       "cd %s/spaces/agenda.git; PS1=" PEER_PROMPT " exec sh",
		       archive->f.data);
	(void)snprintf(tig, sizeof(tig), "clear; tig -- %s.md", address);
	a = open_session(&archive->f, address, "? Hulp");
	b = open_session(peer->at, shell, PEER_PROMPT);
	for (int i = 0; i < TURNS; i++) {
		x[i] = open_ours_ms(a);
		y[i] = open_peer_ms(b, tig);
		go_back(a, "\x1b", OURS_COMPLETE);
		go_back(b, "Q", "2023-");
	}
	screen_abandon(a);
	screen_abandon(b);
	return measure_turns(x, y, TURNS);
}
