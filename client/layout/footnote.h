/*
 * footnote.h - footnotes, which md4c does not know: [^1] in a text, and lines
 * that begin with [^1]: for what it says. Both stay readable as text; without
 * help CommonMark takes a note of one word for the address of a link, and
 * notes below each other for one paragraph. Pure.
 */
#ifndef PLEIN_LAYOUT_FOOTNOTE_H
#define PLEIN_LAYOUT_FOOTNOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

/* The Markdown with each note as a paragraph of its own, appended. */
void
footnote_keep(struct buf *out, const char *s, size_t len);

/* Does this text begin with [^name]: ? */
bool
footnote_begins(const char *s, size_t len);

#endif
