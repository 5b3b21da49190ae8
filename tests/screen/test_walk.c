/*
 * test_walk.c - every screen of the table of views, on a terminal of every
 * kind and size, with data of every kind. For each: what libvterm shows is
 * what was painted, the cursor stands in the body on something, the bar ends
 * with help, and nothing reaches the terminal but sequences that we send. A
 * key writes only on cells that change, where the cursor was and is.
 *
 * The client runs in a child of its own in a pty, started as
 * `test_walk show SCREEN MOOD FD`; what it paints it tells on FD.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "fake_mood.h"
#include "fake_show.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "screen.h"

#define PATIENCE_MS 20000
#define CURSOR "\xe2\x96\xae" /* as canvas_dump() writes it */

static const char *const names[] = {
#define S(id, open) #id,
#include "view/screen.def"
};

#define N_SCREENS (sizeof(names) / sizeof(names[0]))

/* --- the parent: a person, and what they see --- */

struct kind {
	const char *name, *term, *variable;
	bool ascii;
};

static const struct kind kinds[] = {
	{ "colour", "xterm-256color", NULL, false },
	{ "monochrome", "xterm-mono", "NO_COLOR", false },
	{ "ascii", "linux", "PLEIN_ASCII", true },
};

static const char *const moods[] = { "ordinary", "empty", "hostile" };

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 12, 40 }, { 60, 200 }, { 24, 80 } };

struct walk {
	size_t which;
	enum fake_mood mood;
	const struct kind *kind;
	struct screen *screen;
	int frames; /* the child tells them here */
	struct buf told; /* not yet a whole frame */
	struct buf frame; /* the last one */
	struct buf bytes; /* all that went to the terminal */
	size_t keys, typed; /* that the client took, and that were typed */
	int rows, cols, frame_rows, frame_cols;
	bool rests; /* nothing more comes of those keys */
};

static void
describe(const struct walk *w, const char *what)
{
	struct buf seen = BUF_INIT;
	int row, col;

	screen_text(w->screen, &seen);
	screen_cursor(w->screen, &row, &col);
	print_error("%s, %s, %s, %d by %d: %s\n"
		    "%zu of %zu keys, painted:\n%s\ncursor %d %d, seen:\n%s\n",
		    names[w->which], moods[w->mood], w->kind->name, w->rows,
		    w->cols, what, w->keys, w->typed, w->frame.ptr, row, col,
		    seen.ptr);
	buf_release(&seen);
}

#define FAIL(w, what) \
	do { \
		describe(w, what); \
		fail(); \
	} while (0)

/* Who has an account does not apply for one. */
static void
set_role(const char *screen)
{
	if (strcmp(screen, "REGISTER") == 0)
		(void)setenv("FAKE_ROLE", "gast", 1);
	else if (strcmp(screen, "WAITING") == 0)
		(void)setenv("FAKE_ROLE", "waiting", 1);
	else
		(void)unsetenv("FAKE_ROLE");
}

static void
open_walk(struct walk *w)
{
	char which[16], mood[16], fd[16], path[512];
	const char *argv[] = { path, "show", which, mood, fd, NULL };
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	int pair[2];

	assert_true(n > 0);
	path[n] = '\0';
	assert_int_equal(pipe(pair), 0);
	set_role(names[w->which]);
	(void)snprintf(which, sizeof(which), "%zu", w->which);
	(void)snprintf(mood, sizeof(mood), "%d", (int)w->mood);
	(void)snprintf(fd, sizeof(fd), "%d", pair[1]);
	if (w->kind->variable)
		(void)setenv(w->kind->variable, "1", 1);
	w->rows = sizes[0].rows;
	w->cols = sizes[0].cols;
	w->screen = screen_run(w->rows, w->cols, w->kind->term, argv);
	if (w->kind->variable)
		(void)unsetenv(w->kind->variable);
	(void)close(pair[1]);
	w->frames = pair[0];
	buf_init(&w->told);
	buf_init(&w->frame);
	buf_init(&w->bytes);
	screen_record(w->screen, &w->bytes);
}

static void
close_walk(struct walk *w)
{
	screen_abandon(w->screen);
	(void)close(w->frames);
	buf_release(&w->told);
	buf_release(&w->frame);
	buf_release(&w->bytes);
}

/* Whole frames out of what was told; the last one is what counts. */
static void
take_frames(struct walk *w)
{
	char *end;

	while (w->told.len && (end = strchr(w->told.ptr, '\n')) != NULL) {
		size_t head = (size_t)(end + 1 - w->told.ptr), len, keys;
		int rows, cols;

		if (sscanf(w->told.ptr, "%zu %zu %d %d", &len, &keys, &rows,
			   &cols) != 4)
			FAIL(w, "the client tells something else");
		if (w->told.len < head + len)
			return;
		w->rests = len == 0;
		w->keys = keys;
		if (w->rests) {
			buf_erase(&w->told, 0, head);
			continue;
		}
		buf_reset(&w->frame);
		buf_add(&w->frame, w->told.ptr + head, len);
		buf_erase(&w->told, 0, head + len);
		w->frame_rows = rows;
		w->frame_cols = cols;
	}
}

