/*
 * tally.c - both texts as sorted lists of words; what is in one list only
 * was added or taken away.
 */
#include "plein/tally.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

struct word {
	const char *s;
	size_t len;
};

struct words {
	struct word *list;
	size_t n;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t
skip(const char *s, size_t len, size_t pos, bool blanks)
{
	while (pos < len && is_blank(s[pos]) == blanks)
		pos++;
	return pos;
}

static bool
is_sign(char c)
{
	return !isalnum((unsigned char)c) && !(c & 0x80);
}

/* Without the signs around it: nothing is left of those of a list. */
static struct word
trim(const char *s, size_t len)
{
	while (len && is_sign(s[0])) {
		s++;
		len--;
	}
	while (len && is_sign(s[len - 1]))
		len--;
	return (struct word){ s, len };
}

static int
compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int r = memcmp(x->s, y->s, len);

	return r ? r : (x->len > y->len) - (x->len < y->len);
}

static struct words
sort_words(const char *s, size_t len)
{
	struct words w = { mem_array(len / 2 + 1, sizeof(*w.list)), 0 };
	size_t pos = skip(s, len, 0, true);

	while (pos < len) {
		size_t end = skip(s, len, pos, false);

		w.list[w.n] = trim(s + pos, end - pos);
		w.n += w.list[w.n].len > 0;
		pos = skip(s, len, end, true);
	}
	qsort(w.list, w.n, sizeof(*w.list), compare_words);
	return w;
}

/* Bytes that both begin with, up to the beginning of a word. */
static size_t
count_same_head(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t n = 0;

	while (n < a_len && n < b_len && a[n] == b[n])
		n++;
	while (n && !is_blank(a[n - 1]))
		n--;
	return n;
}

static size_t
count_same_tail(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t n = 0;

	while (n < a_len && n < b_len && a[a_len - n - 1] == b[b_len - n - 1])
		n++;
	while (n && !is_blank(a[a_len - n]))
		n--;
	return n;
}

struct tally
tally_words(const char *before, size_t before_len, const char *after,
	    size_t after_len)
{
	size_t from = count_same_head(before, before_len, after, after_len);
	size_t tail = count_same_tail(before + from, before_len - from,
				      after + from, after_len - from);
	struct words a = sort_words(before + from, before_len - from - tail);
	struct words b = sort_words(after + from, after_len - from - tail);
	struct tally t = { 0, 0 };
	size_t i = 0, j = 0;

	while (i < a.n && j < b.n) {
		int r = compare_words(&a.list[i], &b.list[j]);

		t.removed += r < 0;
		t.added += r > 0;
		i += r <= 0;
		j += r >= 0;
	}
	t.removed += a.n - i;
	t.added += b.n - j;
	free(a.list);
	free(b.list);
	return t;
}

size_t
tally_count(const char *s, size_t len)
{
	size_t n = 0, pos = skip(s, len, 0, true);

	while (pos < len) {
		size_t end = skip(s, len, pos, false);

		n += trim(s + pos, end - pos).len > 0;
		pos = skip(s, len, end, true);
	}
	return n;
}
