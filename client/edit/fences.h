/*
 * fences.h - is a line of the text code, between fences? What was found out
 * is kept every few kilobytes, and forgotten from a change on, so that a key
 * looks at a few lines before the screen and never at the whole text.
 */
#ifndef PLEIN_EDIT_FENCES_H
#define PLEIN_EDIT_FENCES_H

#include "edit/markup.h"
#include "edit/text.h"
#include "plein/buf.h"

struct fences {
	struct buf known; /* struct known: in order of their places */
};

void
fences_init(struct fences *f);

void
fences_release(struct fences *f);

/* The text changed at byte `pos`. */
void
fences_change(struct fences *f, size_t pos);

/* What is open where the line of the text begins at byte `pos`. */
struct fence
fences_at(struct fences *f, const struct text *t, size_t pos);

#endif
