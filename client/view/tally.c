/*
 * tally.c - both texts as sorted lists of words; what is in one list only
 * was added or taken away.
 */
#include "view/tally.h"

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

static size_t
skip(const char *s, size_t len, size_t pos, int blanks)
{
	while (pos < len && (strchr(" \t\r\n", s[pos]) != NULL) == blanks)
		pos++;
	return pos;
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
	size_t pos = skip(s, len, 0, 1);

	while (pos < len) {
		size_t end = skip(s, len, pos, 0);

		w.list[w.n++] = (struct word){ s + pos, end - pos };
		pos = skip(s, len, end, 1);
	}
	qsort(w.list, w.n, sizeof(*w.list), compare_words);
	return w;
}

struct tally
tally_words(const char *before, size_t before_len, const char *after,
	    size_t after_len)
{
	struct words a = sort_words(before, before_len);
	struct words b = sort_words(after, after_len);
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
	size_t n = 0, pos = skip(s, len, 0, 1);

	for (; pos < len; n++)
		pos = skip(s, len, skip(s, len, pos, 0), 1);
	return n;
}
