/*
 * textrow.h - a text as a row of pieces, lines or words, that together are
 * all of it. What is compared, merged and attributed is such a row.
 */
#ifndef PLEIN_TEXTROW_H
#define PLEIN_TEXTROW_H

#include <stdbool.h>
#include <stddef.h>

struct textrow {
	const char *text; /* borrowed */
	size_t *at; /* byte where each piece begins; at[n] is the length */
	size_t n;
	bool spaced; /* blanks at the beginning of a piece are not compared */
};

/* Lines, each with its newline; the last one may have none. */
void
textrow_lines(struct textrow *r, const char *text, size_t len);

/*
 * Words, stretches of blanks, and all else one grapheme each. Beyond ASCII
 * letters are not told from signs, except in the blocks of punctuation and
 * from U+3000 on, where scripts without blanks begin.
 */
void
textrow_words(struct textrow *r, const char *text, size_t len);

/*
 * The same, but blanks are part of the piece behind them, and no difference:
 * so that a blank, which is like any other, never counts as much as a word.
 * Those at the end of the text are a piece.
 */
void
textrow_spaced(struct textrow *r, const char *text, size_t len);

void
textrow_release(struct textrow *r);

/* Bytes of the pieces first … first+count-1. */
size_t
textrow_len(const struct textrow *r, size_t first, size_t count);

const char *
textrow_ptr(const struct textrow *r, size_t i);

/* What is compared of piece i; *len becomes how long that is. */
const char *
textrow_core(const struct textrow *r, size_t i, size_t *len);

/* Newlines in these bytes: the number of the line behind them. */
size_t
textrow_count_newlines(const char *s, size_t len);

#endif
