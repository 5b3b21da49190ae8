/*
 * key.h - one key press, whatever bytes the terminal made of it, and the
 * decoder for them: UTF-8, control keys, the CSI, SS3 and Linux-console
 * families, bracketed paste, ESC digit as function key.
 */
#ifndef PLEIN_UI_KEY_H
#define PLEIN_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"

enum key_code {
	KEY_NONE_,
	KEY_TEXT, /* `text`: one character, filter_allows() it */
	KEY_PASTE, /* `text`: what was pasted, CR LF made LF; `number` is 1
		      when it was cut off at KEY_PASTE_MAX */
	KEY_CTRL, /* `text[0]`: the letter, 'a'…'z', or one of " \\]6_" */
	KEY_ESC_,
	KEY_RETURN,
	KEY_TAB_,
	KEY_BACKTAB,
	KEY_BACK,
	KEY_DELETE,
	KEY_UP_,
	KEY_DOWN_,
	KEY_LEFT_,
	KEY_RIGHT_,
	KEY_HOME_,
	KEY_END_,
	KEY_PGUP,
	KEY_PGDN,
	KEY_INSERT,
	KEY_F_, /* `number`: 1…12 */
	KEY_WINDOW, /* the window has another size now */
	KEY_CLICK, /* the left button went down at `row`, `col` */
	KEY_WHEEL /* `number`: -1 up, 1 down */
};

struct key {
	enum key_code code;
	int number;
	bool shift, ctrl, alt;
	int row, col; /* from 0 */
	const char *text; /* borrowed until the next call */
	size_t len;
};

#define KEY_PASTE_MAX (1024 * 1024)

struct keys;

struct keys *
keys_new(void);

void
keys_free(struct keys *k);

/* Bytes as read from the terminal. */
void
keys_feed(struct keys *k, const void *data, size_t len);

/*
 * The next whole key, or false. `idle`: nothing came for the escape delay,
 * so a lone ESC is the Esc key and a cut-off sequence is dropped.
 */
bool
keys_next(struct keys *k, bool idle, struct key *out);

/* Is something half read, so that the caller should wait for more? */
bool
keys_pending(const struct keys *k);

/*
 * Does the terminal report its mouse (xterm's SGR 1006)? While it does not,
 * such a report is noise.
 */
void
keys_take_mouse(struct keys *k, bool on);

/* "Ctrl-S", "Enter", "b": as a bar names it (untranslated). Appended. */
void
key_label(struct buf *out, const struct key *k);

/* The other way, for scripts of tests: "Ctrl-S", "Up", "F1", "Shift-Tab",
 * "PgDn", "Space", a single character. False when it is no key's name. */
bool
key_parse(const char *name, struct key *out);

#endif
