/*
 * A text of 1 MB opened, until its first screen is whole: ours in a session
 * that is there already, next to `less` from a shell under sshd. So both go
 * the same way, over ssh, and signing in, which is another figure, counts for
 * neither.
 */
#include <stdio.h>

#include "editing.h"
#include "plein/mem.h"

#define TURNS 15
#define ADDRESS "themas/toets-lezen"

/* From Enter to the passage on the screen. */
static double
open_ms(struct screen *s, const char *line, const char *wanted)
{
	double begun;

	screen_type(s, line);
	if (!screen_wait(s, wanted))
		die("not to be opened here: %s", line);
	editing_settle(s);
	begun = measure_now();
	screen_type(s, "\r");
	if (!screen_wait(s, EDITING_PASSAGE))
		die("not opened: %s", line);
	return (measure_now() - begun) * 1000;
}

static void
go_back(struct screen *s, const char *key)
{
	editing_settle(s);
	screen_type(s, key);
	if (!screen_wait_gone(s, EDITING_PASSAGE))
		die("no way back");
	editing_settle(s);
}

struct comparison
figure_open_big(const struct side *ours, const struct side *peer)
{
	const struct side shell = { peer->at, "PS1=klaar: exec sh",
				    "klaar:", 0 };
	struct screen *a = side_open(ours), *b = side_open(&shell);
	double x[TURNS], y[TURNS];
	char less[128];

	editing_make(ours, ADDRESS, EDITING_BIG);
	if (!screen_wait(a, ours->complete) || !screen_wait(b, shell.complete))
		die("no session");
	(void)snprintf(less, sizeof(less), "clear; less %s/" EDITING_FILE,
		       peer->at->dir);
	for (int i = 0; i < TURNS; i++) {
		screen_type(a, "g");
		if (!screen_wait(a, "Enter"))
			die("no field");
		x[i] = open_ms(a, ADDRESS, ADDRESS);
		y[i] = open_ms(b, less, EDITING_FILE);
		go_back(a, "\x1b");
		go_back(b, "q");
	}
	screen_abandon(a);
	screen_abandon(b);
	return measure_turns(x, y, TURNS);
}
