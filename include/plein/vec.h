/* vec.h - the one array type: pointers that grow. */
#ifndef PLEIN_VEC_H
#define PLEIN_VEC_H

#include <stddef.h>

struct vec {
	void **items;
	size_t len;
	size_t cap;
};

#define VEC_INIT \
	{ \
		NULL, 0, 0 \
	}

void
vec_push(struct vec *v, void *item);

/* Put `item` at index `at` (≤ len). */
void
vec_insert(struct vec *v, size_t at, void *item);

/* Take the item at index `at` out and return it. */
void *
vec_remove(struct vec *v, size_t at);

/* Calls `free_item` (may be NULL) for each item, then frees the array. */
void
vec_release(struct vec *v, void (*free_item)(void *));

/* Stable sort; cmp gets the items themselves. */
void
vec_sort(struct vec *v, int (*cmp)(const void *, const void *));

#endif
