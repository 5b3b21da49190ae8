/* line_pieces.c - see line_pieces.h. */
#include "line_pieces.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"

#define SAID_WORDS 8 /* of a piece in a list */

/* --- lines --- */

static size_t
line_end(const struct buf *text, size_t at)
{
	const char *end = memchr(text->ptr + at, '\n', text->len - at);

	return end ? (size_t)(end - text->ptr) : text->len;
}

static const char *
skip_indent(const char *s)
{
	return s + strspn(s, " \t");
}

static bool
is_blank(const struct buf *text, size_t at)
{
	const char *s = text->ptr + at;

	s += strspn(s, " \t\r");
	return *s == '\n' || *s == '\0';
}

static bool
is_fence(const char *s)
{
	return strncmp(s, "```", 3) == 0 || strncmp(s, "~~~", 3) == 0;
}

/* Bytes of "- " or "12. ", or 0. */
static size_t
marker_len(const char *s)
{
	size_t n = strspn(s, "0123456789");

	if (n && n < 10 && (s[n] == '.' || s[n] == ')'))
		n++;
	else if (!n && *s && strchr("-*+", *s))
		n = 1;
	else
		return 0;
	return s[n] == ' ' ? n + strspn(s + n, " ") : 0;
}

static size_t
heading_len(const char *s)
{
	size_t n = strspn(s, "#");

	return n && n <= 6 && s[n] == ' ' ? n + strspn(s + n, " ") : 0;
}

static void
classify_item(struct piece *one, const char *s)
{
	bool done = strncmp(s, "[x] ", 4) == 0 || strncmp(s, "[X] ", 4) == 0;

	one->kind = done ? PIECE_DONE : PIECE_ITEM;
	if (strncmp(s, "[ ] ", 4) == 0)
		one->kind = PIECE_TO_DO;
	if (one->kind != PIECE_ITEM)
		one->words += 4;
}

/* What begins on this line. */
static void
classify(const struct buf *text, size_t at, struct piece *one)
{
	const char *s = skip_indent(text->ptr + at);
	size_t n = heading_len(s);

	one->at = at;
	one->kind = PIECE_PARAGRAPH;
	one->words = (size_t)(s - text->ptr);
	if (is_fence(s)) {
		one->kind = PIECE_CODE;
	} else if (n) {
		one->kind = PIECE_HEADING;
		one->words += n;
	} else if ((n = marker_len(s))) {
		one->words += n;
		classify_item(one, s + n);
	} else if (*s == '>') {
		one->kind = PIECE_QUOTE;
	} else if (*s == '|') {
		one->kind = PIECE_TABLE;
	}
}

static bool
is_item(enum piece_kind kind)
{
	return kind == PIECE_ITEM || kind == PIECE_DONE || kind == PIECE_TO_DO;
}

/* Does the line at `at` still belong to the piece? */
static bool
goes_on(const struct buf *text, const struct piece *one, size_t at)
{
	struct piece next;

	if (is_blank(text, at) || one->kind == PIECE_HEADING)
		return false;
	classify(text, at, &next);
	if (next.kind == PIECE_QUOTE || next.kind == PIECE_TABLE)
		return next.kind == one->kind;
	return next.kind == PIECE_PARAGRAPH;
}

/* Code ends with its fence, whatever stands in it. */
static size_t
end_of_code(const struct buf *text, size_t at)
{
	size_t end = line_end(text, at);

	while (end < text->len) {
		at = end + 1;
		end = line_end(text, at);
		if (is_fence(skip_indent(text->ptr + at)))
			break;
	}
	return end;
}

static size_t
end_of_piece(const struct buf *text, const struct piece *one)
{
	size_t end = line_end(text, one->at);

	if (one->kind == PIECE_CODE)
		return end_of_code(text, one->at);
	while (end < text->len && goes_on(text, one, end + 1))
		end = line_end(text, end + 1);
	return end;
}

