/*
 * agenda.h - the tree of the agenda: objectives → main topics → themes →
 * questions, from `hoort_bij`. A page under two parents appears twice. A
 * child is of a later level than its parent, so there are no cycles and at
 * most four levels. Pages that hang nowhere come last, under one row without
 * a page; the start page and templates are left out.
 */
#ifndef PLEIN_AGENDA_H
#define PLEIN_AGENDA_H

#include <stddef.h>

#include "plein/vec.h"

/*
 * Rows that show a page once more, at most; so there are never more rows than
 * pages + AGENDA_REPEATS_MAX + 1.
 */
#define AGENDA_REPEATS_MAX 5000

#define AGENDA_LEVELS 4

struct page_info;

/* 0 for an objective … 3 for a question, -1 for the rest. */
int
agenda_level(const struct page_info *p);

struct agenda_row {
	const struct page_info *page; /* NULL: the heading of the rest */
	int depth; /* 0 for an objective */
	size_t n_below; /* rows below it, all levels */
};

struct agenda {
	struct agenda_row *rows; /* preorder */
	size_t n_rows;
};

/*
 * Build from `pages` (struct page_info *, borrowed: they must outlive the
 * agenda). Order: volgorde, then title, then address.
 */
void
agenda_build(struct agenda *a, const struct vec *pages);

void
agenda_release(struct agenda *a);

#endif
