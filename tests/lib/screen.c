/* A pty, a child in it, and libvterm as the terminal that shows it. */
#include "screen.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define WAIT_MS 15000

struct screen {
	int pty;
	pid_t pid;
	int rows, cols;
	size_t bytes;
	struct buf *record; /* the caller's, or NULL */
	VTerm *vt;
	VTermScreen *vs;
	bool *written; /* cell by cell */
};

static int
note_written(VTermRect rect, void *ctx)
{
	struct screen *s = ctx;

	for (int row = rect.start_row; row < rect.end_row; row++)
		for (int col = rect.start_col; col < rect.end_col; col++)
			if (row < s->rows && col < s->cols)
				s->written[row * s->cols + col] = true;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .damage = note_written };

static void
answer_terminal(const char *s, size_t len, void *ctx)
{
	struct screen *screen = ctx;

	/* What a terminal reports back: lost is as good as late. */
	if (write(screen->pty, s, len) < 0)
		return;
}

struct screen *
screen_run(int rows, int cols, const char *term, const char *const argv[])
{
	struct winsize size = { (unsigned short)rows, (unsigned short)cols, 0,
				0 };
	struct screen *s = mem_alloc(sizeof(*s));

	s->rows = rows;
	s->cols = cols;
	s->pid = forkpty(&s->pty, NULL, NULL, &size);
	if (s->pid < 0)
		die("forkpty");
	if (s->pid == 0) {
		(void)setenv("TERM", term ? term : "xterm-256color", 1);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	s->vt = vterm_new(rows, cols);
	vterm_set_utf8(s->vt, 1);
	vterm_output_set_callback(s->vt, answer_terminal, s);
	s->vs = vterm_obtain_screen(s->vt);
	s->written = mem_array((size_t)(rows * cols), sizeof(*s->written));
	vterm_screen_set_callbacks(s->vs, &callbacks, s);
	vterm_screen_enable_altscreen(s->vs, 1);
	vterm_screen_reset(s->vs, 1);
	return s;
}

struct screen *
screen_open(const struct fixture *f, int rows, int cols, const char *term,
	    const char *const extra[])
{
	const char *args[FIXTURE_ARGS] = { "-tt", "127.0.0.1" };
	const char *argv[FIXTURE_ARGS];
	int i;

	for (i = 0; extra && extra[i] && i < 8; i++)
		args[i + 2] = extra[i];
	(void)fixture_ssh_argv(f, f->key, args, argv);
	return screen_run(rows, cols, term, argv);
}

void
screen_type(struct screen *s, const char *bytes)
{
	size_t len = strlen(bytes), done = 0;

	while (done < len) {
		struct pollfd p = { s->pty, POLLIN | POLLOUT, 0 };
		ssize_t n;

		(void)poll(&p, 1, WAIT_MS);
		if (p.revents & POLLIN)
			(void)screen_step(s, 0);
		if (!(p.revents & POLLOUT))
			continue;
		n = write(s->pty, bytes + done,
			  len - done > 512 ? 512 : len - done);
		if (n <= 0)
			return;
		done += (size_t)n;
	}
}

void
screen_record(struct screen *s, struct buf *bytes)
{
	s->record = bytes;
}

bool
screen_step(struct screen *s, int ms)
{
	struct pollfd p = { s->pty, POLLIN, 0 };
	char bytes[16384];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = read(s->pty, bytes, sizeof(bytes));
	if (n <= 0)
		return false;
	s->bytes += (size_t)n;
	if (s->record)
		buf_add(s->record, bytes, (size_t)n);
	(void)vterm_input_write(s->vt, bytes, (size_t)n);
	vterm_screen_flush_damage(s->vs);
	return true;
}

static void
append_cell(struct screen *s, int row, int col, struct buf *out)
{
	VTermPos pos = { row, col };
	VTermScreenCell cell;
	char utf8[UTF8_MAX];
	int i;

	if (!vterm_screen_get_cell(s->vs, pos, &cell))
		return;
	if (cell.chars[0] == 0)
		buf_char(out, ' ');
	for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
		if (cell.chars[i] <= 0x10ffff)
			buf_add(out, utf8, utf8_encode(cell.chars[i], utf8));
}

void
screen_text(struct screen *s, struct buf *out)
{
	size_t start;
	int row, col;

	for (row = 0; row < s->rows; row++) {
		start = out->len;
		for (col = 0; col < s->cols; col++)
			append_cell(s, row, col, out);
		while (out->len > start && out->ptr[out->len - 1] == ' ')
			out->len--;
		buf_char(out, '\n');
	}
}

static bool
holds(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;
	bool found;

	screen_text(s, &all);
	found = strstr(all.ptr, text) != NULL;
	buf_release(&all);
	return found;
}

static bool
wait_for(struct screen *s, const char *text, bool wanted)
{
	int64_t deadline = clock_mono_ms() + WAIT_MS;
	int64_t left;

	while (holds(s, text) != wanted) {
		left = deadline - clock_mono_ms();
		if (left <= 0 || !screen_step(s, (int)left))
			return holds(s, text) == wanted;
	}
	return true;
}

bool
screen_wait(struct screen *s, const char *text)
{
	return wait_for(s, text, true);
}

bool
screen_wait_gone(struct screen *s, const char *text)
{
	return wait_for(s, text, false);
}

void
screen_cursor(struct screen *s, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &pos);
	*row = pos.row;
	*col = pos.col;
}

