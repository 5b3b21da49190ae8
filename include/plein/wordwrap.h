/*
 * wordwrap.h - where a paragraph breaks: behind a blank that is not a
 * no-break space, and a word wider than the line at a grapheme. Columns are
 * those of what the output filter shows: a tab is one blank, a control its
 * mark. Pure.
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

/*
 * The same for text that is read, by UAX 14: also behind a hyphen or a slash,
 * and between ideographs but for marks that may not begin or end a line.
 * What is being written stays whole words: there wordwrap_next() is right.
 */
size_t
wordwrap_prose(const char *s, size_t len, int width);

#endif
