/*
 * A text of 1 MB opened, until its first screen is whole: ours in a session
 * that is there already, next to `less` from a shell under sshd. So both go
 * the same way, over ssh, and signing in, which is another figure, counts for
 * neither. Again and again the same page, as less reads a file that is in
 * memory; and pages that were never opened, which the wiki has to inflate.
 */
#include <poll.h>
#include <stdio.h>

#include "editing.h"
#include "plein/mem.h"

#define TURNS 15
#define PAGES 9 /* to be opened for the first time */
#define LESS 2000 /* bytes that the next of them is shorter */
#define ADDRESS 64
#define QUIET_MS 300 /* without a tick of the wiki process */

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

struct reading {
	struct screen *a, *b;
	char less[128];
};

static void
begin(struct reading *r, const struct side *ours, const struct side *peer)
{
	const struct side shell = { peer->at, "PS1=klaar: exec sh",
				    "klaar:", 0 };

	r->a = side_open(ours);
	r->b = side_open(&shell);
	if (!screen_wait(r->a, ours->complete) ||
	    !screen_wait(r->b, shell.complete))
		die("no session");
	(void)snprintf(r->less, sizeof(r->less), "clear; less %s/" EDITING_FILE,
		       peer->at->dir);
}

static void
end(struct reading *r)
{
	screen_abandon(r->a);
	screen_abandon(r->b);
}

static void
take_turn(struct reading *r, const char *address, double *x, double *y)
{
	screen_type(r->a, "g");
	if (!screen_wait(r->a, "Enter"))
		die("no field");
	*x = open_ms(r->a, address, address);
	*y = open_ms(r->b, r->less, EDITING_FILE);
	go_back(r->a, "\x1b");
	go_back(r->b, "q");
}

struct comparison
figure_open_big(const struct side *ours, const struct side *peer)
{
	static const char address[] = "themas/toets-lezen";
	double x[TURNS], y[TURNS];
	struct reading r;

	editing_make(ours, address, EDITING_BIG);
	begin(&r, ours, peer);
	for (int i = 0; i < TURNS; i++)
		take_turn(&r, address, &x[i], &y[i]);
	end(&r);
	return measure_turns(x, y, TURNS);
}

static void
name_page(char address[ADDRESS], int i)
{
	(void)snprintf(address, ADDRESS, "themas/toets-nieuw-%d", i);
}

/* What it does behind a save (the words of the page, packs put together) is not
 * what opening one takes. */
static void
wait_for_quiet(const struct fixture *f)
{
	pid_t wiki = fixture_find(f, "pleind: wiki");
	unsigned long before;

	do {
		before = measure_ticks(wiki);
		(void)poll(NULL, 0, QUIET_MS);
	} while (measure_ticks(wiki) != before);
}

/* No two of one length, or they would be one text to git. */
struct comparison
figure_open_new(const struct side *ours, const struct side *peer)
{
	double x[PAGES], y[PAGES];
	char address[ADDRESS];
	struct reading r;

	for (int i = 0; i < PAGES; i++) {
		name_page(address, i);
		editing_make(ours, address,
			     EDITING_BIG - (size_t)(i + 1) * LESS);
	}
	wait_for_quiet(ours->at);
	begin(&r, ours, peer);
	for (int i = 0; i < PAGES; i++) {
		name_page(address, i);
		take_turn(&r, address, &x[i], &y[i]);
	}
	end(&r);
	return measure_turns(x, y, PAGES);
}
