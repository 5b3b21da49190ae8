/* column.c - grapheme by grapheme, as the canvas puts them; see column.h. */
#include "edit/column.h"

#include <limits.h>

#include "plein/filter.h"
#include "plein/utf8.h"

/* As far as `col` columns go; *sum becomes how many were used. */
static size_t
walk_columns(const char *s, size_t len, int col, int *sum)
{
	size_t pos = 0, next;
	int width;

	if (col > 0)
		pos = utf8_plain(s, len < (size_t)col ? len : (size_t)col);
	pos -= pos > 0; /* the last one may be joined by what follows */
	*sum = (int)pos;
	while (pos < len) {
		next = utf8_next(s, len, pos);
		width = filter_columns(s + pos, next - pos);
		if (width > col - *sum)
			break;
		*sum += width;
		pos = next;
	}
	return pos;
}

int
column_of(const char *s, size_t len)
{
	int sum;

	(void)walk_columns(s, len, INT_MAX, &sum);
	return sum;
}

size_t
column_fit(const char *s, size_t len, int col)
{
	int sum;

	return walk_columns(s, len, col, &sum);
}
