/*
 * test_mockups.c - the mock-ups of the design, cell by cell. NAME.txt of
 * tests/screen/mockups is a screen of 24 by 80, with one cursor; NAME.keys
 * leads there, as the scripts of test_screens do; its first line says who is
 * there and when: "# as ROLE now MOMENT [at PAGE] [door WORD]". What the wiki answers is
 * in NAME.json and behind it in told.json (fake_told.c).
 *
 * The client runs in a child of its own in a pty, started as
 * `test_mockups show NAME`, at a moment that does not pass. What libvterm
 * shows must be the mock-up. These are never written by a test: whoever
 * makes a screen otherwise writes them by hand, and docs/screens.md says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "fake_scene.h"
#include "fake_scripts.h"
#include "plein/clock.h"
#include "plein/utf8.h"
#include "screen.h"
#include "ui/key.h"

#define ROWS 24
#define COLS 80
#define CURSOR 0x25ae
#define PATIENCE_MS 15000
#define SETTLED_MS 60 /* nothing more came; longer than an Esc waits */

/* --- keys --- */

static void
settle(struct screen *s)
{
	while (screen_step(s, SETTLED_MS))
		;
}

/* As xterm sends them. */
static void
put_bytes(const struct key *k, struct buf *out)
{
	static const char *const bytes[KEY_WINDOW + 1] = {
		[KEY_ESC_] = "\x1b",	  [KEY_RETURN] = "\r",
		[KEY_TAB_] = "\t",	  [KEY_BACKTAB] = "\x1b[Z",
		[KEY_BACK] = "\x7f",	  [KEY_DELETE] = "\x1b[3~",
		[KEY_UP_] = "\x1b[A",	  [KEY_DOWN_] = "\x1b[B",
		[KEY_LEFT_] = "\x1b[D",	  [KEY_RIGHT_] = "\x1b[C",
		[KEY_HOME_] = "\x1b[1~",  [KEY_END_] = "\x1b[4~",
		[KEY_PGUP] = "\x1b[5~",	  [KEY_PGDN] = "\x1b[6~",
		[KEY_INSERT] = "\x1b[2~",
	};

	if (k->code == KEY_TEXT)
		buf_add(out, k->text, k->len);
	else if (k->code == KEY_CTRL)
		buf_char(out, (char)(k->text[0] & 0x1f));
	else if (k->code == KEY_F_) /* 10 is ESC 0 */
		buf_printf(out, "\x1b%d", k->number % 10);
	else if (bytes[k->code])
		buf_str(out, bytes[k->code]);
}

static void
press(struct screen *s, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");
		struct buf name = BUF_INIT, bytes = BUF_INIT;
		struct key k;

		buf_add(&name, names, len);
		if (!key_parse(name.ptr, &k))
			fail_msg("no key: %s", name.ptr);
		put_bytes(&k, &bytes);
		assert_true(bytes.len > 0);
		screen_type(s, bytes.ptr);
		settle(s);
		names += len;
		names += strspn(names, " ");
		buf_release(&name);
		buf_release(&bytes);
	}
}

static void
run_line(struct screen *s, const char *line)
{
	if (!*line || *line == '#')
		return;
	if (strncmp(line, "key ", 4) == 0)
		press(s, line + 4);
	else if (strncmp(line, "type ", 5) == 0)
		screen_type(s, line + 5);
	else if (strncmp(line, "wait ", 5) != 0)
		fail_msg("no line of keys: %s", line);
	else if (!screen_wait(s, line + 5))
		print_error("waited in vain: %s\n", line + 5);
	settle(s);
}

