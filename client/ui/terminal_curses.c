/*
 * terminal_curses.c - the one file that knows curses. It uses curses for what
 * it is good at: terminfo, and sending the least bytes that turn one screen
 * into the next. Keys are read and decoded by keys.c instead: curses swallows
 * what follows an invalid byte and knows one family of terminals at a time.
 *
 * The canvas shown last is kept, and only what differs from it is handed to
 * curses, which would otherwise compare, and convert, every cell at every key.
 * Not even that for letters in any style (patch.h): curses takes three times as
 * long for it as all the rest of us, so it is told later.
 */
#define NCURSES_WIDECHAR 1

#include "ui/terminal.h"

#include <assert.h>
#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "ui/clipboard.h"
#include "ui/glyph.h"
#include "ui/patch.h"
#include "ui/theme.h"

#define ROWS_MIN 5
#define ROWS_MAX 300
#define COLS_MIN 20
#define COLS_MAX 500
#define TERM_MAX 64
#define TITLE_WIDTH 120
#define READ_SIZE 4096

#define PASTE_ON "\x1b[?2004h"
#define PASTE_OFF "\x1b[?2004l"
#define TITLE_PUSH "\x1b[22;0t"
#define TITLE_POP "\x1b[23;0t"
#define MOUSE_ON "\x1b[?1000h\x1b[?1006h"
#define MOUSE_OFF "\x1b[?1006l\x1b[?1000l"

_Static_assert(GLYPH_CHARS == CCHARW_MAX, "a glyph is a cell of curses");

struct curses {
	struct terminal base;
	SCREEN *screen;
	struct keys *keys;
	int rows, cols; /* what curses believes */
	cchar_t *line; /* a row on its way to it */
	int row, col; /* where it believes the cursor is */
	int most_colours; /* that it has */
	int colours; /* that are used, as theme_entry() takes it */
	struct canvas *shown; /* last; NULL: nothing that counts */
	struct patch_span *spans; /* of `rows` rows */
	bool patches; /* does the terminal take what patch.c makes? */
	struct buf styles[STYLE_N]; /* what begins each, for it */
	bool is_small; /* its screens have one cell: see size_screens() */
	bool is_ahead; /* did it, and curses knows nothing of it? */
	bool *ahead; /* which rows */
	struct buf bytes;
	bool titles; /* it takes OSC */
	bool ascii; /* nothing else is understood there, or wanted */
	bool mouse; /* it was told to report it */
	char *title; /* shown last */
};

/* For terminal_curses_restore(): die() has no argument. */
static struct curses *current;

static struct curses *
curses_of(struct terminal *t)
{
	return (struct curses *)t;
}

/* A terminal that is gone is noticed when reading. */
static void
send_bytes(const char *s, size_t len)
{
	while (len) {
		ssize_t n = write(STDOUT_FILENO, s, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		s += n;
		len -= (size_t)n;
	}
}

static void
send_string(const char *s)
{
	send_bytes(s, strlen(s));
}

/* --- size --- */

static int
clamp(int n, int low, int high)
{
	return n < low ? low : n > high ? high : n;
}

static void
curses_size(struct terminal *t, int *rows, int *cols)
{
	struct winsize ws = { 0 };

	(void)t;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0 || !ws.ws_row ||
	    !ws.ws_col) {
		ws.ws_row = 24;
		ws.ws_col = 80;
	}
	*rows = clamp(ws.ws_row, ROWS_MIN, ROWS_MAX);
	*cols = clamp(ws.ws_col, COLS_MIN, COLS_MAX);
}

static void
take_size(struct curses *t, int rows, int cols)
{
	free(t->line);
	free(t->spans);
	free(t->ahead);
	t->line = mem_array((size_t)cols, sizeof(*t->line));
	t->spans = mem_array((size_t)rows, sizeof(*t->spans));
	t->ahead = mem_array((size_t)rows, sizeof(*t->ahead));
	t->is_ahead = false;
	t->rows = rows;
	t->cols = cols;
}

