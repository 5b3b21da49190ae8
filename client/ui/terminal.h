/*
 * terminal.h - where screens go and keys come from: one table of functions,
 * two implementations. Only terminal_curses.c knows curses.
 */
#ifndef PLEIN_UI_TERMINAL_H
#define PLEIN_UI_TERMINAL_H

#include <stdbool.h>

#include "plein/display.h"
#include "plein/err.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct terminal;

struct terminal_ops {
	/* Rows and columns, clamped to 5–300 × 20–500. They change when
	 * SIGWINCH or, from a script, the key KEY_WINDOW says so. */
	void (*size)(struct terminal *t, int *rows, int *cols);
	/* Show what differs from the screen shown last. */
	void (*show)(struct terminal *t, const struct canvas *c);
	/* Draw all of it anew (Ctrl-L). */
	void (*redraw)(struct terminal *t, const struct canvas *c);
	/* Window title; filtered by the caller's canvas rules. */
	void (*title)(struct terminal *t, const char *text);
	/* Descriptor to poll for reading, or -1 (script: always ready). */
	int (*fd)(struct terminal *t);
	/* Read what came; false at end of input. */
	bool (*read)(struct terminal *t);
	/* Next key, or false; `idle` as in keys_next(). */
	bool (*key)(struct terminal *t, bool idle, struct key *out);
	bool (*pending)(struct terminal *t);
	/* Look, and listen, as this person wants it from now on; all of the
	 * screen is drawn anew. */
	void (*adapt)(struct terminal *t, const struct display *d);
	/* Put a text on the clipboard of who sits there, if it can be. */
	void (*copy)(struct terminal *t, const char *text, size_t len);
	/* Nothing more comes of the keys before: the wiki has answered all that
	 * was asked, and it was shown. Optional: for who tests. */
	void (*rest)(struct terminal *t);
	/* Leave the screen as it was found, free all. */
	void (*close)(struct terminal *t);
};

struct terminal {
	const struct terminal_ops *ops;
};

/*
 * The type of the terminal, by TERM: what that names, or for an unknown name
 * xterm-256color, then vt100 (*fell_back becomes true). NULL when there is none
 * or it cannot address its cursor (dumb).
 */
const char *
terminal_curses_type(bool *fell_back);

/* Take over the terminal on descriptors 0 and 1, which is of that type.
 * PLEIN_ERULE when it is NULL. `d` NULL: as nobody chose it. */
int
terminal_curses_open(struct terminal **out, const char *type,
		     const struct display *d, struct err *err);

/* Back to the line the shell left, from die() or a signal; safe twice. */
void
terminal_curses_restore(void);

/*
 * Keys from a script, screens as text, appended to `log`. Script lines:
 *   size ROWS COLS     key NAME...     type TEXT
 *   paste TEXT         (\n and \\ are a newline and a backslash)
 *   click ROW COL      wheel N (from 1; -1 is up, 1 down)
 *   wait TEXT          (until the screen holds it, at most 10 s)
 *   screen NAME        (the line "=== NAME" and the screen, to `log`)
 *   styles NAME        (the same with a letter a cell: r reverse, b bold,
 *                       u underlined, c code, + - ! ? added, removed, error,
 *                       warning)
 * What is put on the clipboard is the line "*** copied TEXT" in `log`, what is
 * adapted to "*** view=… colour=…".
 * Blank lines and lines that start with '#' are skipped. PLEIN_ERULE names
 * the line that is none of these.
 *
 * The loop is the same for both back ends: show, poll, read, take keys until
 * there are none. Its timeout is the escape delay when pending(), else none; with
 * fd() -1 it does not poll that and waits for 0 ms instead of for ever. A
 * script holds back its next key until there was a rest() since the last one,
 * or while a `wait` is unmet (then it is pending()); read() is false once it
 * has come to its end.
 */
int
terminal_script_open(struct terminal **out, const char *script, struct buf *log,
		     struct err *err);

#endif