static void
run_keys(struct screen *s, const char *name)
{
	struct buf keys = BUF_INIT;
	char *line, *rest = NULL;

	fake_read_file(FAKE_MOCKUPS, name, ".keys", &keys);
	if (!keys.len)
		fail_msg("%s: no keys lead there", name);
	for (line = strtok_r(keys.ptr, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		run_line(s, line);
	buf_release(&keys);
}

/* --- cells --- */

struct frame {
	uint32_t cells[ROWS][COLS]; /* ' ' for what nothing was written on */
	int row, col; /* of the cursor */
};

static void
clear(struct frame *f)
{
	*f = (struct frame){ .row = -1, .col = -1 };
	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++)
			f->cells[row][col] = ' ';
}

static void
put_cell(struct frame *f, int row, int col, uint32_t cp)
{
	assert_true(row < ROWS && col < COLS);
	if (cp == CURSOR && f->row >= 0)
		fail_msg("line %d: a second cursor", row + 1);
	if (cp == CURSOR) {
		f->row = row;
		f->col = col;
	}
	f->cells[row][col] = cp;
}

/* A character a cell: mock-ups have no wide ones. */
static void
read_mockup(struct frame *f, const char *name)
{
	struct buf text = BUF_INIT;
	int row = 0, col = 0;
	uint32_t cp;

	clear(f);
	fake_read_script(FAKE_MOCKUPS, name, &text);
	for (size_t at = 0, n; at < text.len; at += n) {
		n = utf8_decode(text.ptr + at, text.len - at, &cp);
		assert_true(n > 0);
		if (cp != '\n') {
			put_cell(f, row, col++, cp);
			continue;
		}
		row++;
		col = 0;
	}
	if (row != ROWS || f->row < 0)
		fail_msg("%s: %d lines, the cursor on %d", name, row,
			 f->row + 1);
	buf_release(&text);
}

static void
read_screen(struct frame *f, struct screen *s)
{
	clear(f);
	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++) {
			uint32_t cp = screen_char(s, row, col);

			f->cells[row][col] = cp ? cp : ' ';
		}
	screen_cursor(s, &f->row, &f->col);
	if (f->row >= 0 && f->row < ROWS && f->col >= 0 && f->col < COLS)
		f->cells[f->row][f->col] = CURSOR;
}

static void
print_line(const uint32_t *cells)
{
	struct buf line = BUF_INIT;
	char utf8[UTF8_MAX];
	int end = COLS;

	while (end && cells[end - 1] == ' ')
		end--;
	for (int col = 0; col < end; col++)
		buf_add(&line, utf8, utf8_encode(cells[col], utf8));
	print_error("%s\n", line.ptr);
	buf_release(&line);
}

static void
print_frame(const char *what, const struct frame *f)
{
	print_error("--- %s\n", what);
	for (int row = 0; row < ROWS; row++)
		print_line(f->cells[row]);
}

static void
print_difference(const struct frame *mockup, const struct frame *seen)
{
	print_error("--- where they differ: the mock-up, then what is seen\n");
	for (int row = 0; row < ROWS; row++) {
		const uint32_t *a = mockup->cells[row], *b = seen->cells[row];
		int col = 0;

		while (col < COLS && a[col] == b[col])
			col++;
		if (col == COLS)
			continue;
		print_error("line %d, column %d\n", row + 1, col + 1);
		print_line(a);
		print_line(b);
		print_error("%*s^\n", col, "");
	}
}

/* Until it is the mock-up and nothing more comes, or patience ends. */
static bool
becomes(struct screen *s, const struct frame *mockup, struct frame *seen)
{
	int64_t until = clock_mono_ms() + PATIENCE_MS;
	bool same = false;

	for (;;) {
		bool came = screen_step(s, SETTLED_MS);

		if (!came && same)
			return true;
		read_screen(seen, s);
		same = memcmp(seen->cells, mockup->cells,
			      sizeof(seen->cells)) == 0;
		if (!same && clock_mono_ms() > until)
			return false;
	}
}

static void
test_mockups(void **state)
{
	const char *name = *state;
	char path[512];
	const char *argv[] = { path, "show", name, NULL };
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	struct frame mockup, seen;
	struct screen *s;

	assert_true(n > 0);
	path[n] = '\0';
	read_mockup(&mockup, name);
	s = screen_run(ROWS, COLS, NULL, argv);
	run_keys(s, name);
	if (!becomes(s, &mockup, &seen)) {
		print_frame(name, &mockup);
		print_frame("seen", &seen);
		print_difference(&mockup, &seen);
		screen_abandon(s);
		fail_msg("%s: not the mock-up", name);
	}
	screen_abandon(s);
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "show") == 0)
		return fake_scene_show(argv[2]);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	return fake_run_scripts(FAKE_MOCKUPS, test_mockups, NULL, NULL, argc,
				argv);
}