static void
forget_shown(struct curses *t)
{
	canvas_free(t->shown);
	t->shown = NULL;
	t->is_ahead = false; /* all is drawn anew */
	memset(t->ahead, 0, (size_t)t->rows * sizeof(*t->ahead));
	(void)clearok(curscr, TRUE);
}

/* Those of curses: blank ones that may never be asked for take as much memory
 * as all else that a person with a short page needs. */
static void
size_screens(struct curses *t, int rows, int cols)
{
	(void)wresize(curscr, rows, cols);
	(void)wresize(newscr, rows, cols);
	t->is_small = rows < t->rows;
}

static void
grow_again(struct curses *t)
{
	if (t->is_small)
		size_screens(t, t->rows, t->cols);
}

/* resize_term(), not resizeterm(): that one queues keys nobody reads. */
static void
follow_size(struct curses *t, int rows, int cols)
{
	if (rows == t->rows && cols == t->cols)
		return;
	grow_again(t);
	(void)resize_term(rows, cols);
	take_size(t, rows, cols);
	forget_shown(t);
}

/* --- showing --- */

static attr_t
attributes_of(const struct theme_entry *e)
{
	attr_t a = A_NORMAL;

	if (e->bold)
		a |= A_BOLD;
	if (e->reverse)
		a |= A_REVERSE;
	if (e->underline)
		a |= A_UNDERLINE;
	return a;
}

/* Pair numbers are style numbers plus one; see prepare_colours(). */
static short
pair_of(const struct theme_entry *e, enum style style)
{
	return e->colour < 0 ? 0 : (short)(style + 1);
}

/* What all characters of a style have in common. */
static void
set_style(const struct curses *t, enum style style, cchar_t *out)
{
	const struct theme_entry *e = theme_entry(style, t->colours);

	(void)setcchar(out, L" ", attributes_of(e), pair_of(e, style), NULL);
}

/* The cell as one or two characters for curses; returns how many. */
static size_t
add_cell(const struct curses *t, const struct canvas *c,
	 const struct cell *cell, const cchar_t *style, cchar_t *out)
{
	const char *shown;
	char text[UTF8_MAX + 1];
	struct glyph glyphs[2];
	size_t n;

	if (cell->glyph < 0x7f) {
		out[0] = *style;
		out[0].chars[0] = (wchar_t)cell->glyph;
		return 1;
	}
	shown = canvas_grapheme(c, cell, text);
	if (t->ascii)
		n = glyph_spell(shown, cell->width, glyphs);
	else
		n = glyph_split(shown, cell->width, glyphs);
	for (size_t i = 0; i < n; i++) {
		out[i] = *style;
		memcpy(out[i].chars, glyphs[i].text, sizeof(out[i].chars));
	}
	return n;
}

/*
 * Into the screen to be, without a window in between that would be copied
 * there. mvwadd_wchnstr() neither wraps nor scrolls at the lower right corner.
 */
static void
put_cells(const struct curses *t, WINDOW *w, const struct canvas *c,
	  const struct patch_span *s)
{
	const struct cell *cells = canvas_cell(c, s->row, 0);
	enum style style = STYLE_N;
	cchar_t common;
	size_t n = 0;

	for (int col = s->from; col < s->to; col++) {
		if (!cells[col].width)
			continue;
		if (cells[col].style != style)
			set_style(t, style = cells[col].style, &common);
		n += add_cell(t, c, &cells[col], &common, &t->line[n]);
	}
	(void)mvwadd_wchnstr(w, s->row, s->from, t->line, (int)n);
}

/* Fills t->spans; returns how many rows differ from what is shown. */
static int
find_spans(const struct curses *t, const struct canvas *c)
{
	int n = 0;

	for (int row = 0; row < t->rows; row++) {
		struct patch_span *s = &t->spans[n];

		*s = (struct patch_span){ row, 0, t->cols };
		n += !t->shown ||
		     canvas_differs(c, t->shown, row, &s->from, &s->to);
	}
	return n;
}

