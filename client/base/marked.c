/* marked.c - see marked.h. */
#include "base/marked.h"

#include <ctype.h>
#include <string.h>

void
marked_init(struct marked *m)
{
	buf_init(&m->text);
	buf_init(&m->marks);
}

void
marked_release(struct marked *m)
{
	buf_release(&m->text);
	buf_release(&m->marks);
}

void
marked_add(struct marked *m, const char *s, size_t len, enum mark mark)
{
	if (len)
		buf_add(&m->text, s, len);
	for (size_t i = 0; i < len; i++)
		buf_char(&m->marks, (char)mark);
}

void
marked_add_piece(struct marked *m, const char *s, size_t len, enum mark mark)
{
	if (mark == MARK_BOTH) {
		marked_add(m, s, len, mark);
	} else if (mark == MARK_GONE) {
		marked_add(m, "[-", 2, MARK_GONE_SIGN);
		marked_add(m, s, len, mark);
		marked_add(m, "-]", 2, MARK_GONE_SIGN);
	} else {
		marked_add(m, "{+", 2, MARK_NEW_SIGN);
		marked_add(m, s, len, mark);
		marked_add(m, "+}", 2, MARK_NEW_SIGN);
	}
}

void
marked_add_lines(struct marked *m, const char *s, size_t len, enum mark mark)
{
	const char *end = s + len;

	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		const char *stop = newline ? newline : end;

		if (stop > s)
			marked_add_piece(m, s, (size_t)(stop - s), mark);
		if (newline)
			marked_add(m, "\n", 1, MARK_BOTH);
		s = stop + (newline != NULL);
	}
}

void
marked_copy(struct marked *m, const struct marked *other, size_t from,
	    size_t to)
{
	buf_add(&m->text, other->text.ptr + from, to - from);
	buf_add(&m->marks, other->marks.ptr + from, to - from);
}

/* The end of the line that begins at `from`, behind its newline. */
static size_t
next_line(const struct marked *m, size_t from)
{
	const char *end = memchr(m->text.ptr + from, '\n', m->text.len - from);

	return end ? (size_t)(end - m->text.ptr) + 1 : m->text.len;
}

/* A line that only the other version has leaves none here. */
static void
add_side_line(struct marked *m, const struct marked *other, size_t from,
	      enum mark without)
{
	char sign = without == MARK_GONE ? MARK_GONE_SIGN : MARK_NEW_SIGN;
	size_t before = m->text.len, to = next_line(other, from);
	bool left_out = false;

	for (size_t i = from; i < to; i++) {
		char mark = other->marks.ptr[i];

		if (mark == (char)without || mark == sign)
			left_out = true;
		else if (other->text.ptr[i] != '\n' || !left_out ||
			 m->text.len > before)
			marked_copy(m, other, i, i + 1);
	}
}

void
marked_side(struct marked *m, const struct marked *other, enum mark without)
{
	for (size_t i = 0; i < other->text.len; i = next_line(other, i))
		add_side_line(m, other, i, without);
}

static bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

size_t
marked_count(const char *s, size_t len)
{
	bool inside = false;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (strchr(" \t\r\n", s[i])) {
			inside = false;
		} else if (!inside && is_word_byte(s[i])) {
			inside = true;
			n++;
		}
	}
	return n;
}

size_t
marked_words(const struct marked *m, enum mark mark)
{
	size_t n = 0, i = 0;

	while (i < m->text.len) {
		size_t from = i;

		while (i < m->text.len && m->marks.ptr[i] == (char)mark)
			i++;
		n += marked_count(m->text.ptr + from, i - from);
		i += i == from;
	}
	return n;
}

bool
marked_differs(const struct marked *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (m->marks.ptr[i] != MARK_BOTH)
			return true;
	return false;
}

/* Is the blank at i, that both have, behind the end of a sentence? A link to
 * a page that is not there ends in "?]". */
static bool
ends_sentence(const struct marked *m, size_t from, size_t i)
{
	if (i > from + 1 && memcmp(m->text.ptr + i - 2, "?]", 2) == 0)
		return false;
	while (i > from && strchr("+}-]\")'", m->text.ptr[i - 1]))
		i--;
	return i > from && strchr(".?!", m->text.ptr[i - 1]);
}

size_t
marked_sentence(const struct marked *m, size_t from)
{
	size_t i = from;

	for (; i < m->text.len; i++) {
		char c = m->text.ptr[i];

		if (c == '\n' && m->marks.ptr[i] == MARK_BOTH)
			return i + 1;
		if (c == ' ' && m->marks.ptr[i] == MARK_BOTH &&
		    ends_sentence(m, from, i))
			return i + 1;
	}
	return i;
}
