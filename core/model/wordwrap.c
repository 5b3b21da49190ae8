/* wordwrap.c - greedy: the last blank that fits, else the last grapheme. */
#include "plein/wordwrap.h"

#include "plein/filter.h"
#include "plein/utf8.h"

/* Plain ASCII letters from `pos` that fit: no grapheme to look for. */
static size_t
plain_run(const char *s, size_t len, size_t pos, int room)
{
	size_t n = 0;

	while (pos + n + 1 < len && (int)n < room && s[pos + n] > ' ' &&
	       s[pos + n] <= '~' && s[pos + n + 1] >= ' ' &&
	       s[pos + n + 1] <= '~')
		n++;
	return n;
}

size_t
wordwrap_next(const char *s, size_t len, int width)
{
	size_t pos = 0, after_blank = 0, next;
	int used = 0;

	while (pos < len) {
		next = pos + plain_run(s, len, pos, width - used);
		used += (int)(next - pos);
		pos = next;
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
