/*
 * table.c - two ways to write the same cells. Which one is decided by the
 * width of the widest cell of each column.
 */
#include "layout/table.h"

#include <stdlib.h>

#include "plein/mem.h"
#include "plein/utf8.h"

#define GAP 2 /* blanks between columns */
#define NAME_WIDTH 40 /* of a column's name before its value */
#define WIDTH_MAX 200 /* of a table in columns, on any screen */

struct table_cell {
	size_t from, to; /* bytes of the prose */
	enum align align;
};

void
table_init(struct table *t)
{
	prose_init(&t->prose);
	buf_init(&t->cells);
	t->n_cols = 0;
}

void
table_release(struct table *t)
{
	prose_release(&t->prose);
	buf_release(&t->cells);
}

void
table_reset(struct table *t, size_t n_cols)
{
	prose_reset(&t->prose);
	buf_reset(&t->cells);
	t->n_cols = n_cols;
}

size_t
table_n_cells(const struct table *t)
{
	return t->cells.len / sizeof(struct table_cell);
}

static struct table_cell *
find_cell(const struct table *t, size_t row, size_t col)
{
	struct table_cell *all = (void *)t->cells.ptr;

	return &all[row * t->n_cols + col];
}

void
table_begin_cell(struct table *t, enum align align)
{
	struct table_cell cell = { t->prose.text.len, 0, align };

	buf_add(&t->cells, &cell, sizeof(cell));
}

void
table_end_cell(struct table *t)
{
	size_t n = table_n_cells(t);
	struct table_cell *all = (void *)t->cells.ptr;

	all[n - 1].to = t->prose.text.len;
}

static size_t
count_rows(const struct table *t)
{
	return t->n_cols ? table_n_cells(t) / t->n_cols : 0;
}

static int
width_of_cell(const struct table *t, size_t row, size_t col)
{
	const struct table_cell *cell = find_cell(t, row, col);

	return utf8_width(t->prose.text.ptr + cell->from,
			  cell->to - cell->from);
}

/* Widest cell of each column; returns the width of the whole table. */
static long
measure_columns(const struct table *t, int *widths)
{
	size_t n_rows = count_rows(t);
	long sum = 0;

	for (size_t col = 0; col < t->n_cols; col++) {
		for (size_t row = 0; row < n_rows; row++) {
			int width = width_of_cell(t, row, col);

			if (width > widths[col])
				widths[col] = width;
		}
		sum += widths[col] + (col ? GAP : 0);
	}
	return sum;
}

static int
indent_of(enum align align, int room)
{
	if (align == ALIGN_RIGHT)
		return room;
	return align == ALIGN_CENTRE ? room / 2 : 0;
}

static void
write_row(const struct table *t, struct lines *l, size_t row, int indent,
	  const int *widths)
{
	lines_begin(l, 0, false);
	for (size_t col = 0; col < t->n_cols; col++) {
		const struct table_cell *cell = find_cell(t, row, col);
		int room = widths[col] - width_of_cell(t, row, col);

		(void)lines_add_prose(l, indent + indent_of(cell->align, room),
				      &t->prose, cell->from, cell->to);
		indent += widths[col] + GAP;
	}
}

/*
 * "Column: value"; an empty cell says nothing. The column's name is repeated
 * for each row, so a long one is cut.
 */
static void
write_pair(const struct table *t, struct lines *l, size_t row, size_t col,
	   int indent)
{
	const struct table_cell *head = find_cell(t, 0, col);
	const struct table_cell *cell = find_cell(t, row, col);
	const struct margins margins = { .first = indent, .rest = indent + 2 };
	size_t name = utf8_fit(t->prose.text.ptr + head->from,
			       head->to - head->from, NAME_WIDTH);
	struct prose pair;

	if (cell->from == cell->to)
		return;
	prose_init(&pair);
	if (name) {
		prose_copy(&pair, &t->prose, head->from, head->from + name);
		prose_add(&pair, ": ", 2, STYLE_PLAIN, -1);
	}
	prose_copy(&pair, &t->prose, cell->from, cell->to);
	lines_wrap(l, &pair, 0, pair.text.len, &margins);
	prose_release(&pair);
}

static void
write_blocks(const struct table *t, struct lines *l, int indent)
{
	size_t n_rows = count_rows(t);

	for (size_t row = 1; row < n_rows; row++) {
		if (row > 1)
			lines_blank(l);
		for (size_t col = 0; col < t->n_cols; col++)
			write_pair(t, l, row, col, indent);
	}
}

/* Without rows there is nothing to name: the headings, one a line. */
static void
write_headings(const struct table *t, struct lines *l, int indent)
{
	const struct margins margins = { .first = indent, .rest = indent + 2 };

	for (size_t col = 0; col < t->n_cols; col++) {
		const struct table_cell *head = find_cell(t, 0, col);

		lines_wrap(l, &t->prose, head->from, head->to, &margins);
	}
}

void
table_write(const struct table *t, struct lines *l, int indent)
{
	size_t n_rows = count_rows(t);
	int room = l->right - indent;
	int *widths;

	if (!n_rows)
		return;
	widths = mem_array(t->n_cols, sizeof(*widths));
	if (room > WIDTH_MAX)
		room = WIDTH_MAX;
	if (measure_columns(t, widths) <= room)
		for (size_t row = 0; row < n_rows; row++)
			write_row(t, l, row, indent, widths);
	else if (n_rows > 1)
		write_blocks(t, l, indent);
	else
		write_headings(t, l, indent);
	free(widths);
}
