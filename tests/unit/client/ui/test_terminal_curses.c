/*
 * The back end runs in a child on a pty of its own; this process plays the
 * terminal, with libvterm reading what comes, and presses keys. The child
 * draws a canvas and then does what each key says (run_child()).
 */
#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/sandbox.h"

#define ROWS 10
#define COLS 40
#define DEADLINE_MS 10000
#define WIDE "\xE6\xBC\xA2"

enum { EXIT_FELL_BACK = 10, EXIT_REFUSED, EXIT_END_OF_INPUT, EXIT_ODD };

struct fixture {
	pid_t child;
	int fd;
	VTerm *vt;
	VTermScreen *screen;
	struct buf raw; /* every byte that came */
};

/* --- the child --- */

static void
paint(struct canvas *c, int rows, int cols)
{
	canvas_resize(c, rows, cols);
	canvas_text(c, 0, 0, cols, STYLE_BAR, "title bar");
	canvas_text(c, 2, 0, cols, STYLE_PLAIN, "caf\xC3\xA9 " WIDE "|");
	canvas_text(c, 3, 0, cols, STYLE_LINK, "[link]");
	canvas_text(c, 4, 0, cols, STYLE_ERROR, "fault");
	canvas_text(c, rows - 1, cols - 5, 5, STYLE_PLAIN, "12345");
	canvas_cursor(c, 3, 4);
}

static void
follow_window(struct terminal *t, struct canvas *c)
{
	int rows, cols;

	t->ops->size(t, &rows, &cols);
	paint(c, rows, cols);
	canvas_text(c, 5, 0, cols, STYLE_PLAIN, "resized");
	t->ops->show(t, c);
}

static void
adapt(struct terminal *t, bool contrast)
{
	struct display d;

	display_init(&d);
	d.value[DISPLAY_COLOUR] = contrast ? COLOUR_CONTRAST : COLOUR_NONE;
	d.value[DISPLAY_MOUSE] = contrast ? SWITCH_ON : SWITCH_OFF;
	d.value[DISPLAY_SIGNS] = contrast ? SIGNS_ASCII : SIGNS_NORMAL;
	t->ops->adapt(t, &d);
}

static void
name_key(const struct key *key, struct buf *name)
{
	if (key->code == KEY_CLICK)
		buf_printf(name, "click %d %d", key->row, key->col);
	else if (key->code == KEY_WHEEL)
		buf_printf(name, "wheel %d", key->number);
	else
		key_label(name, key);
}

/* c: change a cell, p: plain text, s: with styles too, l: draw anew, w: size,
 * t: title, a b: other wishes, v: clipboard, q: end; others: name. */
static bool
obey(struct terminal *t, struct canvas *c, const struct key *key)
{
	struct buf name = BUF_INIT;

	name_key(key, &name);
	if (strcmp(name.ptr, "q") == 0) {
		buf_release(&name);
		return false;
	}
	if (strcmp(name.ptr, "c") == 0) {
		canvas_text(c, 2, 20, 1, STYLE_PLAIN, "X");
	} else if (strcmp(name.ptr, "p") == 0) {
		canvas_text(c, 7, 0, 30, STYLE_PLAIN, "plain text");
		canvas_text(c, 3, 0, 30, STYLE_PLAIN, "no link");
		canvas_cursor(c, 7, 10);
	} else if (strcmp(name.ptr, "s") == 0) {
		canvas_text(c, 7, 6, 30, STYLE_STRONG, "TEXT");
		canvas_text(c, 8, 2, 30, STYLE_STRONG, WIDE);
		canvas_cursor(c, 8, 2);
	} else if (strcmp(name.ptr, "t") == 0) {
		t->ops->title(t, "win\x1b]2;dow\x07");
	} else if (strcmp(name.ptr, "w") == 0) {
		follow_window(t, c);
	} else if (strcmp(name.ptr, "a") == 0) {
		adapt(t, true);
	} else if (strcmp(name.ptr, "b") == 0) {
		adapt(t, false);
	} else if (strcmp(name.ptr, "v") == 0) {
		t->ops->copy(t, "hal\x1b\x07lo", 7);
	} else if (strcmp(name.ptr, "l") == 0) {
		t->ops->redraw(t, c);
	} else {
		canvas_text(c, 6, 0, 30, STYLE_PLAIN, "key ");
		canvas_text(c, 6, 4, 30, STYLE_PLAIN, name.ptr);
	}
	t->ops->show(t, c);
	buf_release(&name);
	return true;
}

