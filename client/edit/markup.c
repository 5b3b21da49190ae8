/*
 * markup.c - see markup.h. A sign that is not closed on its line marks
 * nothing; that none is left is remembered, so that a line full of signs
 * costs no more than one without.
 */
#include "edit/markup.h"

#include <string.h>

#define INDENT_MAX 3 /* blanks; more is code of its own kind */
#define LEVEL_MAX 6
#define FENCE_MIN 3
#define TICKS_MAX 8 /* longest run of backticks that is looked for */

/* --- whole lines --- */

static size_t
skip_indent(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && i < INDENT_MAX && s[i] == ' ')
		i++;
	return i;
}

static size_t
count_run(const char *s, size_t len, size_t at)
{
	size_t n = 0;

	while (at + n < len && s[at + n] == s[at])
		n++;
	return n;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool
closes(const struct fence *fence, const char *s, size_t len, size_t at)
{
	at += count_run(s, len, at);
	while (at < len && is_blank(s[at]))
		at++;
	return fence->sign && at == len;
}

bool
markup_pass(struct fence *fence, const char *s, size_t len)
{
	size_t at = skip_indent(s, len), n;

	if (at == len || (s[at] != '`' && s[at] != '~'))
		return false;
	n = count_run(s, len, at);
	if (fence->sign) {
		if (s[at] != fence->sign || n < fence->len ||
		    !closes(fence, s, len, at))
			return false;
		*fence = (struct fence){ 0 };
		return true;
	}
	if (n < FENCE_MIN ||
	    (s[at] == '`' && memchr(s + at + n, '`', len - at - n)))
		return false;
	*fence = (struct fence){ s[at], n };
	return true;
}

bool
markup_heading(const char *s, size_t len, size_t *from, size_t *to)
{
	size_t at = skip_indent(s, len), n;

	if (at == len || s[at] != '#')
		return false;
	n = count_run(s, len, at);
	if (n > LEVEL_MAX || (at + n < len && !is_blank(s[at + n])))
		return false;
	at += n;
	while (at < len && is_blank(s[at]))
		at++;
	while (len > at && (is_blank(s[len - 1]) || s[len - 1] == '#'))
		len--;
	*from = at;
	*to = len;
	return true;
}

/* --- within a line --- */

struct line {
	const char *s;
	size_t len;
	uint8_t *marks;
	bool no_ticks[TICKS_MAX + 1]; /* none of that length follows */
	bool no_sign[4]; /* none of * ** _ __ that closes follows */
	bool no_link, no_wiki;
};

static void
set_marks(const struct line *l, size_t from, size_t to, enum mark mark)
{
	memset(l->marks + from, (int)mark, to - from);
}

/* A span of code: as many backticks again. The place behind it. */
static size_t
take_code(struct line *l, size_t at)
{
	size_t n = count_run(l->s, l->len, at), end = at + n, m;

	if (n > TICKS_MAX || l->no_ticks[n])
		return at + n;
	while (end < l->len) {
		m = l->s[end] == '`' ? count_run(l->s, l->len, end) : 0;
		end += m ? m : 1;
		if (m != n)
			continue;
		set_marks(l, at, end, MARK_CODE);
		return end;
	}
	l->no_ticks[n] = true;
	return at + n;
}

/* Where `what` begins at or after `at`; the end of the line when nowhere. */
static size_t
find(const struct line *l, size_t at, const char *what)
{
	const char *hit =
		at < l->len ? memmem(l->s + at, l->len - at, what, strlen(what))
			    : NULL;

	return hit ? (size_t)(hit - l->s) : l->len;
}

static size_t
take_wiki_link(struct line *l, size_t at)
{
	size_t end = l->no_wiki ? l->len : find(l, at, "]]");

	if (end == l->len) {
		l->no_wiki = true;
		return at + 2;
	}
	set_marks(l, at, end + 2, MARK_LINK);
	return end + 2;
}

/* [text](target) */
static size_t
take_link(struct line *l, size_t at)
{
	size_t middle = at + 1, end;

	if (middle < l->len && l->s[middle] == '[')
		return take_wiki_link(l, at);
	while (middle < l->len && !strchr("[]", l->s[middle]))
		middle++;
	if (l->no_link || middle + 1 >= l->len || l->s[middle] != ']' ||
	    l->s[middle + 1] != '(')
		return at + 1;
	end = find(l, middle, ")");
	if (end == l->len) {
		l->no_link = true;
		return at + 1;
	}
	set_marks(l, at, end + 1, MARK_LINK);
	return end + 1;
}

static bool
stands_at(const struct line *l, size_t at, const char *what)
{
	size_t n = strlen(what);

	return l->len - at >= n && memcmp(l->s + at, what, n) == 0;
}

static size_t
take_address(const struct line *l, size_t at)
{
	size_t end = at;

	if (!stands_at(l, at, "http://") && !stands_at(l, at, "https://"))
		return at + 1;
	while (end < l->len && !is_blank(l->s[end]) &&
	       !strchr("<>\"", l->s[end]))
		end++;
	set_marks(l, at, end, MARK_LINK);
	return end;
}

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* May the n signs at `at` begin (or end) emphasis? */
static bool
is_open_here(const struct line *l, size_t at, size_t n)
{
	if (at + n >= l->len || is_blank(l->s[at + n]))
		return false;
	return l->s[at] == '*' || at == 0 || !is_word(l->s[at - 1]);
}

static bool
is_closed_here(const struct line *l, size_t at, size_t n)
{
	if (at == 0 || is_blank(l->s[at - 1]))
		return false;
	return l->s[at] == '*' || at + n >= l->len || !is_word(l->s[at + n]);
}

/* *emphasis* and **strong**; what is inside is looked at too. */
static size_t
take_emphasis(struct line *l, size_t at)
{
	size_t n = count_run(l->s, l->len, at) >= 2 ? 2 : 1;
	bool *none = &l->no_sign[(l->s[at] == '_' ? 2 : 0) + n - 1];
	size_t end = at + n, m;

	if (*none || !is_open_here(l, at, n))
		return at + count_run(l->s, l->len, at);
	while (end < l->len) {
		m = l->s[end] == l->s[at] ? count_run(l->s, l->len, end) : 0;
		if (m >= n && (n == 2 || m != 2) && is_closed_here(l, end, m)) {
			set_marks(l, at, end + n,
				  n == 2 ? MARK_STRONG : MARK_EMPHASIS);
			return at + n;
		}
		end += m ? m : 1;
	}
	*none = true;
	return at + n;
}

static size_t
take_byte(struct line *l, size_t at)
{
	switch (l->s[at]) {
	case '\\':
		return at + 2;
	case '`':
		return take_code(l, at);
	case '[':
		return take_link(l, at);
	case 'h':
		return take_address(l, at);
	case '*':
	case '_':
		return l->marks[at] ? at + 1 : take_emphasis(l, at);
	default:
		return at + 1;
	}
}

void
markup_line(const struct fence *fence, const char *s, size_t len,
	    uint8_t *marks)
{
	struct line l = { .s = s, .len = len, .marks = marks };
	struct fence after = *fence;
	size_t from, to;

	memset(marks, MARK_NONE, len);
	if (fence->sign || markup_pass(&after, s, len)) {
		memset(marks, MARK_CODE, len);
		return;
	}
	if (markup_heading(s, len, &from, &to)) {
		memset(marks, MARK_HEADING, len);
		return;
	}
	for (size_t at = 0; at < len;)
		at = take_byte(&l, at);
}
