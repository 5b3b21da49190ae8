/* textrow.c - see textrow.h. */
#include "plein/textrow.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"

#define FIRST_ROOM 32

enum piece { PIECE_WORD, PIECE_BLANK, PIECE_SIGN };

/* Room for one more; *room pieces fit now. */
static void
add_piece(struct textrow *r, size_t at, size_t *room)
{
	if (r->n == *room) {
		*room = *room ? *room * 2 : FIRST_ROOM;
		r->at = mem_realloc(r->at, (*room + 1) * sizeof(*r->at));
	}
	r->at[r->n++] = at;
}

static void
end_row(struct textrow *r, size_t len)
{
	if (!r->at)
		r->at = mem_array(1, sizeof(*r->at));
	r->at[r->n] = len;
}

void
textrow_lines(struct textrow *r, const char *text, size_t len)
{
	size_t at = 0, room = 0;
	const char *newline;

	memset(r, 0, sizeof(*r));
	r->text = text;
	while (at < len) {
		add_piece(r, at, &room);
		newline = memchr(text + at, '\n', len - at);
		at = newline ? (size_t)(newline - text) + 1 : len;
	}
	end_row(r, len);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_ascii_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '_';
}

static enum piece
classify(const char *s, size_t len)
{
	uint32_t cp;

	if (is_blank(s[0]))
		return PIECE_BLANK;
	(void)utf8_decode(s, len, &cp); /* there is at least one byte */
	if (cp < 0x80)
		return is_ascii_word((unsigned char)s[0]) ? PIECE_WORD
							  : PIECE_SIGN;
	if (cp < 0xc0 || (cp >= 0x2000 && cp < 0x2c00) || cp >= 0x3000)
		return PIECE_SIGN;
	return PIECE_WORD;
}

/* Between two ASCII bytes there is a boundary, except in "\r\n". */
static size_t
next_grapheme(const char *s, size_t len, size_t at)
{
	if (at + 1 < len && (unsigned char)s[at] < 0x80 &&
	    (unsigned char)s[at + 1] < 0x80 && s[at] != '\r')
		return at + 1;
	return utf8_next(s, len, at);
}

/* Behind a blank a piece goes on when blanks are part of it. */
static void
read_words(struct textrow *r, const char *text, size_t len)
{
	enum piece before = PIECE_SIGN, now;
	size_t at, room = 0;

	r->text = text;
	for (at = 0; at < len; at = next_grapheme(text, len, at)) {
		now = classify(text + at, len - at);
		if (before == PIECE_BLANK ? now != before && !r->spaced
					  : now == PIECE_SIGN || now != before)
			add_piece(r, at, &room);
		before = now;
	}
	end_row(r, len);
}

void
textrow_words(struct textrow *r, const char *text, size_t len)
{
	memset(r, 0, sizeof(*r));
	read_words(r, text, len);
}

void
textrow_spaced(struct textrow *r, const char *text, size_t len)
{
	memset(r, 0, sizeof(*r));
	r->spaced = true;
	read_words(r, text, len);
}

void
textrow_release(struct textrow *r)
{
	free(r->at);
	memset(r, 0, sizeof(*r));
}

size_t
textrow_len(const struct textrow *r, size_t first, size_t count)
{
	return r->at[first + count] - r->at[first];
}

const char *
textrow_ptr(const struct textrow *r, size_t i)
{
	return r->text + r->at[i];
}

const char *
textrow_core(const struct textrow *r, size_t i, size_t *len)
{
	const char *s = textrow_ptr(r, i);

	*len = textrow_len(r, i, 1);
	for (; r->spaced && *len && is_blank(*s); s++)
		(*len)--;
	return s;
}

size_t
textrow_count_newlines(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == '\n';
	return n;
}
