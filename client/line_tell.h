/*
 * line_tell.h - what a view shows, as lines to read in parts: each of at most
 * LINE_SENTENCES sentences, choices numbered from 1 through all of them.
 * Knows no terminal.
 */
#ifndef PLEIN_LINE_TELL_H
#define PLEIN_LINE_TELL_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "view/view.h"

#define LINE_SENTENCES 15
#define LINE_WIDTH 78 /* where no window tells another */

struct line_tell {
	struct telling telling;
	struct buf head; /* title, state, place, fact: sentences, or "" */
	enum place place;
	size_t next; /* of telling.parts, that was not shown yet */
};

/* What `v` shows; with its head unless it is a drawer. */
void
line_tell_make(struct line_tell *t, const struct view *v);

void
line_tell_release(struct line_tell *t);

bool
line_tell_is_same(const struct line_tell *a, const struct line_tell *b);

/* Is there a part that was not shown? */
bool
line_tell_has_more(const struct line_tell *t);

/* The next part, filtered, wrapped at `width`, appended; and how many there
 * are of them, where there are more. */
void
line_tell_part(struct line_tell *t, int width, struct buf *out);

/* Only what differs from `was`; false, and nothing, when that is another
 * view. */
bool
line_tell_changes(struct line_tell *t, const struct line_tell *was, int width,
		  struct buf *out);

/* Go on from the heading with these words; false: there is none. */
bool
line_tell_seek(struct line_tell *t, const char *heading);

/* Only the choices again, from the first. */
void
line_tell_choices(const struct line_tell *t, int width, struct buf *out);

/* The choice with this number, or NULL. */
const struct telling_part *
line_tell_choice(const struct line_tell *t, size_t number);

/* A paragraph, filtered and wrapped, appended with a newline. */
void
line_wrap(const char *text, int width, struct buf *out);

/* The same for a text of several lines; an empty one stays one. */
void
line_wrap_text(const char *text, int width, struct buf *out);

#endif
