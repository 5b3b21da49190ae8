/*
 * agenda.h - the tree of the agenda: objectives → main topics → themes →
 * questions, from `hoort_bij`. A page under two parents appears twice; a
 * cycle is cut where it would repeat an ancestor. Pages that hang nowhere
 * come last, under one row without a page.
 */
#ifndef PLEIN_AGENDA_H
#define PLEIN_AGENDA_H

#include <stddef.h>

#include "plein/vec.h"

struct page_info;

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
