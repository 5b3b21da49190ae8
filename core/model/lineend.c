/* lineend.c - see lineend.h. */
#include "plein/lineend.h"

#include <stdbool.h>
#include <string.h>

#include "plein/textdiff.h"

static const char *
find_crlf(const char *s, const char *end)
{
	while ((s = memchr(s, '\r', (size_t)(end - s)))) {
		if (s + 1 < end && s[1] == '\n')
			return s;
		s++;
	}
	return NULL;
}

void
lineend_plain(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len, *cr;

	while ((cr = find_crlf(text, end))) {
		buf_add(out, text, (size_t)(cr - text));
		text = cr + 1;
	}
	buf_add(out, text, (size_t)(end - text));
}

static bool
ends_in_crlf(const struct textrow *r, size_t i)
{
	size_t len = textrow_len(r, i, 1);

	return len >= 2 && memcmp(textrow_ptr(r, i) + len - 2, "\r\n", 2) == 0;
}

static bool
prefers_crlf(const struct textrow *base)
{
	size_t n = 0;

	for (size_t i = 0; i < base->n; i++)
		n += ends_in_crlf(base, i);
	return n * 2 > base->n;
}

static void
add_changed(struct buf *out, const struct textrow *row,
	    const struct textdiff_hunk *h, bool crlf)
{
	for (size_t i = h->b; i < h->b + h->n_b; i++) {
		size_t len = textrow_len(row, i, 1);

		buf_add(out, textrow_ptr(row, i), len);
		if (crlf && out->ptr[out->len - 1] == '\n')
			buf_insert(out, out->len - 1, "\r", 1);
	}
}

static void
add_kept(struct buf *out, const struct textrow *base, size_t from, size_t to)
{
	if (to > from)
		buf_add(out, textrow_ptr(base, from),
			textrow_len(base, from, to - from));
}

void
lineend_adopt(struct buf *out, const char *text, size_t len, const char *base,
	      size_t base_len)
{
	struct textrow new, old, as_is;
	struct textdiff d;
	struct buf plain = BUF_INIT;
	long effort = TEXTDIFF_EFFORT;
	size_t at = 0;

	if (!find_crlf(base, base + base_len)) {
		buf_add(out, text, len);
		return;
	}
	lineend_plain(&plain, base, base_len);
	textrow_lines(&as_is, base, base_len);
	textrow_lines(&old, plain.ptr, plain.len);
	textrow_lines(&new, text, len);
	textdiff_make(&d, &old, &new, &effort);
	for (size_t i = 0; i < d.n; i++) {
		add_kept(out, &as_is, at, d.hunks[i].a);
		add_changed(out, &new, &d.hunks[i], prefers_crlf(&as_is));
		at = d.hunks[i].a + d.hunks[i].n_a;
	}
	add_kept(out, &as_is, at, as_is.n);
	textdiff_release(&d);
	textrow_release(&new);
	textrow_release(&old);
	textrow_release(&as_is);
	buf_release(&plain);
}