static int
serve(struct terminal *t, struct canvas *c)
{
	struct pollfd p = { .fd = t->ops->fd(t), .events = POLLIN };
	struct key key;

	for (;;) {
		int n = poll(&p, 1, t->ops->pending(t) ? DISPLAY_ESC_MIN : -1);

		if (n < 0)
			return EXIT_ODD;
		if (n > 0 && !t->ops->read(t))
			return EXIT_END_OF_INPUT;
		while (t->ops->key(t, n == 0, &key))
			if (!obey(t, c, &key))
				return 0;
	}
}

static int
run_child(void)
{
	struct canvas *c = canvas_new(ROWS, COLS);
	struct terminal *t;
	struct err err;
	bool fell_back;
	int status;
	sigset_t blocked;

	/* As the application does, which takes it from a signalfd. */
	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGWINCH);
	(void)sigprocmask(SIG_BLOCK, &blocked, NULL);
	(void)signal(SIGHUP, SIG_IGN);
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if (terminal_curses_open(&t, terminal_curses_type(&fell_back), NULL,
				 &err) != 0) {
		canvas_free(c);
		return err.code == PLEIN_ERULE ? EXIT_REFUSED : EXIT_ODD;
	}
	/* As the application does: all that follows works in there. */
	if (sandbox_close(SANDBOX_CLIENT, &err) != 0)
		return EXIT_ODD;
	paint(c, ROWS, COLS);
	t->ops->show(t, c);
	status = serve(t, c);
	terminal_curses_restore();
	t->ops->close(t);
	terminal_curses_restore();
	canvas_free(c);
	return status == 0 && fell_back ? EXIT_FELL_BACK : status;
}

/* --- the terminal --- */

static void
set_environment(const char *term, const char *no_color)
{
	if (term)
		(void)setenv("TERM", term, 1);
	else
		(void)unsetenv("TERM");
	if (no_color)
		(void)setenv("NO_COLOR", no_color, 1);
	else
		(void)unsetenv("NO_COLOR");
}

static void
start(struct fixture *f, const char *term, const char *no_color)
{
	struct winsize ws = { .ws_row = ROWS, .ws_col = COLS };

	set_environment(term, no_color);
	f->child = forkpty(&f->fd, NULL, NULL, &ws);
	assert_true(f->child >= 0);
	if (!f->child)
		_exit(run_child());
	f->vt = vterm_new(ROWS, COLS);
	vterm_set_utf8(f->vt, 1);
	f->screen = vterm_obtain_screen(f->vt);
	vterm_screen_enable_altscreen(f->screen, 1);
	vterm_screen_reset(f->screen, 1);
	buf_init(&f->raw);
}

/* Read what is there within `ms`; false at the end. */
static bool
step(struct fixture *f, int ms)
{
	struct pollfd p = { .fd = f->fd, .events = POLLIN };
	char data[4096];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return true;
	n = read(f->fd, data, sizeof(data));
	if (n <= 0)
		return false;
	(void)vterm_input_write(f->vt, data, (size_t)n);
	buf_add(&f->raw, data, (size_t)n);
	return true;
}

static void
read_row(struct fixture *f, int row, char out[256])
{
	int rows, cols;
	size_t len;
	VTermRect rect = { .start_row = row, .end_row = row + 1 };

	vterm_get_size(f->vt, &rows, &cols);
	rect.end_col = cols;
	len = vterm_screen_get_text(f->screen, out, 255, rect);
	out[len] = '\0';
}

static bool
row_holds(struct fixture *f, int row, const char *text)
{
	char line[256];

	read_row(f, row, line);
	return strstr(line, text) != NULL;
}

