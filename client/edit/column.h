/*
 * column.h - the columns of a line as it is drawn: through the output filter,
 * which shows a tab as one blank and marks such as <1B>.
 */
#ifndef PLEIN_EDIT_COLUMN_H
#define PLEIN_EDIT_COLUMN_H

#include <stddef.h>

/* Columns of `len` bytes of one line. */
int
column_of(const char *s, size_t len);

/* Longest prefix, in bytes, of at most `col` columns; whole graphemes. */
size_t
column_fit(const char *s, size_t len, int col);

#endif
