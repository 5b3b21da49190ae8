/*
 * filter.h - the one output filter. Every byte of other people's text that
 * reaches a terminal goes through here (titles, pages, names, notes, errors).
 *
 * An allow list per code point: letters, marks, numbers, punctuation,
 * symbols, blanks. Controls (C0, DEL, C1), bidirectional and zero-width
 * controls, unassigned, private and invalid bytes become visible marks such
 * as <1B>, <202E>, <FF>. At most FILTER_MARKS combining marks, or letters
 * that join like them, a grapheme: so it has at most 21 bytes.
 *
 * Terminals do not agree how wide emoji are that are joined (U+200D between
 * two pictographs, UAX 29 GB11), have a skin tone or a variation selector. So
 * these are left out on a terminal, and the pictographs stand there one by
 * one, each as wide as everywhere; the text keeps them. Any other U+200D is
 * marked.
 */
#ifndef PLEIN_FILTER_H
#define PLEIN_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"

#define FILTER_MARKS 4
#define FILTER_JOINS 4 /* U+200D between the pictographs of one emoji */

bool
filter_allows(uint32_t cp);

/* One line: newline and tab are marked (<0A>) or, for tab, one blank. */
void
filter_line(struct buf *out, const char *s, size_t len);

/* Several lines: '\n' stays, "\r\n" becomes '\n', tab becomes one blank. */
void
filter_text(struct buf *out, const char *s, size_t len);

/*
 * Columns that the grapheme of `len` bytes at `s`, on a line of its own, takes
 * when filter_line() has had it: a mark such as <1B> takes 4, a tab 1.
 */
int
filter_columns(const char *s, size_t len);

/*
 * What filter_accepts() takes of it, appended: what else there is, is left
 * out. Lines end in '\n', however they ended.
 */
void
filter_input(struct buf *out, const char *s, size_t len);

/*
 * Is this text acceptable as input (page, note, name)? UTF-8, and none of
 * the characters the filter marks, save '\n', "\r\n" and '\t'. On false,
 * *pos is the byte of the first offence.
 */
bool
filter_accepts(const char *s, size_t len, size_t *pos);

#endif