uint32_t
screen_char(const struct screen *s, int row, int col)
{
	VTermPos pos = { row, col };
	VTermScreenCell cell;

	return vterm_screen_get_cell(s->vs, pos, &cell) ? cell.chars[0] : 0;
}

bool
screen_is_reverse(struct screen *s, int row, int col)
{
	VTermPos pos = { row, col };
	VTermScreenCell cell;

	return vterm_screen_get_cell(s->vs, pos, &cell) && cell.attrs.reverse;
}

void
screen_look(const struct screen *s, int row, int col, struct screen_look *out)
{
	VTermPos pos = { row, col };
	VTermScreenCell cell;

	memset(out, 0, sizeof(*out));
	if (!vterm_screen_get_cell(s->vs, pos, &cell))
		return;
	for (int i = 0; i < SCREEN_CHARS && cell.chars[i]; i++)
		out->chars[i] = cell.chars[i];
	if (out->chars[0] == 0)
		out->chars[0] = ' ';
	out->bold = cell.attrs.bold;
	out->underline = cell.attrs.underline != 0;
	out->reverse = cell.attrs.reverse;
	out->has_colour = VTERM_COLOR_IS_INDEXED(&cell.fg) &&
			  !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
	if (out->has_colour)
		out->colour = cell.fg.indexed.idx;
}

bool
screen_was_written(const struct screen *s, int row, int col)
{
	return s->written[row * s->cols + col];
}

void
screen_forget_written(struct screen *s)
{
	memset(s->written, 0, (size_t)(s->rows * s->cols));
}

void
screen_resize(struct screen *s, int rows, int cols)
{
	struct winsize size = { (unsigned short)rows, (unsigned short)cols, 0,
				0 };

	s->rows = rows;
	s->cols = cols;
	free(s->written);
	s->written = mem_array((size_t)(rows * cols), sizeof(*s->written));
	vterm_set_size(s->vt, rows, cols);
	(void)ioctl(s->pty, TIOCSWINSZ, &size);
}

static int
reap(struct screen *s)
{
	int status;

	while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
		;
	(void)close(s->pty);
	vterm_free(s->vt);
	free(s->written);
	free(s);
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return WTERMSIG(status) == SIGKILL ? -1 : 128 + WTERMSIG(status);
}

int
screen_close(struct screen *s)
{
	int64_t deadline = clock_mono_ms() + WAIT_MS;

	while (clock_mono_ms() < deadline &&
	       screen_step(s, (int)(deadline - clock_mono_ms())))
		;
	if (clock_mono_ms() >= deadline)
		(void)kill(s->pid, SIGKILL);
	return reap(s);
}

void
screen_abandon(struct screen *s)
{
	(void)kill(s->pid, SIGKILL);
	(void)reap(s);
}

pid_t
screen_pid(const struct screen *s)
{
	return s->pid;
}

int
screen_fd(const struct screen *s)
{
	return s->pty;
}

size_t
screen_bytes(const struct screen *s)
{
	return s->bytes;
}