/* Without curses, which is told when it is needed again. */
static bool
show_patch(struct curses *t, const struct canvas *c, int n)
{
	bool possible = t->patches && t->shown && !canvas_has_long(c) &&
			!canvas_has_long(t->shown);
	const char *styles[STYLE_N];
	int row, col;

	buf_reset(&t->bytes);
	for (int i = 0; i < STYLE_N; i++)
		styles[i] = t->styles[i].ptr;
	if (!possible ||
	    !patch_bytes(t->shown, c, t->spans, n, styles, &t->bytes))
		return false;
	send_bytes(t->bytes.ptr, t->bytes.len);
	for (int i = 0; i < n; i++) {
		canvas_copy_row(t->shown, c, t->spans[i].row);
		t->ahead[t->spans[i].row] = true;
	}
	canvas_get_cursor(c, &row, &col);
	canvas_cursor(t->shown, row, col);
	t->is_ahead = true;
	return true;
}

/* The terminal becomes what curses believes it is. */
static void
catch_up(struct curses *t)
{
	grow_again(t);
	if (!t->is_ahead)
		return;
	for (int row = 0; row < t->rows; row++) {
		const struct patch_span all = { row, 0, t->cols };

		if (!t->ahead[row])
			continue;
		put_cells(t, curscr, t->shown, &all);
		put_cells(t, newscr, t->shown, &all);
		t->ahead[row] = false;
	}
	buf_reset(&t->bytes);
	patch_move(t->row, t->col, &t->bytes);
	send_bytes(t->bytes.ptr, t->bytes.len);
	t->is_ahead = false;
}

static void
show_by_curses(struct curses *t, const struct canvas *c, int n)
{
	catch_up(t);
	for (int i = 0; i < n; i++)
		put_cells(t, newscr, c, &t->spans[i]);
	canvas_get_cursor(c, &t->row, &t->col);
	(void)wmove(newscr, t->row, t->col);
	(void)doupdate();
	if (!t->shown)
		t->shown = canvas_new(t->rows, t->cols);
	canvas_copy(t->shown, c);
}

/* Curses writes a whole screen in some thirty pieces; it only clears it. */
static void
show_nothing(struct curses *t)
{
	grow_again(t);
	(void)werase(newscr);
	(void)wmove(newscr, t->row = 0, t->col = 0);
	(void)doupdate();
	t->shown = canvas_new(t->rows, t->cols);
	size_screens(t, 1, 1);
}

static void
curses_show(struct terminal *base, const struct canvas *c)
{
	struct curses *t = curses_of(base);
	int n;

	follow_size(t, canvas_rows(c), canvas_cols(c));
	if (t->patches && !t->shown)
		show_nothing(t);
	n = find_spans(t, c);
	if (!show_patch(t, c, n))
		show_by_curses(t, c, n);
}

static void
curses_redraw(struct terminal *base, const struct canvas *c)
{
	forget_shown(curses_of(base));
	curses_show(base, c);
}

static void
spell_line(struct buf *line)
{
	struct buf out = BUF_INIT;

	for (size_t pos = 0, next; pos < line->len; pos = next) {
		next = utf8_next(line->ptr, line->len, pos);
		buf_char(&out, utf8_ascii(line->ptr + pos, next - pos));
	}
	buf_release(line);
	*line = out;
}

/* ESC and BEL cannot be in it: the filter takes them out. */
static void
curses_title(struct terminal *base, const char *text)
{
	struct curses *t = curses_of(base);
	struct buf shown = BUF_INIT;
	struct buf out = BUF_INIT;

	if (!t->titles || (t->title && strcmp(t->title, text) == 0))
		return;
	free(t->title);
	t->title = mem_strdup(text);
	filter_line(&shown, text, strlen(text));
	if (t->ascii)
		spell_line(&shown);
	buf_printf(&out, "\x1b]0;%.*s\x07",
		   (int)utf8_fit(shown.ptr, shown.len, TITLE_WIDTH), shown.ptr);
	send_bytes(out.ptr, out.len);
	buf_release(&shown);
	buf_release(&out);
}

