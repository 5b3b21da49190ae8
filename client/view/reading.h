/*
 * reading.h - what a person does with a text that is read, page or not:
 * walking through it, from link to link, to a heading, to words. Not a view:
 * views hold one.
 */
#ifndef PLEIN_VIEW_READING_H
#define PLEIN_VIEW_READING_H

#include <stdbool.h>

#include "view/look.h"
#include "view/reader.h"
#include "view/view.h"

struct reading {
	struct reader reader;
	struct look look;
};

void
reading_init(struct reading *r);

void
reading_release(struct reading *r);

/*
 * Do a command; `text` as run() of a view has it. False when it is none of
 * these; else *out is what it asks for.
 */
bool
reading_run(struct reading *r, struct context *c, enum command cmd,
	    const char *text, struct request *out);

/* Jump to a line of the scroll, and say where that is. */
void
reading_jump(struct reading *r, struct context *c, size_t line);

/* Jump to a link of the layout, and say which it is. */
void
reading_focus_link(struct reading *r, struct context *c, int link);

/*
 * Jump to the first place of these words, and say so: where `before`, which may
 * be "", stands before them, if it does anywhere. False: there is none, and
 * nothing happens. They are what is sought from then on.
 */
bool
reading_seek(struct reading *r, struct context *c, const char *words,
	     const char *before);

/* "line 14 of 60, under Sources", appended. */
void
reading_where(const struct reading *r, struct buf *out);

/*
 * A text that was laid out unwrapped, in words: its paragraphs and headings,
 * then its links to choose from. Their values are for reading_pick().
 */
void
reading_tell(const struct layout *l, struct telling *t);

/* Put the focus on that link; false when there is none such. */
bool
reading_pick(struct reading *r, size_t value);

#endif
