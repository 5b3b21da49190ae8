/* wordwrap.c - greedy: the last blank that fits, else the last grapheme. */
#include "plein/wordwrap.h"

#include "plein/filter.h"
#include <string.h>

#include "plein/utf8.h"

/*
 * Plain ASCII at `s` that fits in `room` columns; its last byte may be joined
 * by what follows, and is left out.
 */
static size_t
plain_run(const char *s, size_t len, int room)
{
	size_t n;

	if (room <= 0)
		return 0;
	n = utf8_plain(s, len <= (size_t)room ? len : (size_t)room + 1);
	return n > 0 ? n - 1 : 0;
}

size_t
wordwrap_next(const char *s, size_t len, int width)
{
	size_t pos = 0, after_blank = 0, next, n;
	const char *blank;
	int used = 0;

	while (pos < len) {
		n = plain_run(s + pos, len - pos, width - used);
		blank = memrchr(s + pos, ' ', n);
		if (blank)
			after_blank = (size_t)(blank + 1 - s);
		used += (int)n;
		pos += n;
		next = utf8_next(s, len, pos);
		/* Blanks may hang over the edge: nothing is drawn there. */
		if (next - pos == 1 && (s[pos] == ' ' || s[pos] == '\t')) {
			used++;
			pos = next;
			after_blank = pos;
			continue;
		}
		used += filter_columns(s + pos, next - pos);
		if (used > width)
			break;
		pos = next;
	}
	if (pos == len)
		return len;
	if (after_blank > 0)
		return after_blank;
	return pos > 0 ? pos : utf8_next(s, len, 0);
}
