/*
 * worddiff.h - a place where two versions differ, in one text: words that
 * went between [- and -], words that came between {+ and +}. Pure.
 */
#ifndef PLEIN_WORDDIFF_H
#define PLEIN_WORDDIFF_H

#include <jansson.h>

#include "plein/buf.h"

/*
 * The lines of a hunk of page.diff, appended. Lines that replace others are
 * put together by their words; the others went or came as a whole.
 */
void
worddiff_write(struct buf *out, const json_t *lines);

#endif