static void
wait_for(struct fixture *f, int row, const char *text)
{
	int64_t deadline = clock_mono_ms() + DEADLINE_MS;

	while (!row_holds(f, row, text)) {
		if (clock_mono_ms() > deadline || !step(f, 100))
			fail_msg("row %d never held '%s'", row, text);
	}
}

static void
wait_for_bytes(struct fixture *f, const char *bytes)
{
	int64_t deadline = clock_mono_ms() + DEADLINE_MS;

	while (!memmem(f->raw.ptr, f->raw.len, bytes, strlen(bytes))) {
		if (clock_mono_ms() > deadline || !step(f, 100))
			fail_msg("'%s' never came", bytes + 1);
	}
}

static void
press(struct fixture *f, const char *bytes)
{
	assert_int_equal(write(f->fd, bytes, strlen(bytes)), strlen(bytes));
}

/* Until the child has closed its side. */
static void
wait_for_end(struct fixture *f)
{
	int64_t deadline = clock_mono_ms() + DEADLINE_MS;

	while (step(f, 100))
		if (clock_mono_ms() > deadline)
			(void)kill(f->child, SIGKILL);
}

static int
finish(struct fixture *f)
{
	int status = 0;

	wait_for_end(f);
	assert_int_equal(waitpid(f->child, &status, 0), f->child);
	(void)close(f->fd);
	vterm_free(f->vt);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool
came(const struct fixture *f, const char *bytes)
{
	return memmem(f->raw.ptr, f->raw.len, bytes, strlen(bytes)) != NULL;
}

/* --- what it promises --- */

static void
test_terminal_curses__shows_the_canvas(void **state)
{
	struct fixture f;
	VTermScreenCell cell;
	VTermPos at;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	assert_true(row_holds(&f, 0, "title bar"));
	assert_true(row_holds(&f, 2, "caf\xC3\xA9 " WIDE "|"));
	at = (VTermPos){ .row = 0, .col = 0 };
	assert_true(vterm_screen_get_cell(f.screen, at, &cell));
	assert_int_equal(cell.attrs.reverse, 1);
	at = (VTermPos){ .row = 3, .col = 1 };
	assert_true(vterm_screen_get_cell(f.screen, at, &cell));
	assert_int_not_equal(cell.attrs.underline, 0);
	vterm_state_get_cursorpos(vterm_obtain_state(f.vt), &at);
	assert_int_equal(at.row, 3);
	assert_int_equal(at.col, 4);
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static void
test_terminal_curses__sends_only_what_changed(void **state)
{
	struct fixture f;
	size_t before;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	before = f.raw.len;
	press(&f, "c");
	wait_for(&f, 2, "X");
	assert_in_range(f.raw.len - before, 1, 40);
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static bool
is_bold(const struct fixture *f, int row, int col)
{
	const VTermPos at = { .row = row, .col = col };
	VTermScreenCell cell;

	return vterm_screen_get_cell(f->screen, at, &cell) && cell.attrs.bold;
}

/* Plain text goes past curses, which must then know of it. */
static void
test_terminal_curses__mixes_plain_text_and_styles(void **state)
{
	struct fixture f;
	VTermPos at;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	for (int i = 0; i < 3; i++) {
		press(&f, "p");
		wait_for(&f, 7, "plain text");
		assert_true(row_holds(&f, 3, "no link"));
		assert_false(is_bold(&f, 7, 6));
		vterm_state_get_cursorpos(vterm_obtain_state(f.vt), &at);
		assert_int_equal(at.row, 7);
		assert_int_equal(at.col, 10);
		press(&f, "s");
		wait_for(&f, 7, "plain TEXT");
		wait_for(&f, 8, "  " WIDE);
		assert_false(is_bold(&f, 7, 5));
		assert_true(is_bold(&f, 7, 6));
		vterm_state_get_cursorpos(vterm_obtain_state(f.vt), &at);
		assert_int_equal(at.row, 8);
		assert_int_equal(at.col, 2);
	}
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static void
test_terminal_curses__draws_everything_anew_when_asked(void **state)
{
	struct fixture f;
	size_t before;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	before = f.raw.len;
	(void)vterm_input_write(f.vt, "\x1b[2J", 4);
	assert_false(row_holds(&f, 0, "title bar"));
	press(&f, "l");
	wait_for(&f, ROWS - 1, "12345");
	assert_true(row_holds(&f, 0, "title bar"));
	assert_true(f.raw.len - before > 40);
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static void
test_terminal_curses__gets_every_control_key(void **state)
{
	static const struct {
		const char *bytes, *name;
	} keys[] = {
		{ "\x13", "Ctrl-S" },	       { "\x11", "Ctrl-Q" },
		{ "\x03", "Ctrl-C" },	       { "\x1a", "Ctrl-Z" },
		{ "\x16", "Ctrl-V" },	       { "\x0f", "Ctrl-O" },
		{ "\x1c", "Ctrl-\\" },	       { "\r", "Enter" },
		{ "\x1b[1;5C", "Ctrl-Right" }, { "\x1b", "Esc" },
	};
	struct fixture f;
	struct termios tio;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	assert_int_equal(tcgetattr(f.fd, &tio), 0);
	assert_int_equal(tio.c_lflag & (ISIG | ICANON | IEXTEN | ECHO), 0);
	assert_int_equal(tio.c_iflag & (IXON | ICRNL), 0);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		press(&f, keys[i].bytes);
		wait_for(&f, 6, keys[i].name);
	}
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static void
test_terminal_curses__gives_the_terminal_back(void **state)
{
	struct fixture f;
	struct termios before, after;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	assert_true(came(&f, "\x1b[?2004h"));
	assert_true(came(&f, "\x1b[?1049h"));
	assert_false(came(&f, "\x1b[?1h")); /* application cursor keys */
	assert_int_equal(tcgetattr(f.fd, &before), 0);
	press(&f, "q");
	wait_for_end(&f);
	assert_true(came(&f, "\x1b[?2004l"));
	assert_true(came(&f, "\x1b[?1049l"));
	assert_int_equal(tcgetattr(f.fd, &after), 0);
	assert_int_equal(before.c_lflag & ICANON, 0);
	assert_int_not_equal(after.c_lflag & ICANON, 0);
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static void
test_terminal_curses__falls_back_for_an_unknown_terminal(void **state)
{
	static const char *const terms[] = { "no-such-terminal", "",
					     "../../etc/passwd", NULL };

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct fixture f;

		start(&f, terms[i], NULL);
		wait_for(&f, ROWS - 1, "12345");
		press(&f, "q");
		assert_int_equal(finish(&f), EXIT_FELL_BACK);
		buf_release(&f.raw);
	}
}

static void
test_terminal_curses__refuses_a_terminal_without_a_cursor(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, "dumb", NULL);
	assert_int_equal(finish(&f), EXIT_REFUSED);
	assert_false(came(&f, "\x1b"));
	buf_release(&f.raw);
}

static void
test_terminal_curses__uses_the_colours_there_are(void **state)
{
	static const struct {
		const char *term, *no_color;
		bool indexed, eight;
	} rows[] = {
		{ "xterm-256color", NULL, true, false },
		{ "xterm-256color", "", true, false },
		{ "xterm-256color", "1", false, false },
		{ "xterm", NULL, false, true },
		{ "linux", NULL, false, true },
		{ "vt100", NULL, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture f;

		start(&f, rows[i].term, rows[i].no_color);
		wait_for(&f, 4, "fault");
		press(&f, "q");
		assert_int_equal(finish(&f), 0);
		assert_int_equal(came(&f, "38;5;63"), rows[i].indexed);
		assert_int_equal(came(&f, "\x1b[31m") || came(&f, ";31m"),
				 rows[i].eight);
		buf_release(&f.raw);
	}
}

static void
test_terminal_curses__sets_a_filtered_title(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	press(&f, "tt");
	wait_for_bytes(&f, "\x1b]0;win<1B>]2;dow<07>\x07");
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
	start(&f, "vt100", NULL);
	wait_for(&f, ROWS - 1, "12345");
	press(&f, "tq");
	assert_int_equal(finish(&f), 0);
	assert_false(came(&f, "\x1b]"));
	buf_release(&f.raw);
}

static void
test_terminal_curses__shows_as_a_person_wants(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	assert_true(came(&f, "38;5;63"));
	press(&f, "\x1b[<0;5;3M");
	press(&f, "z");
	wait_for(&f, 6, "key z"); /* no key came of the click */
	buf_reset(&f.raw);
	press(&f, "a");
	wait_for_bytes(&f, "\x1b[?1000h\x1b[?1006h");
	wait_for(&f, ROWS - 1, "12345");
	assert_false(came(&f, "38;5;"));
	assert_false(came(&f, "\x1b[4m"));
	press(&f, "\x1b[<0;5;3M");
	wait_for(&f, 6, "click 2 4");
	press(&f, "\x1b[<65;5;3M");
	wait_for(&f, 6, "wheel 1");
	buf_reset(&f.raw);
	press(&f, "b");
	wait_for_bytes(&f, "\x1b[?1006l\x1b[?1000l");
	press(&f, "a");
	wait_for_bytes(&f, "\x1b[?1000h");
	buf_reset(&f.raw);
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	assert_true(came(&f, "\x1b[?1006l\x1b[?1000l"));
	buf_release(&f.raw);
}

static void
test_terminal_curses__puts_a_text_on_the_clipboard(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	press(&f, "v");
	wait_for_bytes(&f, "\x1b]52;c;aGFsGwdsbw==\x07");
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
	start(&f, "linux", NULL); /* it would be printed there */
	wait_for(&f, ROWS - 1, "12345");
	press(&f, "vq");
	assert_int_equal(finish(&f), 0);
	assert_false(came(&f, "\x1b]52"));
	buf_release(&f.raw);
}

static void
test_terminal_curses__follows_the_size(void **state)
{
	static const struct winsize sizes[] = {
		{ .ws_row = 20, .ws_col = 100 },
		{ .ws_row = 6, .ws_col = 25 },
	};
	struct fixture f;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	for (int i = 0; i < 2; i++) {
		int last = sizes[i].ws_row - 1;

		vterm_set_size(f.vt, sizes[i].ws_row, sizes[i].ws_col);
		(void)vterm_input_write(f.vt, "\x1b[2J", 4);
		assert_int_equal(ioctl(f.fd, TIOCSWINSZ, &sizes[i]), 0);
		press(&f, "w");
		wait_for(&f, last, "12345");
		assert_true(row_holds(&f, 5, "resized"));
		assert_true(row_holds(&f, 0, "title bar"));
	}
	press(&f, "q");
	assert_int_equal(finish(&f), 0);
	buf_release(&f.raw);
}

static void
test_terminal_curses__notices_the_end_of_input(void **state)
{
	struct fixture f;
	int status;

	(void)state;
	start(&f, "xterm-256color", NULL);
	wait_for(&f, ROWS - 1, "12345");
	(void)close(f.fd);
	assert_int_equal(waitpid(f.child, &status, 0), f.child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_END_OF_INPUT);
	vterm_free(f.vt);
	buf_release(&f.raw);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terminal_curses__shows_the_canvas),
		cmocka_unit_test(test_terminal_curses__sends_only_what_changed),
		cmocka_unit_test(
			test_terminal_curses__mixes_plain_text_and_styles),
		cmocka_unit_test(
			test_terminal_curses__draws_everything_anew_when_asked),
		cmocka_unit_test(test_terminal_curses__gets_every_control_key),
		cmocka_unit_test(test_terminal_curses__gives_the_terminal_back),
		cmocka_unit_test(
			test_terminal_curses__falls_back_for_an_unknown_terminal),
		cmocka_unit_test(
			test_terminal_curses__refuses_a_terminal_without_a_cursor),
		cmocka_unit_test(
			test_terminal_curses__uses_the_colours_there_are),
		cmocka_unit_test(test_terminal_curses__sets_a_filtered_title),
		cmocka_unit_test(test_terminal_curses__shows_as_a_person_wants),
		cmocka_unit_test(
			test_terminal_curses__puts_a_text_on_the_clipboard),
		cmocka_unit_test(test_terminal_curses__follows_the_size),
		cmocka_unit_test(
			test_terminal_curses__notices_the_end_of_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
