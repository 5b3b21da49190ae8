/*
 * tree.h - the rows of agenda.tree as a tree that folds: which rows are open
 * and which are therefore to be seen. Pure.
 */
#ifndef PLEIN_VIEW_TREE_H
#define PLEIN_VIEW_TREE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct tree_row {
	const char *address; /* NULL: heading of pages that hang nowhere */
	const char *title; /* NULL for that heading */
	const char *status; /* state of a question, else status, or "" */
	size_t depth, below; /* rows under it, all levels */
	size_t n_new; /* pages in it and under it: tree_count() */
	bool open;
};

struct tree {
	json_t *rows_json; /* owns the strings */
	struct tree_row *rows;
	size_t n_rows;
	size_t *seen; /* indexes of the rows to be seen */
	size_t n_seen;
};

/*
 * Take in the rows of agenda.tree, or the first of them. Objectives are open,
 * all else closed; what was open in the tree before stays open. Rows that are
 * no rows are left out. The array is kept and must not change any more.
 */
void
tree_load(struct tree *t, json_t *rows);

void
tree_release(struct tree *t);

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

/* How many rows hang directly under it. */
size_t
tree_children(const struct tree *t, size_t i);

/* Index (seen) of its parent, or i itself at the top. */
size_t
tree_parent(const struct tree *t, size_t i);

#endif
