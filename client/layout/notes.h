/*
 * notes.h - lines of our own above and below a text: what its fields say,
 * where it belongs, what leads to it. Lines, headings and list items of words
 * and links, in pieces; laid out as the text is. Pure.
 */
#ifndef PLEIN_LAYOUT_NOTES_H
#define PLEIN_LAYOUT_NOTES_H

#include "plein/vec.h"

enum note_kind {
	NOTE_LINE, /* these three begin something, with words or none */
	NOTE_HEADING,
	NOTE_ITEM,
	NOTE_WORDS, /* these two go on with it */
	NOTE_LINK
};

struct note {
	enum note_kind kind;
	char *text;
	char *target; /* of a link */
};

struct notes {
	struct vec list; /* struct note * */
};

void
notes_init(struct notes *n);

void
notes_release(struct notes *n);

/* Copies `text`, as it is: nothing in it is Markdown. */
void
notes_add(struct notes *n, enum note_kind kind, const char *text);

/* A link to the page at `address`, reading `label`. */
void
notes_link(struct notes *n, const char *label, const char *address);

struct maker;

/* Lay them out. */
void
notes_write(const struct notes *n, struct maker *m);

#endif
