/*
 * tree_cursor.h - where one part of the agenda ended, as text: a row, and a
 * digest of which rows there were. A page that came, went or moved since
 * makes the row mean another one, and the cursor is refused.
 */
#ifndef PLEIN_WIKI_TREE_CURSOR_H
#define PLEIN_WIKI_TREE_CURSOR_H

#include <stddef.h>

#include "plein/agenda.h"
#include "plein/err.h"

#define TREE_CURSOR_MAX 48 /* bytes, with the NUL */

/* The next part begins at row `at`. */
void
tree_cursor_write(const struct agenda *a, size_t at,
		  char text[TREE_CURSOR_MAX]);

/* PLEIN_ECONFLICT when the rows are not those of then, PLEIN_EUSAGE when it
 * is no cursor. */
int
tree_cursor_read(const struct agenda *a, const char *text, size_t *at,
		 struct err *err);

#endif
