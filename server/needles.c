/*
 * needles.c - see needles.h. By their first bytes in a table; at each place of
 * what is searched one look there is enough for most.
 */
#include "needles.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define BUCKETS 65536U

struct needle {
	const char *text;
	size_t len;
	size_t next; /* number in the same bucket, +1; 0: none */
	bool dropped;
	size_t seen; /* in this search */
};

struct needles {
	struct needle *list;
	size_t n, left;
	size_t search; /* number of the one at hand */
	size_t buckets[BUCKETS]; /* number + 1 */
};

static unsigned
hash_of(const char *s)
{
	uint32_t v;

	memcpy(&v, s, sizeof(v));
	return (v * 2654435761U) >> 16;
}

struct needles *
needles_new(const struct vec *texts)
{
	struct needles *n = mem_alloc(sizeof(*n));
	size_t *bucket;

	n->n = n->left = texts->len;
	n->list = mem_array(texts->len + 1, sizeof(*n->list));
	for (size_t i = 0; i < texts->len; i++) {
		n->list[i].text = texts->items[i];
		n->list[i].len = strlen(texts->items[i]);
		bucket = &n->buckets[hash_of(n->list[i].text)];
		n->list[i].next = *bucket;
		*bucket = i + 1;
	}
	return n;
}

void
needles_free(struct needles *n)
{
	if (!n)
		return;
	free(n->list);
	free(n);
}

void
needles_look(struct needles *n, const char *data, size_t len,
	     void (*found)(void *ctx, size_t which), void *ctx)
{
	struct needle *one;
	size_t pos, i;

	n->search++;
	for (pos = 0; pos + NEEDLES_MIN <= len; pos++)
		for (i = n->buckets[hash_of(data + pos)]; i; i = one->next) {
			one = &n->list[i - 1];
			if (one->dropped || one->seen == n->search ||
			    one->len > len - pos ||
			    memcmp(data + pos, one->text, one->len) != 0)
				continue;
			one->seen = n->search;
			found(ctx, i - 1);
		}
}

void
needles_drop(struct needles *n, size_t which)
{
	if (!n->list[which].dropped)
		n->left--;
	n->list[which].dropped = true;
}

size_t
needles_left(const struct needles *n)
{
	return n->left;
}
