/*
 * wordwrap.h - where a paragraph breaks (UAX 14, simplified to blanks and
 * hyphens kept with the word; a word wider than the line is cut at a
 * grapheme). Columns are those of what the output filter shows: a tab is one
 * blank, a control its mark. Pure.
 */
#ifndef PLEIN_WORDWRAP_H
#define PLEIN_WORDWRAP_H

#include <stddef.h>

/*
 * Bytes of `s` that go on a line of `width` columns, blanks that fall at the
 * break included; ≥ 1 when len ≥ 1.
 */
size_t
wordwrap_next(const char *s, size_t len, int width);

#endif
