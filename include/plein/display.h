/*
 * display.h - how a person wants the wiki shown: a short list of settings,
 * each a word of a few or a number. The server stores them, the client obeys
 * them; between the two they travel as one line of text. Pure.
 */
#ifndef PLEIN_DISPLAY_H
#define PLEIN_DISPLAY_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

/* In the environment of the client: the line of display_write(). */
#define DISPLAY_ENV "PLEIN_DISPLAY"
/* And the language for who chose none: nl or en. */
#define DISPLAY_LANGUAGE_ENV "PLEIN_LANGUAGE"

enum display_setting {
	DISPLAY_VIEW,
	DISPLAY_COLOUR,
	DISPLAY_SIGNS,
	DISPLAY_MOUSE,
	DISPLAY_CLIPBOARD,
	DISPLAY_ESC, /* a number: milliseconds to wait after an ESC */
	DISPLAY_N
};

/* Values of those that are words; 0 is what people have who chose nothing. */
enum { VIEW_SCREEN, VIEW_COLUMN, VIEW_LINES };
enum { COLOUR_AUTOMATIC, COLOUR_NONE, COLOUR_CONTRAST };
enum { SIGNS_NORMAL, SIGNS_ASCII };
enum { SWITCH_OFF, SWITCH_ON };

#define DISPLAY_ESC_MIN 25
#define DISPLAY_ESC_MAX 500

struct display {
	int value[DISPLAY_N];
};

void
display_init(struct display *d);

/* "view", "colour", "signs", "mouse", "clipboard", "esc". */
const char *
display_name(enum display_setting s);

/* Which setting has this name? DISPLAY_N for none. */
enum display_setting
display_find(const char *name);

/* The i-th word it may be, or NULL behind the last; a number has none. */
const char *
display_word(enum display_setting s, size_t i);

/* PLEIN_ERULE, and nothing changes, when it cannot be that. */
int
display_set(struct display *d, enum display_setting s, const char *value,
	    struct err *err);

/* Its value as display_set() takes it, appended. */
void
display_tell(const struct display *d, enum display_setting s, struct buf *out);

/* "view=screen colour=automatic …", appended. */
void
display_write(const struct display *d, struct buf *out);

/* Such a line, or NULL; what is not understood in it is as nobody chose it. */
void
display_read(struct display *d, const char *line);

#endif