/* --- keys --- */

static int
curses_fd(struct terminal *base)
{
	(void)base;
	return STDIN_FILENO;
}

static bool
curses_read(struct terminal *base)
{
	char data[READ_SIZE];
	ssize_t n = read(STDIN_FILENO, data, sizeof(data));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	if (n > 0)
		keys_feed(curses_of(base)->keys, data, (size_t)n);
	return n > 0;
}

static bool
curses_key(struct terminal *base, bool idle, struct key *out)
{
	return keys_next(curses_of(base)->keys, idle, out);
}

static bool
curses_pending(struct terminal *base)
{
	return keys_pending(curses_of(base)->keys);
}

/* --- taking over and giving back --- */

void
terminal_curses_restore(void)
{
	struct curses *t = current;

	if (!t)
		return;
	current = NULL;
	send_string(PASTE_OFF);
	if (t->mouse)
		send_string(MOUSE_OFF);
	if (t->titles)
		send_string(TITLE_POP);
	(void)endwin();
}

static void
curses_close(struct terminal *base)
{
	struct curses *t = curses_of(base);

	if (!t)
		return;
	terminal_curses_restore();
	if (t->screen)
		delscreen(t->screen);
	canvas_free(t->shown);
	free(t->line);
	free(t->spans);
	free(t->ahead);
	buf_release(&t->bytes);
	for (int i = 0; i < STYLE_N; i++)
		buf_release(&t->styles[i]);
	keys_free(t->keys);
	free(t->title);
	free(t);
}

/* A name that may be looked up: it comes from the other side of SSH. */
static bool
is_terminal_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789.+-_";
	size_t len = name ? strlen(name) : 0;

	return len && len <= TERM_MAX && name[0] != '.' &&
	       strspn(name, allowed) == len;
}

static bool
has_string(const char *name)
{
	const char *s = tigetstr(name);

	return s && s != (const char *)-1;
}

/* Asked first, since newterm() leaks when it does not know a name. */
static bool
is_known_terminal(const char *name, bool *moves)
{
	int found;

	if (!is_terminal_name(name) ||
	    setupterm(name, STDOUT_FILENO, &found) != OK)
		return false;
	*moves = has_string("cup");
	(void)del_curterm(cur_term); /* newterm() makes its own */
	return true;
}

const char *
terminal_curses_type(bool *fell_back)
{
	const char *const names[] = { getenv("TERM"), "xterm-256color",
				      "vt100" };
	bool moves;

	for (size_t i = 0; i < 3; i++) {
		if (!is_known_terminal(names[i], &moves))
			continue;
		*fell_back = i > 0;
		return moves ? names[i] : NULL;
	}
	return NULL;
}

/* Does this terminal take OSC 0? Others would print it. */
static bool
takes_titles(const char *name)
{
	static const char *const families[] = { "xterm",  "screen",    "tmux",
						"rxvt",	  "putty",     "vte",
						"gnome",  "alacritty", "foot",
						"konsole" };

	if (!name)
		return false;
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (strncmp(name, families[i], strlen(families[i])) == 0)
			return true;
	return false;
}

static bool
takes_patches(void)
{
	static const char *const strings[][2] = {
		{ "cup", PATCH_CUP },	     { "el", PATCH_EL },
		{ "bold", PATCH_BOLD },	     { "rev", PATCH_REVERSE },
		{ "smul", PATCH_UNDERLINE },
	};

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		if (!has_string(strings[i][0]) ||
		    strcmp(tigetstr(strings[i][0]), strings[i][1]) != 0)
			return false;
	return true;
}

