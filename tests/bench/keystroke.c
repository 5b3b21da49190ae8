/*
 * A key typed, in our editor and in nano, until the bytes have come that
 * put its letter on the screen (nano sends some before that). Both windows
 * are of one size and one terminal type, both hold the same text, and the
 * letters go in front of its first line: both rewrite that line, ours also
 * what no longer fits in it. The keys alternate between the two.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "plein/mem.h"

#define TEXT "tekst.md" /* of the peer, in the fixture's folder */
#define RUNS 5
#define KEYS 200 /* of a run, on each side */
#define LINE_KEYS 60 /* then they are erased, before a line is full */
#define PATIENCE_MS 2000
#define QUIET_MS 2

/* One for each run: what was typed in one is offered there as a draft. */
static const char *const pages[RUNS] = { "themas/common-ground",
					 "themas/connectiviteit",
					 "themas/digitale-inclusie",
					 "themas/digitale-toegang",
					 "themas/risicogericht-handelen" };

/* The text of our page without its fields, which our editor leaves out. */
static void
write_text(const struct fixture *f, const char *page)
{
	struct proc_result r;
	char path[96], command[96];
	const char *body;
	FILE *out;

	(void)snprintf(command, sizeof(command), "read %s --source", page);
	fixture_ssh(f, command, NULL, &r);
	body = strstr(r.out.ptr, "\n---\n");
	(void)snprintf(path, sizeof(path), "%s/" TEXT, f->dir);
	out = fopen(path, "we");
	if (r.status != 0 || !body || !out)
		die("no text to edit: %s", r.err.ptr);
	body += strlen("\n---\n");
	body += strspn(body, "\n");
	(void)fputs(body, out);
	if (fclose(out) != 0)
		die("%s", path);
	proc_result_release(&r);
}

static struct screen *
open_ours(const struct fixture *f, const char *page)
{
	const struct side side = { f, page, "? Hulp", 0 };
	struct screen *s = side_open(&side);

	if (!screen_wait(s, side.complete))
		die("no page");
	screen_type(s, "b");
	if (!screen_wait(s, "Ctrl-S"))
		die("no editor");
	return s;
}

static struct screen *
open_peer(const struct fixture *f)
{
	char line[128];
	const struct side nano = { f, line, "Go To Line", 0 };
	struct screen *s;

	(void)snprintf(line, sizeof(line), "nano -I %s/" TEXT, f->dir);
	s = side_open(&nano);
	if (!screen_wait(s, nano.complete))
		die("no nano");
	return s;
}

static void
await_quiet(struct screen *s)
{
	while (screen_step(s, QUIET_MS))
		;
}

/* Seconds at which there is something to read. */
static double
await_bytes(const struct screen *s)
{
	struct pollfd p = { screen_fd(s), POLLIN, 0 };

	if (poll(&p, 1, PATIENCE_MS) <= 0)
		die("a key without an answer");
	return measure_now();
}

/* Take back what was typed: every line begins from the same text. */
static void
erase_line(struct screen *s)
{
	int row, col;

	await_quiet(s);
	screen_cursor(s, &row, &col);
	for (int i = 0; i < col; i++)
		screen_type(s, "\x7f");
	while (col > 0) {
		(void)await_bytes(s);
		if (!screen_step(s, 0))
			die("the editor has gone");
		screen_cursor(s, &row, &col);
	}
}

/* A small letter that is not yet where the cursor stands. */
static char
choose_letter(const struct screen *s, int i, int row, int col)
{
	char letter = (char)('a' + i % 26);

	if (screen_char(s, row, col) == (unsigned char)letter)
		letter = (char)('a' + (i + 1) % 26);
	return letter;
}

static double
keystroke_us(struct screen *s, int i)
{
	char key[2] = "";
	double begun, came;
	int row, col;

	await_quiet(s);
	screen_cursor(s, &row, &col);
	key[0] = choose_letter(s, i, row, col);
	begun = measure_now();
	screen_type(s, key);
	do {
		came = await_bytes(s);
		if (!screen_step(s, 0))
			die("the editor has gone");
	} while (screen_char(s, row, col) != (unsigned char)key[0]);
	return (came - begun) * 1e6;
}

/* Both windows anew each time: where a program lands in memory counts. */
static struct comparison
run_keys(const struct side *ours, const struct side *peer, const char *page)
{
	struct screen *a = open_ours(ours->at, page);
	struct screen *b = open_peer(peer->at);
	double x[KEYS], y[KEYS];

	for (int i = 0; i < KEYS; i++) {
		if (i % LINE_KEYS == 0) {
			erase_line(a);
			erase_line(b);
		}
		x[i] = keystroke_us(a, i);
		y[i] = keystroke_us(b, i);
	}
	screen_abandon(a);
	screen_abandon(b);
	return measure_turns(x, y, KEYS);
}

struct comparison
figure_keystroke(const struct side *ours, const struct side *peer)
{
	double x[RUNS], y[RUNS], ratios[RUNS];
	struct comparison c;

	for (int i = 0; i < RUNS; i++) {
		write_text(ours->at, pages[i]);
		c = run_keys(ours, peer, pages[i]);
		x[i] = c.ours;
		y[i] = c.peer;
		ratios[i] = c.ratio;
	}
	c.ours = measure_median(x, RUNS);
	c.peer = measure_median(y, RUNS);
	c.ratio = measure_median(ratios, RUNS);
	return c;
}
