/*
 * table.h - a table: its cells are stretches of one prose. Columns separated
 * by blanks when they fit, with cells of several lines when that helps, else
 * a block of "Column: value" lines per row.
 */
#ifndef PLEIN_LAYOUT_TABLE_H
#define PLEIN_LAYOUT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/lines.h"
#include "layout/prose.h"
#include "plein/buf.h"

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct table {
	struct prose prose; /* text of all cells */
	struct buf cells; /* struct table_cell, row by row */
	size_t n_cols;
};

void
table_init(struct table *t);

void
table_release(struct table *t);

/* Empty it, for a table of `n_cols` columns. */
void
table_reset(struct table *t, size_t n_cols);

/* Around adding a cell's text to t->prose; the first row is the heading. */
void
table_begin_cell(struct table *t, enum align align);

void
table_end_cell(struct table *t);

size_t
table_n_cells(const struct table *t);

/* Write it to `l`, starting at column `indent`. */
void
table_write(const struct table *t, struct lines *l, int indent);

#endif
