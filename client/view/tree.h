/*
 * tree.h - the rows of agenda.tree as a tree that folds: which rows are open
 * and which are therefore to be seen. Pure.
 */
#ifndef PLEIN_VIEW_TREE_H
#define PLEIN_VIEW_TREE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

struct tree_row {
	const char *address; /* NULL: heading of pages that hang nowhere */
	const char *title; /* NULL for that heading */
	const char *kind; /* or "" */
	const char *status; /* state of a question, else status, or "" */
	size_t depth, below; /* rows under it, all levels */
	size_t n_new; /* in it and under it: tree_count() */
	bool open;
	/* While the tree is narrowed: */
	bool was_open; /* before that */
	bool kept; /* it is wanted, or a row below it */
};

struct tree {
	char *names; /* the strings of all rows */
	struct tree_row *rows;
	size_t n_rows;
	size_t *seen; /* indexes of the rows to be seen */
	size_t n_seen;
	bool narrowed;
	json_t *left; /* as tree_restore() was told, words as keys; or NULL */
};

/*
 * Take in the rows of agenda.tree, or the first of them. Objectives are open,
 * all else closed, or what tree_restore() says; what was open in the tree
 * before stays open. Rows that are no rows are left out.
 */
void
tree_load(struct tree *t, const json_t *rows);

void
tree_release(struct tree *t);

#define TREE_LEFT_MAX ((size_t)16 * 1024) /* bytes: agenda.keep takes no more */

/*
 * Open what `open` says and nothing else, also of rows that come in later: as
 * tree_tell_open() told it. Pages that are not there any more do not matter.
 */
void
tree_restore(struct tree *t, const char *open);

/*
 * The pages whose rows are open, by address with a blank between, appended;
 * "-" is the heading of those that hang nowhere. A page with several rows is
 * open when one of them is. Of a narrowed tree it is what it was before.
 */
void
tree_tell_open(const struct tree *t, struct buf *out);

/* The i-th row to be seen. */
const struct tree_row *
tree_seen(const struct tree *t, size_t i);

/*
 * Count pages of interest, rows with an `address`: each once in every row it
 * is or hangs under, however often.
 */
void
tree_count(struct tree *t, const json_t *rows);

/* Open or close it; does nothing on a leaf. */
void
tree_fold(struct tree *t, size_t i, bool open);

/*
 * Only rows of this kind and status ("" is any) and those they hang under, all
 * open; both "": all rows, folded as they were before. Not kept when a tree is
 * loaded.
 */
void
tree_narrow(struct tree *t, const char *kind, const char *status);

/* Is there anything to unfold? */
bool
tree_has_below(const struct tree *t, size_t i);

/* Where this page is to be seen first; n_seen when it is not. */
size_t
tree_seek(const struct tree *t, const char *address);

/* Where a title was found. */
struct tree_place {
	size_t at; /* of the rows to be seen; n_seen before the first search */
	size_t n, all; /* it is the n-th of all, from 1 */
};

/*
 * The next (by 1) or previous (-1) row whose title has these words, whatever
 * the capitals and accents, round the end; what it hangs under is opened.
 * False when there is none.
 */
bool
tree_find(struct tree *t, const char *words, int by, struct tree_place *place);

/* How many rows hang directly under it. */
size_t
tree_children(const struct tree *t, size_t i);

/* Index (seen) of its parent, or i itself at the top. */
size_t
tree_parent(const struct tree *t, size_t i);

#endif
