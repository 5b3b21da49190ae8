/* matches.c - see matches.h. */
#include "view/matches.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"

enum rank { RANK_TITLE, RANK_WORD, RANK_INSIDE, RANK_ADDRESS, RANK_NONE };

static int
rank_of(const char *title, const char *address, const char *typed)
{
	const char *hit = strstr(title, typed);

	if (hit == title)
		return RANK_TITLE;
	for (; hit; hit = strstr(hit + 1, typed))
		if (hit[-1] == ' ')
			return RANK_WORD;
	if (strstr(title, typed))
		return RANK_INSIDE;
	return strstr(address, typed) ? RANK_ADDRESS : RANK_NONE;
}

static int
by_rank(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	int r = strcmp(x->order, y->order);

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return r ? r : strcmp(x->address, y->address);
}

static void
add_match(struct vec *out, const char *address, const char *title,
	  const char *typed)
{
	struct buf folded = BUF_INIT;
	struct match *m;
	int rank;

	utf8_fold(&folded, title, strlen(title));
	rank = rank_of(folded.ptr, address, typed);
	if (rank != RANK_NONE) {
		m = mem_alloc(sizeof(*m));
		m->address = address;
		m->title = title;
		m->rank = rank;
		m->order = buf_take(&folded);
		vec_push(out, m);
	}
	buf_release(&folded);
}

void
matches_find(struct vec *out, json_t *titles, const char *typed)
{
	struct buf folded = BUF_INIT;
	const char *address;
	json_t *title;

	memset(out, 0, sizeof(*out));
	utf8_fold(&folded, typed, strlen(typed));
	json_object_foreach(titles, address, title)
	{
		add_match(out, address, json_string_value(title), folded.ptr);
	}
	vec_sort(out, by_rank);
	buf_release(&folded);
}

static void
free_match(void *item)
{
	struct match *m = item;

	free(m->order);
	free(m);
}

void
matches_release(struct vec *v)
{
	vec_release(v, free_match);
	memset(v, 0, sizeof(*v));
}
