/*
 * telling.h - what a view shows, in words and in order: what line mode
 * prints. Choices are numbered there; the number comes back to the view as
 * the `value` it gave.
 */
#ifndef PLEIN_VIEW_TELLING_H
#define PLEIN_VIEW_TELLING_H

#include <stddef.h>

#include "plein/vec.h"

enum telling_kind {
	TELLING_TEXT, /* a sentence or a paragraph, one line however long */
	TELLING_HEADING,
	TELLING_CHOICE,
	TELLING_FIELD, /* a choice: a line is typed in it */
	TELLING_SECRET, /* the same, and not shown */
	TELLING_SWITCH /* a choice: the space bar changes it */
};

struct telling_part {
	enum telling_kind kind;
	char *text;
	size_t value; /* of a choice, a field, a switch */
};

struct telling {
	struct vec parts; /* struct telling_part * */
};

void
telling_init(struct telling *t);

void
telling_release(struct telling *t);

/* Copies `text`. */
void
telling_add(struct telling *t, enum telling_kind kind, const char *text,
	    size_t value);

#endif