void
pieces_find(struct pieces *p, const struct buf *text)
{
	size_t at = 0;

	memset(p, 0, sizeof(*p));
	while (at < text->len) {
		struct piece *one;

		if (is_blank(text, at)) {
			at = line_end(text, at) + 1;
			continue;
		}
		p->list = mem_realloc(p->list, (p->n + 1) * sizeof(*p->list));
		one = &p->list[p->n++];
		classify(text, at, one);
		one->len = end_of_piece(text, one) - at;
		at += one->len + 1;
	}
}

void
pieces_release(struct pieces *p)
{
	free(p->list);
	p->list = NULL;
	p->n = 0;
}

/* --- in words --- */

static size_t
count_words(const char *s, const char *end)
{
	size_t n = 0;

	while (s < end) {
		while (s < end && strchr(" \t\r\n", *s))
			s++;
		n += s < end;
		while (s < end && !strchr(" \t\r\n", *s))
			s++;
	}
	return n;
}

/* The first words, on one line. */
static void
add_words(const char *s, const char *end, struct buf *out)
{
	for (size_t n = 0; s < end && n < SAID_WORDS; n++) {
		const char *word;

		while (s < end && strchr(" \t\r\n", *s))
			s++;
		for (word = s; s < end && !strchr(" \t\r\n", *s);)
			s++;
		if (n && s > word)
			buf_char(out, ' ');
		buf_add(out, word, (size_t)(s - word));
	}
	while (s < end && strchr(" \t\r\n", *s))
		s++;
	if (s < end)
		buf_str(out, "...");
}

static const char *
name_kind(enum piece_kind kind)
{
	switch (kind) {
	case PIECE_HEADING:
		return _("Heading");
	case PIECE_ITEM:
		return _("Item");
	case PIECE_DONE:
		return _("Item, done");
	case PIECE_TO_DO:
		return _("Item, to do");
	case PIECE_QUOTE:
		return _("Quote");
	case PIECE_TABLE:
		return _("Table");
	case PIECE_CODE:
		return _("Code");
	case PIECE_PARAGRAPH:
	default:
		return _("Paragraph");
	}
}

void
piece_describe(const struct buf *text, const struct piece *one, struct buf *out)
{
	const char *s = text->ptr + one->words;
	const char *end = text->ptr + one->at + one->len;
	size_t n = count_words(s, end);

	buf_str(out, name_kind(one->kind));
	if (one->kind == PIECE_PARAGRAPH && n > SAID_WORDS)
		buf_printf(out, ngettext(" of %zu word", " of %zu words", n),
			   n);
	buf_str(out, ": ");
	add_words(s, end, out);
}

/* --- changing --- */

void
piece_replace(struct buf *text, const struct piece *one, const char *s,
	      size_t len)
{
	size_t at = one->at;

	buf_erase(text, at, one->len);
	buf_insert(text, at, s, len);
}

void
piece_remove(struct buf *text, const struct piece *one)
{
	size_t from = one->at, to = one->at + one->len;
	bool open = !from || (from > 1 && text->ptr[from - 2] == '\n');

	to += to < text->len;
	while (open && to < text->len && is_blank(text, to))
		to = line_end(text, to) + (line_end(text, to) < text->len);
	buf_erase(text, from, to - from);
	while (text->len > 1 && text->ptr[text->len - 1] == '\n' &&
	       text->ptr[text->len - 2] == '\n')
		buf_erase(text, text->len - 1, 1);
}

static bool
begins_item(const char *s)
{
	return marker_len(skip_indent(s)) > 0;
}

void
piece_insert(struct buf *text, const struct piece *one, const char *s,
	     size_t len)
{
	struct buf piece = BUF_INIT;
	size_t at = one ? one->at + one->len : 0;
	bool close = one && is_item(one->kind) && begins_item(s);

	if (one)
		buf_str(&piece, close ? "\n" : "\n\n");
	buf_add(&piece, s, len);
	if (!one)
		buf_str(&piece, text->len ? "\n\n" : "\n");
	else if (!close && at + 1 < text->len && !is_blank(text, at + 1))
		buf_char(&piece, '\n');
	buf_insert(text, at, piece.ptr, piece.len);
	buf_release(&piece);
}
