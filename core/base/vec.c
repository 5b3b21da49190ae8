/*
 * vec.c - pointers that grow; sorting is a bottom-up merge, hence stable.
 */
#include "plein/vec.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define VEC_FIRST 8

static void
grow(struct vec *v)
{
	size_t cap = v->cap > 0 ? v->cap * 2 : VEC_FIRST;

	if (cap > SIZE_MAX / sizeof(*v->items) / 2)
		die("array too large");
	v->items = mem_realloc(v->items, cap * sizeof(*v->items));
	v->cap = cap;
}

void
vec_push(struct vec *v, void *item)
{
	vec_insert(v, v->len, item);
}

void
vec_insert(struct vec *v, size_t at, void *item)
{
	assert(at <= v->len);
	if (v->len == v->cap)
		grow(v);
	memmove(v->items + at + 1, v->items + at,
		(v->len - at) * sizeof(*v->items));
	v->items[at] = item;
	v->len++;
}

void *
vec_remove(struct vec *v, size_t at)
{
	void *item;

	assert(at < v->len);
	item = v->items[at];
	memmove(v->items + at, v->items + at + 1,
		(v->len - at - 1) * sizeof(*v->items));
	v->len--;
	return item;
}

void
vec_release(struct vec *v, void (*free_item)(void *))
{
	if (v == NULL)
		return;
	for (size_t i = 0; free_item != NULL && i < v->len; i++)
		free_item(v->items[i]);
	free(v->items);
	memset(v, 0, sizeof(*v));
}

/* Merge from[lo..mid) and from[mid..hi) into to[lo..hi). */
static void
merge_runs(void **to, void **from, const size_t bounds[3],
	   int (*cmp)(const void *, const void *))
{
	size_t left = bounds[0], right = bounds[1];

	for (size_t i = bounds[0]; i < bounds[2]; i++) {
		bool take_left =
			left < bounds[1] && (right == bounds[2] ||
					     cmp(from[left], from[right]) <= 0);

		to[i] = take_left ? from[left++] : from[right++];
	}
}

static size_t
smaller_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool
is_sorted(const struct vec *v, int (*cmp)(const void *, const void *))
{
	for (size_t i = 1; i < v->len; i++)
		if (cmp(v->items[i - 1], v->items[i]) > 0)
			return false;
	return true;
}

void
vec_sort(struct vec *v, int (*cmp)(const void *, const void *))
{
	void **from = v->items, **to, **spare, **swap;

	if (is_sorted(v, cmp))
		return;
	spare = to = mem_array(v->len, sizeof(*spare));
	for (size_t run = 1; run < v->len; run *= 2) {
		for (size_t lo = 0; lo < v->len; lo += 2 * run) {
			size_t bounds[3] = { lo, smaller_of(lo + run, v->len),
					     smaller_of(lo + 2 * run, v->len) };

			merge_runs(to, from, bounds, cmp);
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v->items)
		memcpy(v->items, from, v->len * sizeof(*v->items));
	free(spare);
}
