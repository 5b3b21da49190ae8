/* arrival.c - see arrival.h. */
#include "wiki/arrival.h"

#include <stdbool.h>
#include <string.h>

#include "state/remarks.h"

/* Names are nearly always in order; what is made to answer itself in a circle
 * never is. */
#define ROUNDS 20

static int
compare_names(const void *a, const void *b)
{
	const struct index_remark *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int
arrival_compare(const void *a, const void *b)
{
	const struct index_remark *x = a, *y = b;
	int order = (x->seq > y->seq) - (x->seq < y->seq);

	if (!order)
		order = (x->is.kind == REMARK_SAID) -
			(y->is.kind == REMARK_SAID);
	return order ? order : strcmp(x->name, y->name);
}

static struct index_remark *
find(const struct vec *by_name, const char *name)
{
	size_t from = 0, to = by_name->len, at;
	int order;

	while (name && from < to) {
		at = from + (to - from) / 2;
		order = strcmp(
			name,
			((struct index_remark *)by_name->items[at])->name);
		if (order == 0)
			return by_name->items[at];
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return NULL;
}

/* The thread has its digest; NULL when that one is not there any more. */
static const struct index_remark *
find_first(const struct vec *remarks)
{
	const struct index_remark *r;
	size_t i;

	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		if (strcmp(strrchr(r->name, '-') + 1, r->thread) == 0)
			return r;
	}
	return NULL;
}

/* Each behind what it came behind; did one move? */
static bool
push_back(const struct vec *by_name, const struct index_remark *first)
{
	const struct index_remark *before;
	struct index_remark *r;
	bool moved = false;
	size_t i;

	for (i = 0; i < by_name->len; i++) {
		r = by_name->items[i];
		if (r == first)
			continue;
		before = find(by_name, r->is.reply);
		if (!before)
			before = first;
		if (!before || before->seq < r->seq)
			continue;
		r->seq = before->seq + 1;
		moved = true;
	}
	return moved;
}

void
arrival_order(struct vec *remarks)
{
	const struct index_remark *first = find_first(remarks);
	struct index_remark *r;
	size_t i, round = 0;

	vec_sort(remarks, compare_names);
	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		r->seq = r->when > 0 ? r->when : 1;
	}
	while (push_back(remarks, first) && ++round < ROUNDS)
		;
	vec_sort(remarks, arrival_compare);
	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		r->changed = r->seq;
	}
}
