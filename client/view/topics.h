/*
 * topics.h - what there is help about: screens, with their keys, and what is
 * about no screen. One table for the help screen, `ssh host help TOPIC` and
 * line mode. The texts are of the program, not pages of the wiki: they tell
 * what this version does, in the language of who reads, also when no wiki
 * answers. Pure.
 */
#ifndef PLEIN_VIEW_TOPICS_H
#define PLEIN_VIEW_TOPICS_H

#include "base/command.h"

#define TOPIC_PARTS 32

struct topic {
	/* The screen whose keys are listed below the text; PLACE_ALL: every
	 * key; 0: none. */
	enum place place;
	const char *nl, *en; /* its word behind `help`, or NULL */
	const char *name; /* msgid */
	/*
	 * Paragraphs, up to a NULL: msgids, but for lines to type, which are
	 * the same in every language. What begins with blanks is a line of its
	 * own, without a blank line behind it when another follows.
	 */
	const char *parts[TOPIC_PARTS];
};

/* The i-th; NULL behind the last. */
const struct topic *
topic_row(size_t i);

/* The one about this screen; the last, help itself, when there is none. */
size_t
topic_of_place(enum place about);

/* By its word in either language or its name; NULL when there is none. */
const struct topic *
topic_find(const char *words);

/* Its word; its name, in the language of who reads, when it has none. */
const char *
topic_word(const struct topic *t, bool dutch);

/* The text, appended: paragraphs of one line each, blank lines between. */
void
topic_text(const struct topic *t, struct buf *out);

#endif
