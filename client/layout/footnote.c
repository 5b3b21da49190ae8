/*
 * footnote.c - a walk over the lines of the source. Fenced code is left alone;
 * indented code is, because four blanks are no beginning of a note.
 */
#include "layout/footnote.h"

#include <string.h>

#define NAME_MAX_LEN 64

struct fence {
	char sign; /* '`' or '~'; 0: outside of code */
	size_t n; /* of them that opened it */
};

bool
footnote_begins(const char *s, size_t len)
{
	size_t n = 2;

	if (len < 5 || s[0] != '[' || s[1] != '^')
		return false;
	while (n + 1 < len && n < NAME_MAX_LEN && s[n] > ' ' && s[n] != ']')
		n++;
	return n > 2 && s[n] == ']' && s[n + 1] == ':';
}

static size_t
count_signs(const char *s, size_t len, char sign)
{
	size_t n = 0;

	while (n < len && s[n] == sign)
		n++;
	return n;
}

/* Blanks, quote marks and list bullets that may stand before a fence. */
static size_t
skip_lead(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && strchr(" \t>-*+", s[n]))
		n++;
	return n;
}

static void
follow_fence(struct fence *f, const char *s, size_t len)
{
	size_t lead = skip_lead(s, len), n;
	char sign = lead < len ? s[lead] : '\0';

	if (sign != '`' && sign != '~')
		return;
	n = count_signs(s + lead, len - lead, sign);
	if (n < 3)
		return;
	if (!f->sign)
		*f = (struct fence){ sign, n };
	else if (f->sign == sign && n >= f->n)
		f->sign = '\0';
}

static size_t
count_blanks(const char *s, size_t len)
{
	return count_signs(s, len < 3 ? len : 3, ' ');
}

static bool
is_blank(const char *s, size_t len)
{
	return len == 0 || count_signs(s, len, ' ') == len;
}

static void
add_line(struct buf *out, const char *s, size_t len, bool after_text)
{
	size_t lead = count_blanks(s, len);

	if (footnote_begins(s + lead, len - lead)) {
		if (after_text)
			buf_char(out, '\n');
		buf_add(out, s, lead);
		buf_char(out, '\\');
		s += lead;
		len -= lead;
	}
	buf_add(out, s, len);
}

static void
walk_lines(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;
	struct fence fence = { 0 };
	bool after_text = false;

	while (s < end) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t n = stop ? (size_t)(stop - s) : (size_t)(end - s);

		if (fence.sign)
			buf_add(out, s, n);
		else
			add_line(out, s, n, after_text);
		follow_fence(&fence, s, n);
		after_text = !is_blank(s, n) && !fence.sign;
		if (stop)
			buf_char(out, '\n');
		s += n + 1;
	}
}

/* memmem() takes ten times as long where there is none. */
static bool
holds_footnote(const char *s, size_t len)
{
	const char *end = s + len, *at = s;

	while ((at = memchr(at, '[', (size_t)(end - at))))
		if (++at < end && *at == '^')
			return true;
	return false;
}

void
footnote_keep(struct buf *out, const char *s, size_t len)
{
	if (len && holds_footnote(s, len))
		walk_lines(out, s, len);
	else
		buf_add(out, s, len);
}
