/* column.c - grapheme by grapheme, as the canvas puts them; see column.h. */
#include "edit/column.h"

#include <limits.h>

#include "plein/buf.h"
#include "plein/filter.h"
#include "plein/utf8.h"

/* Columns of the grapheme [pos, next) of `s`. */
static int
columns_of_grapheme(const char *s, size_t pos, size_t next, struct buf *shown)
{
	size_t at, end;
	int width, sum = 0;

	if (next - pos == 1 && s[pos] >= ' ' && s[pos] <= '~')
		return 1;
	buf_reset(shown);
	filter_line(shown, s + pos, next - pos);
	for (at = 0; at < shown->len; at = end) {
		end = utf8_next(shown->ptr, shown->len, at);
		width = utf8_cluster_width(shown->ptr + at, end - at);
		sum += width > 0 ? width : 1;
	}
	return sum;
}

/* As far as `col` columns go; *sum becomes how many were used. */
static size_t
walk_columns(const char *s, size_t len, int col, int *sum)
{
	struct buf shown = BUF_INIT;
	size_t pos = 0, next;
	int width;

	*sum = 0;
	while (pos < len) {
		next = utf8_next(s, len, pos);
		width = columns_of_grapheme(s, pos, next, &shown);
		if (width > col - *sum)
			break;
		*sum += width;
		pos = next;
	}
	buf_release(&shown);
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
