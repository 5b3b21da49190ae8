/*
 * table.c - three ways to write the same cells: as wide as they are, when
 * that fits; else in columns that are narrower than their widest cell, when
 * no row becomes too high to follow; else row by row, a line a cell.
 */
#include "layout/table.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#define GAP 2 /* blanks between columns */
#define NAME_WIDTH 40 /* of a column's name before its value */
#define WIDTH_MAX 200 /* of a table in columns, on any screen */
#define NARROWEST 12 /* columns that one keeps, if it had them */
#define WORD_MAX 20 /* columns of a word that a column leaves whole */
#define HEIGHT_MAX 6 /* lines of a row */

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

/* --- narrower --- */

static size_t
trim_blanks(const char *s, size_t len)
{
	while (len && s[len - 1] == ' ')
		len--;
	return len;
}

static int
longest_word(const char *s, size_t len)
{
	const char *end = s + len;
	int longest = 0;

	while (s < end) {
		const char *stop = memchr(s, ' ', (size_t)(end - s));
		size_t n = stop ? (size_t)(stop - s) : (size_t)(end - s);
		int width = utf8_width(s, n);

		if (width > longest)
			longest = width;
		s += n + 1;
	}
	return longest;
}

/* Columns that this one keeps, however many it had. */
static int
measure_least(const struct table *t, size_t col, int width)
{
	int least = NARROWEST;

	for (size_t row = 0; row < count_rows(t); row++) {
		const struct table_cell *cell = find_cell(t, row, col);
		int word = longest_word(t->prose.text.ptr + cell->from,
					cell->to - cell->from);

		if (word > WORD_MAX)
			word = WORD_MAX;
		if (word > least)
			least = word;
	}
	return least < width ? least : width;
}

static long
sum_of(const int *widths, size_t n)
{
	long sum = n ? (long)(n - 1) * GAP : 0;

	for (size_t i = 0; i < n; i++)
		sum += widths[i];
	return sum;
}

/* The widest column of those that have something to give; there is one. */
static size_t
find_widest(const int *widths, const int *least, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		if (widths[i] > least[i] && (widths[found] <= least[found] ||
					     widths[i] > widths[found]))
			found = i;
	return found;
}

/* Take from the widest until all fit; false when they cannot. */
static bool
shrink(const struct table *t, int *widths, int room)
{
	int *least = mem_array(t->n_cols, sizeof(*least));
	long over;
	bool fits;

	for (size_t col = 0; col < t->n_cols; col++) {
		if (widths[col] > room)
			widths[col] = room;
		least[col] = measure_least(t, col, widths[col]);
	}
	over = sum_of(widths, t->n_cols) - room;
	fits = sum_of(least, t->n_cols) <= room;
	for (; fits && over > 0; over--)
		widths[find_widest(widths, least, t->n_cols)]--;
	free(least);
	return fits;
}

static int
count_lines(const struct table *t, const struct table_cell *cell, int width)
{
	size_t at = cell->from;
	int n = 0;

	for (; at < cell->to && n <= HEIGHT_MAX; n++)
		at += wordwrap_prose(t->prose.text.ptr + at, cell->to - at,
				     width);
	return n;
}

/* Is no row too high? */
static bool
stays_low(const struct table *t, const int *widths)
{
	for (size_t row = 0; row < count_rows(t); row++)
		for (size_t col = 0; col < t->n_cols; col++)
			if (count_lines(t, find_cell(t, row, col),
					widths[col]) > HEIGHT_MAX)
				return false;
	return true;
}

/* The next line of a cell of which all before byte *at is written. */
static void
write_piece(const struct table *t, struct lines *l,
	    const struct table_cell *cell, size_t *at, int col, int width)
{
	const char *s = t->prose.text.ptr + *at;
	size_t len = wordwrap_prose(s, cell->to - *at, width);
	size_t shown = trim_blanks(s, len);
	int room = width - utf8_width(s, shown);

	(void)lines_add_prose(l, col + indent_of(cell->align, room), &t->prose,
			      *at, *at + shown);
	*at += len;
}

static void
write_high_row(const struct table *t, struct lines *l, size_t row, int indent,
	       const int *widths, size_t *at)
{
	bool more = true;

	for (size_t i = 0; i < t->n_cols; i++)
		at[i] = find_cell(t, row, i)->from;
	while (more) {
		int col = indent;

		more = false;
		lines_begin(l, 0, false);
		for (size_t i = 0; i < t->n_cols; i++) {
			const struct table_cell *cell = find_cell(t, row, i);

			if (at[i] < cell->to)
				write_piece(t, l, cell, &at[i], col, widths[i]);
			more = more || at[i] < cell->to;
			col += widths[i] + GAP;
		}
	}
}

/* With a blank line between the rows, which are of any height. */
static void
write_high_rows(const struct table *t, struct lines *l, int indent,
		const int *widths)
{
	size_t *at = mem_array(t->n_cols, sizeof(*at));

	for (size_t row = 0; row < count_rows(t); row++) {
		if (row)
			lines_blank(l);
		write_high_row(t, l, row, indent, widths, at);
	}
	free(at);
}

/* --- row by row --- */

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

static void
write_rows(const struct table *t, struct lines *l, int indent,
	   const int *widths)
{
	for (size_t row = 0; row < count_rows(t); row++)
		write_row(t, l, row, indent, widths);
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
		write_rows(t, l, indent, widths);
	else if (shrink(t, widths, room) && stays_low(t, widths))
		write_high_rows(t, l, indent, widths);
	else if (n_rows > 1)
		write_blocks(t, l, indent);
	else
		write_headings(t, l, indent);
	free(widths);
}
