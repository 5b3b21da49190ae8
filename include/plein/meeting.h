/*
 * meeting.h - a meeting (vergadering) as its page says it: when and where, who
 * was there, its items with what was noted at each. docs/decisions.md has the
 * layout. Pure.
 */
#ifndef PLEIN_MEETING_H
#define PLEIN_MEETING_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/daytext.h"
#include "plein/err.h"
#include "plein/vec.h"

struct meeting_item {
	char *number; /* "3", or NULL */
	char *title; /* without number and purpose */
	char *purpose; /* "ter besluitvorming", or NULL */
	char *notes; /* Markdown, may be "" */
	size_t end; /* byte behind its last line that is not blank */
};

struct meeting {
	char date[DAYTEXT_LEN + 1]; /* or "" */
	char *begins, *ends, *place, *body; /* or NULL */
	char *present, *absent; /* roles, with commas; or NULL */
	/* The minutes: adopted when both are there. */
	char adopted[DAYTEXT_LEN + 1];
	char *adopted_by;
	struct vec items; /* struct meeting_item * */
};

void
meeting_read(struct meeting *m, const char *text, size_t len);

void
meeting_release(struct meeting *m);

/* Is this the text of a meeting whose minutes were adopted? */
bool
meeting_is_adopted(const char *text, size_t len);

/* `name` is a number or a title; NULL when there is none. */
const struct meeting_item *
meeting_find(const struct meeting *m, const char *name);

/*
 * Put lines behind what was noted at an item, a blank line between. They are as
 * mdline_fits_below() has it. PLEIN_ENOTFOUND,
 * PLEIN_ERULE (`passage`).
 */
int
meeting_note(struct buf *text, const char *item, const char *words,
	     struct err *err);

#endif
