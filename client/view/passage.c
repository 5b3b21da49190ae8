/*
 * passage.c - see passage.h. Each block of the source is laid out by itself,
 * until one reads as the line does; which of its sentences are on the line
 * follows from how long each is when it is read.
 */
#include "view/passage.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define SENTENCES_MOST 5 /* on one line */

struct block {
	const char *ptr;
	size_t len;
};

/* --- blocks --- */

static size_t
line_len(const char *s, size_t len)
{
	const char *end = memchr(s, '\n', len);

	return end ? (size_t)(end - s) : len;
}

static bool
is_blank(const char *s, size_t len)
{
	while (len && isspace((unsigned char)*s)) {
		s++;
		len--;
	}
	return !len;
}

/* "- ", "* ", "+ ", "12. ", "## ", "> ", "[x] " and blanks before a text. */
static size_t
lead_len(const char *s, size_t len)
{
	size_t n = 0, digits;

	for (;;) {
		while (n < len && s[n] == ' ')
			n++;
		digits = strspn(s + n, "0123456789");
		if (n + 1 < len && strchr("-*+>", s[n]) && s[n + 1] == ' ')
			n += 2;
		else if (digits && digits < 4 && n + digits + 1 < len &&
			 strchr(".)", s[n + digits]) &&
			 s[n + digits + 1] == ' ')
			n += digits + 2;
		else if (n + 3 < len && s[n] == '[' && s[n + 2] == ']' &&
			 strchr(" xX", s[n + 1]) && s[n + 3] == ' ')
			n += 4;
		else if (n < len && s[n] == '#')
			n += strspn(s + n, "#");
		else
			return n < len ? n : len;
	}
}

static bool
begins_block(const char *s, size_t len)
{
	size_t blanks = strspn(s, " ");

	return blanks < len && (s[blanks] == '|' || lead_len(s, len) > blanks);
}

/* From `s` on: lines up to a blank one or the next item. */
static struct block
take_block(const char *s, const char *end)
{
	struct block b = { s, 0 };

	while (s < end) {
		size_t n = line_len(s, (size_t)(end - s));

		if (is_blank(s, n) || (b.len && begins_block(s, n)))
			break;
		s += n + (s + n < end);
		b.len = (size_t)(s - b.ptr);
		if (*b.ptr == '#' || *b.ptr == '|')
			break;
	}
	while (b.len && isspace((unsigned char)b.ptr[b.len - 1]))
		b.len--;
	return b;
}

/* --- what it reads as --- */

static void
add_line(struct buf *out, const struct layout *l, size_t i)
{
	const struct layout_line *line = &l->lines[i];

	for (size_t k = 0; k < line->n_spans; k++) {
		if (k && line->spans[k].col > line->spans[k - 1].col +
						      line->spans[k - 1].width)
			buf_char(out, ' ');
		buf_add(out, l->text + line->spans[k].text, line->spans[k].len);
	}
}

/* All of it on one line, appended. */
static void
read_as(struct buf *out, const char *s, size_t len,
	const struct layout_wiki *wiki)
{
	struct layout l;

	layout_make(&l, s, len, LAYOUT_UNWRAPPED, wiki);
	for (size_t i = 0; i < l.n_lines; i++) {
		if (out->len && out->ptr[out->len - 1] != ' ')
			buf_char(out, ' ');
		add_line(out, &l, i);
	}
	layout_release(&l);
}

/* --- sentences --- */

static bool
ends_sentence(const char *s, size_t i, size_t len)
{
	if (!strchr(".?!", s[i]))
		return false;
	return i + 1 == len || isspace((unsigned char)s[i + 1]);
}

/* Where the sentence that begins at `from` ends. */
static size_t
sentence_end(const struct block *b, size_t from)
{
	size_t i = from;

	while (i < b->len && !ends_sentence(b->ptr, i, b->len))
		i++;
	return i < b->len ? i + 1 : i;
}

static void
add_passage(struct vec *out, const char *text, const char *at, size_t len,
	    bool whole)
{
	struct passage *p = mem_alloc(sizeof(*p));

	*p = (struct passage){ (size_t)(at - text), len, whole };
	vec_push(out, p);
}

/* The line is [begin, end) of what the block reads as. */
static void
add_sentences(struct vec *out, const char *text, const struct block *b,
	      size_t begin, size_t end, const struct layout_wiki *wiki)
{
	size_t from = 0, at = 0, first = out->len;

	while (from < b->len && out->len - first < SENTENCES_MOST) {
		size_t to = sentence_end(b, from);
		struct buf read = BUF_INIT;

		read_as(&read, b->ptr + from, to - from, wiki);
		if (at < end && at + read.len > begin)
			add_passage(out, text, b->ptr + from, to - from, false);
		at += read.len + 1;
		buf_release(&read);
		while (to < b->len && isspace((unsigned char)b->ptr[to]))
			to++;
		from = to;
	}
	if (sentence_end(b, 0) < b->len)
		add_passage(out, text, b->ptr, b->len, true);
}

/* Without its signs; false when the line is not of it. */
static bool
search_block(struct vec *out, const char *text, struct block b,
	     const char *line, const struct layout_wiki *wiki)
{
	size_t lead = lead_len(b.ptr, b.len), line_lead;
	struct buf read = BUF_INIT;
	const char *hit;

	line_lead = lead_len(line, strlen(line));
	b.ptr += lead;
	b.len -= lead;
	read_as(&read, b.ptr, b.len, wiki);
	hit = strstr(read.ptr, line + line_lead);
	if (hit)
		add_sentences(out, text, &b, (size_t)(hit - read.ptr),
			      (size_t)(hit - read.ptr) +
				      strlen(line + line_lead),
			      wiki);
	buf_release(&read);
	return hit != NULL;
}

void
passages_on(struct vec *out, const char *markdown, size_t len, const char *line,
	    const struct layout_wiki *wiki)
{
	const char *s = markdown, *end = markdown + len;
	char *words = mem_strdup(line);
	size_t n = strlen(words);

	while (n && words[n - 1] == ' ')
		words[--n] = '\0';
	while (n && s < end) {
		struct block b = take_block(s, end);

		if (b.len && search_block(out, markdown, b, words, wiki))
			break;
		s += b.len ? b.len : line_len(s, (size_t)(end - s));
		s += s < end;
	}
	free(words);
}