static void
read_frames(struct walk *w)
{
	char bytes[16384];
	ssize_t n = read(w->frames, bytes, sizeof(bytes));

	if (n < 0 && errno == EINTR)
		return;
	if (n <= 0)
		FAIL(w, "the client ended");
	buf_add(&w->told, bytes, (size_t)n);
	take_frames(w);
}

/* --- painted and seen --- */

/* A grapheme of the frame at its column, or 0 behind the last one. */
struct place_in {
	const char *at;
	int row, col, width;
	size_t len;
};

static bool
next_place(struct place_in *p)
{
	p->at += p->len;
	p->col += p->width;
	while (*p->at == '\n') {
		p->at++;
		p->row++;
		p->col = 0;
	}
	if (!*p->at)
		return false;
	p->len = utf8_next(p->at, strlen(p->at), 0);
	p->width = utf8_cluster_width(p->at, p->len);
	return true;
}

/* What a cell should show, or 0 when it is no single character. */
static uint32_t
wanted(const struct walk *w, const struct place_in *p)
{
	uint32_t cp;

	if (w->kind->ascii)
		return (unsigned char)utf8_ascii(p->at, p->len);
	if (utf8_decode(p->at, p->len, &cp) != p->len)
		return 0;
	return cp;
}

static bool
is_cursor(const struct place_in *p)
{
	return p->len == strlen(CURSOR) && memcmp(p->at, CURSOR, p->len) == 0;
}

static bool
is_same(const struct walk *w)
{
	struct place_in p = { .at = w->frame.ptr };
	int row, col;

	screen_cursor(w->screen, &row, &col);
	while (next_place(&p)) {
		uint32_t seen = screen_char(w->screen, p.row, p.col);
		uint32_t cp = wanted(w, &p);

		if (is_cursor(&p) && (row != p.row || col != p.col))
			return false;
		if (!is_cursor(&p) && cp && cp != (seen ? seen : ' '))
			return false;
	}
	return true;
}

/* Is the last frame one of this size, after all that was typed? */
static bool
is_current(const struct walk *w)
{
	return w->frame.len && w->rests && w->keys >= w->typed &&
	       w->frame_rows == w->rows && w->frame_cols == w->cols;
}

/* Until such a frame is what is seen. */
static void
settle(struct walk *w)
{
	int64_t until = clock_mono_ms() + PATIENCE_MS;

	for (;;) {
		struct pollfd fds[2] = { { w->frames, POLLIN, 0 },
					 { screen_fd(w->screen), POLLIN, 0 } };
		int left = (int)(until - clock_mono_ms());

		if (poll(fds, 2, 0) == 0 && is_current(w) && is_same(w))
			return;
		if (left <= 0)
			FAIL(w, "not what was painted");
		(void)poll(fds, 2, left);
		if (fds[0].revents)
			read_frames(w);
		if (fds[1].revents)
			(void)screen_step(w->screen, 0);
	}
}

/* --- what must hold --- */

/* In a field, whose bracket stands before it on the line. */
static bool
is_in_field(const struct walk *w, int row, int col)
{
	while (--col >= 0)
		if (screen_char(w->screen, row, col) == '[')
			return true;
	return false;
}

static bool
is_text(const struct walk *w)
{
	return strcmp(names[w->which], "EDITOR") == 0 ||
	       strcmp(names[w->which], "REMARK") == 0 ||
	       strcmp(names[w->which], "WORDING") == 0 ||
	       strcmp(names[w->which], "ROUNDWRITE") == 0;
}

static void
check_cursor(const struct walk *w)
{
	int row, col, top = w->rows >= 16 ? 2 : 1;
	uint32_t under;

	screen_cursor(w->screen, &row, &col);
	if (row < top || row >= w->rows - 1)
		FAIL(w, "the cursor is outside the body");
	under = screen_char(w->screen, row, col);
	if (!is_text(w) && (!under || under == ' ') &&
	    !is_in_field(w, row, col))
		FAIL(w, "the cursor stands on nothing");
}

static void
check_lines(const struct walk *w)
{
	const char *at = w->frame.ptr;
	int rows = 0;

	for (; *at; at++)
		rows += *at == '\n';
	if (rows != w->rows)
		FAIL(w, "not that many lines");
	if (w->frame.ptr[0] == '\n')
		FAIL(w, "no title");
	if (!strstr(w->frame.ptr, "Hulp"))
		FAIL(w, "the bar does not name help");
}