static int
count_colours(void)
{
	const char *no_color = getenv("NO_COLOR");

	if ((no_color && *no_color) || !has_colors())
		return 0;
	if (start_color() == ERR || use_default_colors() == ERR || COLORS < 8)
		return 0;
	return COLORS == 256 ? 256 : 8;
}

static void
prepare_colours(struct curses *t)
{
	for (int i = 0; i < STYLE_N; i++) {
		const struct theme_entry *e =
			theme_entry((enum style)i, t->colours);
		short pair = pair_of(e, (enum style)i);

		buf_reset(&t->styles[i]);
		patch_style(e, &t->styles[i]);
		if (pair)
			(void)init_pair(pair, (short)e->colour,
					(short)(e->paper - 1));
	}
}

static int
choose_colours(const struct curses *t, const struct display *d)
{
	if (d->value[DISPLAY_COLOUR] == COLOUR_CONTRAST)
		return THEME_CONTRAST;
	return d->value[DISPLAY_COLOUR] == COLOUR_NONE ? 0 : t->most_colours;
}

static void
turn_mouse(struct curses *t, bool on)
{
	if (t->mouse != on)
		send_string(on ? MOUSE_ON : MOUSE_OFF);
	t->mouse = on;
	keys_take_mouse(t->keys, on);
}

static void
curses_adapt(struct terminal *base, const struct display *d)
{
	struct curses *t = curses_of(base);

	t->ascii = getenv("PLEIN_ASCII") != NULL ||
		   d->value[DISPLAY_SIGNS] == SIGNS_ASCII;
	t->patches = !t->ascii && takes_patches();
	t->colours = choose_colours(t, d);
	prepare_colours(t);
	turn_mouse(t, d->value[DISPLAY_MOUSE] == SWITCH_ON);
	forget_shown(t);
}

static void
curses_copy(struct terminal *base, const char *text, size_t len)
{
	struct buf out = BUF_INIT;

	if (curses_of(base)->titles && clipboard_bytes(text, len, &out))
		send_bytes(out.ptr, out.len);
	buf_release(&out);
}

static void
prepare_terminal(struct curses *t)
{
	(void)raw();
	(void)noecho();
	(void)nonl();
	(void)typeahead(-1); /* never break off showing to look for keys */
	t->most_colours = count_colours();
	send_string(PASTE_ON);
	if (t->titles)
		send_string(TITLE_PUSH);
}

static const struct terminal_ops curses_ops = {
	.size = curses_size,
	.show = curses_show,
	.redraw = curses_redraw,
	.title = curses_title,
	.fd = curses_fd,
	.read = curses_read,
	.key = curses_key,
	.pending = curses_pending,
	.adapt = curses_adapt,
	.copy = curses_copy,
	.close = curses_close,
};

int
terminal_curses_open(struct terminal **out, const char *type,
		     const struct display *d, struct err *err)
{
	struct display plain;
	struct curses *t;

	assert(!current);
	*out = NULL;
	if (!type)
		return err_set(err, PLEIN_ERULE,
			       "the terminal cannot move its cursor");
	t = mem_alloc(sizeof(*t));
	t->base.ops = &curses_ops;
	buf_init(&t->bytes);
	for (int i = 0; i < STYLE_N; i++)
		buf_init(&t->styles[i]);
	/* No shell to be suspended to; else curses guards against it with two
	 * system calls at every screen. */
	(void)signal(SIGTSTP, SIG_IGN);
	t->screen = newterm(type, stdout, stdin);
	if (!t->screen) {
		free(t);
		return err_set(err, PLEIN_ERULE, "no terminal description");
	}
	current = t;
	t->keys = keys_new();
	t->titles = takes_titles(getenv("TERM"));
	take_size(t, LINES, COLS);
	(void)wresize(stdscr, 1, 1); /* a third of the memory, and unused */
	prepare_terminal(t);
	display_init(&plain);
	curses_adapt(&t->base, d ? d : &plain);
	*out = &t->base;
	return 0;
}
