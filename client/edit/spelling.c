/*
 * spelling.c - line by line, since a line says what is code and what a link.
 * The fence that is open is known only from the first line on, so that is
 * where it begins, whatever `from` is.
 */
#include "edit/spelling.h"

#include <string.h>

#include "edit/markup.h"
#include "plein/buf.h"
#include "plein/utf8.h"

#define CURLY 0x2019 /* the apostrophe of word processors */

struct walker {
	size_t from;
	spelling_visit *visit;
	void *ctx;
	size_t start; /* of the line */
	struct buf line, marks, word;
};

static bool
is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	if (cp == 0xd7 || cp == 0xf7)
		return false;
	return (cp >= 0xc0 && cp < 0x250) || (cp >= 0x300 && cp < 0x370) ||
	       (cp >= 0x1e00 && cp < 0x1f00);
}

/* What makes a name or an address of it, not a word. */
static bool
is_odd(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '@' || cp == '_' || cp == '\\';
}

static bool
joins(uint32_t cp)
{
	return cp == '\'' || cp == CURLY || cp == '-' || cp == '.';
}

static uint32_t
rune_at(const struct walker *w, size_t at, size_t *len)
{
	uint32_t cp = 0;

	*len = utf8_decode(w->line.ptr + at, w->line.len - at, &cp);
	return cp;
}

static bool
letter_at(const struct walker *w, size_t at)
{
	size_t len;

	return at < w->line.len && is_letter(rune_at(w, at, &len));
}

/* From a letter on; *odd when what is in it is more than letters. */
static size_t
take_word(struct walker *w, size_t at, bool *odd)
{
	size_t len;

	buf_reset(&w->word);
	for (*odd = false; at < w->line.len; at += len) {
		uint32_t cp = rune_at(w, at, &len);

		/* A dot before a letter is one of an address. */
		*odd |= is_odd(cp) || (cp == '.' && letter_at(w, at + len));
		if (!is_letter(cp) && !is_odd(cp) &&
		    !(joins(cp) && letter_at(w, at + len)))
			break;
		if (cp == CURLY)
			buf_char(&w->word, '\'');
		else
			buf_add(&w->word, w->line.ptr + at, len);
	}
	return at;
}

static bool
is_in_capitals(const char *word)
{
	bool any = false;

	for (; *word; word++) {
		if (*word >= 'a' && *word <= 'z')
			return false;
		any |= *word >= 'A' && *word <= 'Z';
	}
	return any;
}

/* "'s-Hertogenbosch" begins with its apostrophe. */
static size_t
take_apostrophe(struct walker *w, size_t at)
{
	if (at == 0 || w->line.ptr[at - 1] != '\'' || w->word.len < 2 ||
	    w->word.ptr[1] != '-')
		return at;
	buf_insert(&w->word, 0, "'", 1);
	return at - 1;
}

static bool
visit_word(struct walker *w, size_t at, size_t end)
{
	struct span span;

	if (w->marks.ptr[at] == MARK_CODE || w->marks.ptr[at] == MARK_LINK)
		return true;
	at = take_apostrophe(w, at);
	span = (struct span){ w->start + at, w->start + end };
	if (utf8_next(w->word.ptr, w->word.len, 0) == w->word.len ||
	    is_in_capitals(w->word.ptr) || span.from < w->from)
		return true;
	return w->visit(w->ctx, w->word.ptr, span);
}

static bool
visit_line(struct walker *w)
{
	size_t at = 0, end, len;
	bool odd;

	while (at < w->line.len) {
		uint32_t cp = rune_at(w, at, &len);

		if (!is_letter(cp) && !is_odd(cp)) {
			at += len;
			continue;
		}
		end = take_word(w, at, &odd);
		if (!odd && !visit_word(w, at, end))
			return false;
		at = end;
	}
	return true;
}

void
spelling_walk(const struct text *t, size_t from, spelling_visit *visit,
	      void *ctx)
{
	struct walker w = { .from = from, .visit = visit, .ctx = ctx };
	struct buf all = BUF_INIT;
	struct fence fence = { 0 };
	bool more = true;

	buf_init(&w.line);
	buf_init(&w.marks);
	buf_init(&w.word);
	text_copy(t, 0, text_len(t), &all);
	for (size_t n; more && w.start < all.len; w.start += n + 1) {
		const char *line = all.ptr + w.start;
		const char *end = memchr(line, '\n', all.len - w.start);

		n = end ? (size_t)(end - line) : all.len - w.start;
		buf_reset(&w.line);
		buf_reset(&w.marks);
		buf_add(&w.line, line, n);
		markup_line(&fence, line, n,
			    (uint8_t *)buf_room(&w.marks, n + 1));
		if (w.start + n >= from)
			more = visit_line(&w);
		(void)markup_pass(&fence, line, n);
	}
	buf_release(&w.line);
	buf_release(&w.marks);
	buf_release(&w.word);
	buf_release(&all);
}
