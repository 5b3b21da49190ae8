/*
 * mdline.h - the body of a page line by line, for what reads a layout out of
 * Markdown: headings, items of lists, rows of tables. What stands in a block
 * of code is none of them. Pure; positions are bytes in the whole text.
 */
#ifndef PLEIN_MDLINE_H
#define PLEIN_MDLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/vec.h"

struct mdscan {
	const char *text;
	size_t len, at;
	char fence; /* of the block of code one is in, or '\0' */
};

struct mdline {
	const char *s; /* what it says; of a heading without its # */
	size_t len; /* without the line end and blanks before it */
	size_t from, to; /* the line, with its end */
	int level; /* of a heading, 1 for `#`; else 0 */
	bool code; /* within a block of code, or a fence */
};

/* Begins behind the fields of `text`, which stays the caller's. */
void
mdscan_begin(struct mdscan *m, const char *text, size_t len);

/* False behind the last line. */
bool
mdscan_next(struct mdscan *m, struct mdline *l);

bool
mdline_is_blank(const struct mdline *l);

/* Does it say this, case and accents aside? */
bool
mdline_says(const struct mdline *l, const char *words);

/* `- words`: what stands behind the sign; false when it is no item. */
bool
mdline_item(const struct mdline *l, const char **s, size_t *len);

/* The cells of a row of a table, char * appended; false when it is none.
 * `\|` is a sign within a cell. */
bool
mdline_cells(const struct mdline *l, struct vec *cells);

/* A row of these, with its newline, appended. */
void
mdline_row(struct buf *out, const char *const *cells, size_t n);

/* Can it stand on one line, in an item, a heading or a cell? It is not empty,
 * and holds no line end, tab or what may not be stored. */
bool
mdline_fits(const char *words);

/* Can these lines stand below a heading of that level, and leave what follows
 * as it is? They hold no heading like it or above, end the blocks of code they
 * begin, and say something. */
bool
mdline_fits_below(const char *words, int level);

#endif
