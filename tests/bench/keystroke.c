/*
 * A key typed, in our editor and in nano, until the bytes have come that
 * put its letter on the screen (nano sends some before that). Letters go in
 * front of the first line: both rewrite that line, ours also what no longer
 * fits in it. The keys alternate between the two.
 */
#include <poll.h>
#include <stdio.h>

#include "editing.h"
#include "plein/mem.h"

#define RUNS 5
#define KEYS 200 /* of a run, on each side */
#define LINE_KEYS 60 /* then they are erased, before a line is full */
#define PATIENCE_MS 2000
#define PAGE "themas/toets-%s-%d"
#define ADDRESS 64

/* Where a figure is read from all keys of a run, sorted: 0.5 its median. */
struct kind {
	const char *name; /* for its pages */
	size_t len;
	double at;
};

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

	editing_settle(s);
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

	editing_settle(s);
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

static void
type_keys(const struct editing *e, double x[KEYS], double y[KEYS])
{
	for (int i = 0; i < KEYS; i++) {
		if (i % LINE_KEYS == 0) {
			erase_line(e->ours);
			erase_line(e->peer);
		}
		x[i] = keystroke_us(e->ours, i);
		y[i] = keystroke_us(e->peer, i);
	}
}

/* Both windows anew each time: where a program lands in memory counts. */
static struct comparison
run_keys(const struct side *ours, const struct side *peer,
	 const struct kind *kind, int run)
{
	double x[KEYS], y[KEYS];
	struct comparison c = { 0 };
	char address[ADDRESS];
	struct editing e;

	(void)snprintf(address, sizeof(address), PAGE, kind->name, run);
	editing_make(ours, address, kind->len);
	editing_open(&e, ours, peer, address);
	type_keys(&e, x, y);
	editing_close(&e);
	if (kind->at == 0.5)
		return measure_turns(x, y, KEYS);
	c.ours = measure_quantile(x, KEYS, kind->at);
	c.peer = measure_quantile(y, KEYS, kind->at);
	c.ratio = c.ours / c.peer;
	return c;
}

static struct comparison
run_kind(const struct side *ours, const struct side *peer,
	 const struct kind *kind)
{
	double x[RUNS], y[RUNS], ratios[RUNS];
	struct comparison c = { 0 };

	for (int i = 0; i < RUNS; i++) {
		c = run_keys(ours, peer, kind, i);
		x[i] = c.ours;
		y[i] = c.peer;
		ratios[i] = c.ratio;
	}
	c.ours = measure_median(x, RUNS);
	c.peer = measure_median(y, RUNS);
	c.ratio = measure_median(ratios, RUNS);
	return c;
}

struct comparison
figure_keystroke(const struct side *ours, const struct side *peer)
{
	static const struct kind kind = { "klein", EDITING_SMALL, 0.5 };

	return run_kind(ours, peer, &kind);
}

struct comparison
figure_keystroke_big(const struct side *ours, const struct side *peer)
{
	static const struct kind kind = { "groot", EDITING_BIG, 0.5 };

	return run_kind(ours, peer, &kind);
}

struct comparison
figure_keystroke_late(const struct side *ours, const struct side *peer)
{
	static const struct kind kind = { "klein-laat", EDITING_SMALL, 0.99 };

	return run_kind(ours, peer, &kind);
}

struct comparison
figure_keystroke_big_late(const struct side *ours, const struct side *peer)
{
	static const struct kind kind = { "groot-laat", EDITING_BIG, 0.99 };

	return run_kind(ours, peer, &kind);
}

/* Behind the last paragraph on the screen, letter after letter. */
static double
bytes_a_key(struct screen *s)
{
	size_t before;

	editing_settle(s);
	screen_type(s, "\r\x1b[Aq"); /* an empty line, and the first change */
	editing_settle(s);
	before = screen_bytes(s);
	for (int i = 1; i < LINE_KEYS; i++)
		(void)keystroke_us(s, i);
	editing_settle(s);
	return (double)(screen_bytes(s) - before) / (LINE_KEYS - 1);
}

struct comparison
figure_key_bytes(const struct side *ours, const struct side *peer)
{
	static const char address[] = "themas/toets-bytes";
	struct editing e;
	double x, y;

	editing_make(ours, address, EDITING_SMALL);
	editing_open(&e, ours, peer, address);
	x = bytes_a_key(e.ours);
	y = bytes_a_key(e.peer);
	editing_close(&e);
	return measure_turns(&x, &y, 1);
}
