/*
 * worddiff.h - a place where two versions differ, in one text: words that
 * went between [- and -], words that came between {+ and +}. Pure.
 */
#ifndef PLEIN_WORDDIFF_H
#define PLEIN_WORDDIFF_H

#include <jansson.h>

#include "base/marked.h"

/*
 * The lines of a hunk of page.diff, appended. Lines that replace others are
 * put together by their words; the others went or came as a whole.
 */
void
worddiff_write(struct buf *out, const json_t *lines);

/*
 * The lines from i on that went and those that came in their place, appended;
 * how many lines that are, 0 when line i stays.
 */
size_t
worddiff_place(struct marked *out, const json_t *lines, size_t i);

#endif
