/*
 * sheet.h - a table of rights, as people read it: rows of
 *
 *   what | with what | a word for each column | how it is asked
 *
 * A line that begins with "=" names the columns of the rows below it, "#" a
 * remark. "> METHOD JSON" is done by the host before the next row, once for
 * each column; ">> METHOD JSON" once for all of them.
 *
 * In what is asked stand the words of a column: $me its name, $own its
 * key in base64, $taken one of somebody else, $left one of somebody whose
 * account is closed, $spare one of nobody; $key the
 * fingerprint of its key, $theirs one of somebody else; $thread and
 * $remark what was begun last, by the column or for it; $round the number of
 * the round it opened last, or else the redacteur did.
 */
#ifndef PLEIN_RIGHTS_SHEET_H
#define PLEIN_RIGHTS_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/vec.h"

#define SHEET_COLUMNS 20

enum row_kind { ROW_ASKED, ROW_EACH, ROW_ONCE };

struct row {
	enum row_kind kind;
	int line; /* in the file */
	char *what; /* a method; of what the host does, too */
	char *object;
	char *cells[SHEET_COLUMNS]; /* NULL behind the last */
	char *request;
};

struct sheet {
	const char *path;
	char *columns[SHEET_COLUMNS];
	int n_columns;
	struct vec rows; /* struct row * */
};

/* Read a file from the top of the tree; the test fails when it is none. */
void
sheet_read(struct sheet *t, const char *path);

void
sheet_release(struct sheet *t);

/* Is `word` what the cell says, or one of several with / between them? */
bool
sheet_agrees(const char *cell, const char *word);

/* Is there a row that asks for this? */
bool
sheet_has(const struct sheet *t, const char *what);

#endif
