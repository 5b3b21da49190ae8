/*
 * wordwrap.c - greedy: the last blank that fits, else the last grapheme. In
 * prose the word that does not fit is looked at once more, for a place within
 * it (UAX 14); most words have none, and that is seen from their bytes.
 */
#include "plein/wordwrap.h"

#include <stdbool.h>
#include <string.h>

#include <unilbrk.h>

#include "plein/filter.h"
#include "plein/utf8.h"

#define WORD_MAX 1024 /* bytes of one that is looked at */

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

/* How far a line reaches: bytes that fit, and those up to its last blank. */
struct reach {
	size_t fits, after_blank;
};

static struct reach
measure_reach(const char *s, size_t len, int width)
{
	struct reach r = { 0, 0 };
	const char *blank;
	size_t next, n;
	int used = 0;

	while (r.fits < len) {
		n = plain_run(s + r.fits, len - r.fits, width - used);
		blank = memrchr(s + r.fits, ' ', n);
		if (blank)
			r.after_blank = (size_t)(blank + 1 - s);
		used += (int)n;
		r.fits += n;
		next = utf8_next(s, len, r.fits);
		/* Blanks may hang over the edge: nothing is drawn there. */
		if (next - r.fits == 1 &&
		    (s[r.fits] == ' ' || s[r.fits] == '\t')) {
			used++;
			r.fits = next;
			r.after_blank = next;
			continue;
		}
		used += filter_columns(s + r.fits, next - r.fits);
		if (used > width)
			break;
		r.fits = next;
	}
	return r;
}

static size_t
choose_break(const char *s, size_t len, const struct reach *r)
{
	if (r->fits == len)
		return len;
	if (r->after_blank > 0)
		return r->after_blank;
	return r->fits > 0 ? r->fits : utf8_next(s, len, 0);
}

size_t
wordwrap_next(const char *s, size_t len, int width)
{
	struct reach r = measure_reach(s, len, width);

	return choose_break(s, len, &r);
}

/* Letters and digits of ASCII only: there is no place to break it. */
static bool
is_one_piece(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!(s[i] >= 'a' && s[i] <= 'z') &&
		    !(s[i] >= 'A' && s[i] <= 'Z') &&
		    !(s[i] >= '0' && s[i] <= '9'))
			return false;
	return true;
}

/*
 * The last place before byte `most` where a word may be broken, or 0. The
 * first two bytes stay with what follows: e-mail is one word to us.
 */
static size_t
find_break(const char *s, size_t len, size_t most)
{
	char at[WORD_MAX];
	size_t found = 0, pos = 0;

	u8_possible_linebreaks((const uint8_t *)s, len, "UTF-8", at);
	while (pos < most) {
		pos = utf8_next(s, len, pos);
		if (pos > 2 && pos <= most && pos < len &&
		    at[pos] == UC_BREAK_POSSIBLE)
			found = pos;
	}
	return found;
}

size_t
wordwrap_prose(const char *s, size_t len, int width)
{
	struct reach r = measure_reach(s, len, width);
	size_t word = r.fits - r.after_blank, end, n;

	if (r.fits < len && word > 0 && word < WORD_MAX - 64) {
		end = utf8_next(s, len, r.fits) - r.after_blank;
		if (end < WORD_MAX && !is_one_piece(s + r.after_blank, word)) {
			n = find_break(s + r.after_blank, end, word);
			if (n > 0)
				return r.after_blank + n;
		}
	}
	return choose_break(s, len, &r);
}
