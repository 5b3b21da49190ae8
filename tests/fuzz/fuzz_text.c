/* The output filter, UTF-8, graphemes and line breaks agree on any bytes. */
#include "fuzz.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/filter.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

/* What a cell of the screen can hold. */
static void
check_small_graphemes(const char *s, size_t len)
{
	size_t next, room = 0;

	for (size_t pos = 0; pos < len; pos = next) {
		next = utf8_next(s, len, pos);
		assert(next - pos <= 21);
		room += s[pos] == '\n';
		room += (size_t)utf8_cluster_width(s + pos, next - pos);
	}
	assert(len <= 21 * room);
}

/* By number, whatever the filter thinks of them: what a terminal obeys. */
static bool
is_obeyed(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x061c ||
	       (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	       cp == UINT32_MAX;
}

static void
check_harmless(const char *s, size_t len, bool newlines)
{
	uint32_t cp;

	for (size_t pos = 0; pos < len;) {
		pos += utf8_decode(s + pos, len - pos, &cp);
		assert((newlines && cp == '\n') || !is_obeyed(cp));
	}
}

/* A cell at least for each grapheme, as the canvas has them. */
static int
count_columns(const char *s, size_t len)
{
	size_t next;
	int one, sum = 0;

	for (size_t pos = 0; pos < len; pos = next) {
		next = utf8_next(s, len, pos);
		one = utf8_cluster_width(s + pos, next - pos);
		sum += one > 0 ? one : 1;
	}
	return sum;
}

/* What was told before it was filtered is what it takes. */
static void
check_columns(const char *s, size_t len)
{
	struct buf shown = BUF_INIT;
	size_t next;

	for (size_t pos = 0; pos < len; pos = next) {
		next = utf8_next(s, len, pos);
		buf_reset(&shown);
		filter_line(&shown, s + pos, next - pos);
		assert(filter_columns(s + pos, next - pos) ==
		       count_columns(shown.ptr, shown.len));
	}
	buf_release(&shown);
}

static void
check_filter(const char *s, size_t len,
	     void (*filter)(struct buf *out, const char *s, size_t len))
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	size_t pos;

	filter(&once, s, len);
	assert(utf8_is_valid(once.ptr, once.len));
	assert(filter_accepts(once.ptr, once.len, &pos) && pos == once.len);
	filter(&twice, once.ptr, once.len);
	assert(twice.len == once.len);
	assert(memcmp(once.ptr, twice.ptr, once.len) == 0);
	check_small_graphemes(once.ptr, once.len);
	check_harmless(once.ptr, once.len, filter == filter_text);
	if (filter == filter_line)
		assert(!memchr(once.ptr, '\n', once.len));
	buf_release(&once);
	buf_release(&twice);
}

/* Joins the parts of an emoji, or is about how they look. */
static bool
is_of_emoji(uint32_t cp)
{
	return cp == 0x200d || cp == 0xfe0e || cp == 0xfe0f ||
	       (cp >= 0x1f3fb && cp <= 0x1f3ff);
}

/* As it is, save returns, tabs and what emoji are joined by. */
static void
check_shown(const char *s, size_t len, const struct buf *out)
{
	size_t k = 0, n;
	uint32_t cp;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (cp == '\r' || is_of_emoji(cp))
			continue;
		if (cp == '\t')
			assert(out->ptr[k] == ' ');
		else
			assert(memcmp(out->ptr + k, s + i, n) == 0);
		k += n;
	}
	assert(k == out->len);
}

static void
check_accepted(const char *s, size_t len)
{
	struct buf out = BUF_INIT;
	size_t pos;

	if (filter_accepts(s, len, &pos)) {
		assert(utf8_is_valid(s, len));
		filter_text(&out, s, len);
		check_shown(s, len, &out);
	} else {
		assert(pos < len);
	}
	buf_release(&out);
}

static void
check_runes(const char *s, size_t len)
{
	char again[UTF8_MAX];
	size_t n;
	uint32_t cp;

	for (size_t pos = 0; pos < len; pos += n) {
		n = utf8_decode(s + pos, len - pos, &cp);
		assert(n >= 1 && n <= len - pos);
		if (cp == UINT32_MAX)
			continue;
		assert(utf8_encode(cp, again) == n);
		assert(memcmp(again, s + pos, n) == 0);
	}
	assert(utf8_missing(s, len) <= 3);
}

static void
check_graphemes(const char *s, size_t len)
{
	int width = 0, one;
	size_t next;

	for (size_t pos = 0; pos < len; pos = next) {
		next = utf8_next(s, len, pos);
		assert(next > pos && next <= len);
		assert(utf8_prev(s, len, next) == pos);
		one = utf8_cluster_width(s + pos, next - pos);
		assert(one >= 0 && one <= 2);
		width += one;
		assert(utf8_fit(s, len, width) >= next);
	}
	assert(utf8_width(s, len) == width);
}

static void
check_fold(const char *s, size_t len)
{
	struct buf out = BUF_INIT;

	utf8_fold(&out, s, len);
	assert(utf8_is_valid(out.ptr, out.len));
	buf_release(&out);
}

static size_t
trim_blanks(const char *s, size_t len)
{
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	return len;
}

/* A line is no wider than asked, or it is one grapheme. */
static void
check_lines(const char *s, size_t len, int width,
	    size_t (*wrap)(const char *s, size_t len, int width))
{
	size_t n, shown;

	for (size_t pos = 0; pos < len; pos += n) {
		n = wrap(s + pos, len - pos, width);
		assert(n >= 1 && n <= len - pos);
		shown = trim_blanks(s + pos, n);
		assert(utf8_width(s + pos, shown) <= width ||
		       utf8_next(s + pos, len - pos, 0) == n);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;

	check_filter(s, size, filter_line);
	check_filter(s, size, filter_text);
	check_accepted(s, size);
	check_columns(s, size);
	check_runes(s, size);
	check_graphemes(s, size);
	check_fold(s, size);
	check_lines(s, size, 1, wordwrap_next);
	check_lines(s, size, 12, wordwrap_next);
	check_lines(s, size, 1, wordwrap_prose);
	check_lines(s, size, 12, wordwrap_prose);
	return 0;
}