/* Final bytes of control sequences that we send, and the modes we set. */
static size_t
skip_csi(const struct walk *w, const char *at)
{
	size_t n = strspn(at, "0123456789;?>!");

	if (!at[n] || !strchr("ABCDEFGHJKLMPSTXZ@`bdfghlmrtc", at[n])) {
		print_error("CSI %.*s\n", (int)n + 1, at);
		FAIL(w, "a control sequence that is none of ours");
	}
	return n + 1;
}

static size_t
skip_title(const struct walk *w, const char *at)
{
	size_t n = strcspn(at, "\x07");

	if (strncmp(at, "0;", 2) != 0 || !at[n])
		FAIL(w, "a title that is none of ours");
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)at[i] < 0x20)
			FAIL(w, "a control in the title");
	return n + 1;
}

/* Bytes behind an ESC. */
static size_t
skip_escape(const struct walk *w, const char *at)
{
	if (*at == '[')
		return 1 + skip_csi(w, at + 1);
	if (*at == ']')
		return 1 + skip_title(w, at + 1);
	if (*at == '(' || *at == ')')
		return 2;
	if (!*at || !strchr("78=>MDEc", *at)) {
		print_error("ESC %c\n", *at);
		FAIL(w, "an escape that is none of ours");
	}
	return 1;
}

static void
check_bytes(const struct walk *w)
{
	const char *at = w->bytes.ptr, *end = at + w->bytes.len;

	while (at < end) {
		unsigned char c = (unsigned char)*at++;

		if (c == 0x1b)
			at += skip_escape(w, at);
		else if (c < 0x20 && !strchr("\r\n\b\t\x0e\x0f", c))
			FAIL(w, "a control that is none of ours");
		else if (w->kind->ascii && c >= 0x7f)
			FAIL(w, "more than ASCII");
		else if (c == 0xc2 && at < end && (unsigned char)*at < 0xa0)
			FAIL(w, "a C1 control");
	}
}

static void
check(const struct walk *w)
{
	check_lines(w);
	check_cursor(w);
}

static void
press(struct walk *w, const char *bytes)
{
	screen_type(w->screen, bytes);
	w->typed++;
	settle(w);
	check(w);
}

static void
resize(struct walk *w, int rows, int cols)
{
	w->rows = rows;
	w->cols = cols;
	screen_resize(w->screen, rows, cols);
	settle(w);
}

static bool
shows_help(const struct walk *w)
{
	return strncmp(w->frame.ptr, "Hulp", 4) == 0;
}

static void
look_at_help(struct walk *w)
{
	press(w, "\x1b[11~");
	if (!shows_help(w))
		FAIL(w, "no help");
	press(w, "\x1b");
	if (shows_help(w) && strcmp(names[w->which], "HELP") != 0)
		FAIL(w, "help does not lead back");
}

/* --- what somebody hears: nothing is written but what changed --- */

#define BYTES_OF_A_MOVE 400
#define BYTES_OF_A_LETTER 120
#define CELLS_VAIN 8 /* curses gets somewhere by writing what is there */
/* The screen of before a key. */
struct heard {
	struct screen_look *before;
	size_t bytes;
	int row; /* of the cursor */
	bool is_letter;
};

static void
begin_listening(const struct walk *w, struct heard *h, const char *key)
{
	int col;

	h->before = mem_array((size_t)(w->rows * w->cols), sizeof(*h->before));
	for (int i = 0; i < w->rows * w->cols; i++)
		screen_look(w->screen, i / w->cols, i % w->cols, &h->before[i]);
	screen_cursor(w->screen, &h->row, &col);
	screen_forget_written(w->screen);
	h->bytes = w->bytes.len;
	h->is_letter = key[0] >= ' ' || (is_text(w) && key[0] == '\t');
}

static bool
has_changed(const struct walk *w, const struct heard *h, int row, int col)
{
	struct screen_look now;

	screen_look(w->screen, row, col, &now);
	return memcmp(&now, &h->before[row * w->cols + col], sizeof(now)) != 0;
}

/* The cells of a row that changed, [*from, *to); false when none did. */
static bool
find_changed(const struct walk *w, const struct heard *h, int row, int *from,
	     int *to)
{
	*from = 0;
	*to = w->cols;
	while (*from < w->cols && !has_changed(w, h, row, *from))
		++*from;
	while (*to > *from && !has_changed(w, h, row, *to - 1))
		--*to;
	return *from < *to;
}

/* Begins with the cursor where one types. */
static bool
takes_letters(const struct walk *w)
{
	static const char *const them[] = { "EDITOR", "WORDING", "SAVE",
					    "RENAME", "NEWPAGE", "REGISTER",
					    "REMARK" };

	for (size_t i = 0; i < sizeof(them) / sizeof(them[0]); i++)
		if (strcmp(names[w->which], them[i]) == 0)
			return true;
	return false;
}

/* Blanks behind the end of a line cost nothing, and say nothing. */
static bool
is_blank_cell(const struct walk *w, int row, int col)
{
	static const struct screen_look blank = { .chars = { ' ' } };
	struct screen_look now;

	screen_look(w->screen, row, col, &now);
	return memcmp(&now, &blank, sizeof(now)) == 0;
}

/* Cells of a row that were written though nothing changed there. */
static int
count_vain(const struct walk *w, const struct heard *h, int row)
{
	int from, to, n = 0;

	(void)find_changed(w, h, row, &from, &to); /* else from is to */
	for (int col = 0; col < w->cols; col++)
		n += screen_was_written(w->screen, row, col) &&
		     (col < from || col >= to) && !is_blank_cell(w, row, col);
	return n;
}

/*
 * What may change with a key: where the cursor was and is, the message, and
 * the two lines at the top, which say in what state all is. With other keys
 * in the bar it is another place.
 */
static bool
is_expected(const struct walk *w, const struct heard *h, int row)
{
	int now, col, from, to;

	screen_cursor(w->screen, &now, &col);
	if (h->is_letter || strcmp(names[w->which], "SEEK") == 0)
		return true; /* words that wrap; what was found comes in */
	return row < 2 || row == h->row || row == now || row == w->rows - 2 ||
	       find_changed(w, h, w->rows - 1, &from, &to);
}

/* Press a key; what is wrong with what it wrote, or NULL. */
static const char *
listen(struct walk *w, const char *key, size_t most)
{
	const char *wrong = NULL;
	int from, to, vain = 0;
	struct heard h;

	begin_listening(w, &h, key);
	press(w, key);
	for (int row = 0; row < w->rows; row++) {
		vain += count_vain(w, &h, row);
		if (find_changed(w, &h, row, &from, &to) &&
		    !is_expected(w, &h, row))
			wrong = "a key changed more than it may";
	}
	if (vain > CELLS_VAIN)
		wrong = "written where nothing changed";
	if (w->bytes.len - h.bytes > most)
		wrong = "too many bytes for a key";
	free(h.before);
	return wrong;
}

static const char *
listen_to_keys(struct walk *w)
{
	static const char *const keys[] = { "\x1b[B", "\x1b[B", "\x1b[B", "\t",
					    "\t",     "\x1b[A", "\x1b[A" };
	const char *wrong = NULL;

	if (takes_letters(w)) {
		wrong = listen(w, "x", BYTES_OF_A_MOVE); /* state, too */
		for (int i = 0; i < 3 && !wrong; i++)
			wrong = listen(w, "x", BYTES_OF_A_LETTER);
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && !wrong; i++)
		wrong = listen(w, keys[i], BYTES_OF_A_MOVE);
	return wrong;
}

static void
listen_to_one(size_t which)
{
	struct walk w = { .which = which, .kind = &kinds[0] };
	const char *wrong;

	open_walk(&w);
	settle(&w);
	wrong = listen_to_keys(&w);
	if (wrong)
		FAIL(&w, wrong);
	close_walk(&w);
}

static void
walk_one(size_t which, enum fake_mood mood, const struct kind *kind)
{
	struct walk w = { .which = which, .mood = mood, .kind = kind };

	open_walk(&w);
	settle(&w);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (i > 0)
			resize(&w, sizes[i].rows, sizes[i].cols);
		check(&w);
		press(&w, "\t");
		press(&w, "\x1b[B");
		press(&w, "\x1b[6~");
		press(&w, "\x1b[1~");
		look_at_help(&w);
	}
	resize(&w, 5, 20);
	resize(&w, 24, 80);
	check(&w);
	check_bytes(&w);
	close_walk(&w);
}

static void
test_walk(void **state)
{
	const char *name = *state;
	size_t which = 0;

	while (strcmp(names[which], name) != 0)
		which++;
	for (int mood = FAKE_ORDINARY; mood <= FAKE_HOSTILE; mood++)
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			walk_one(which, (enum fake_mood)mood, &kinds[i]);
	listen_to_one(which);
}

int
main(int argc, char **argv)
{
	struct CMUnitTest tests[N_SCREENS] = { { 0 } };
	size_t n = 0;

	if (argc == 5 && strcmp(argv[1], "show") == 0)
		return fake_show(argv[2], argv[3], argv[4]);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)setenv("FAKE_TALK", "1", 1);
	for (size_t i = 0; i < N_SCREENS; i++) {
		if (argc > 1 && strcmp(argv[1], names[i]) != 0)
			continue;
		tests[n].name = names[i];
		tests[n].test_func = test_walk;
		tests[n++].initial_state = (void *)names[i];
	}
	return n ? _cmocka_run_group_tests("walk", tests, n, NULL, NULL) : 1;
}
