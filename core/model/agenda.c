/*
 * agenda.c - three steps: sort the pages into lists of children by parent
 * address, walk down from the objectives, put what was never reached last.
 *
 * Children are found through an array of (parent, child) pairs sorted by
 * parent, so that ten thousand pages cost a sort and a search each.
 */
#include "plein/agenda.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/page.h"

#define LEVELS AGENDA_LEVELS

static const char *const level_kinds[LEVELS] = { "doelstelling",
						 "hoofdonderwerp", "thema",
						 "vraagstuk" };

struct pair {
	const char *parent;
	const struct page_info *child;
	size_t child_at; /* its index in the list of pages */
};

struct builder {
	struct agenda *a;
	size_t cap;
	struct pair *pairs;
	size_t n_pairs;
	bool *reached;
	size_t n_repeats;
};

/* The start page and the templates are no part of the agenda. */
static bool
is_listed(const struct page_info *p)
{
	return strcmp(p->address, "index") != 0 &&
	       strncmp(p->address, "sjablonen/", 10) != 0;
}

int
agenda_level(const struct page_info *p)
{
	int i;

	for (i = 0; i < LEVELS && is_listed(p); i++)
		if (strcmp(p->kind, level_kinds[i]) == 0)
			return i;
	return -1;
}

static int
compare_pages(const struct page_info *x, const struct page_info *y)
{
	int r;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	r = strcmp(x->title, y->title);
	return r ? r : strcmp(x->address, y->address);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int r = strcmp(x->parent, y->parent);

	return r ? r : compare_pages(x->child, y->child);
}

/* By folder, then title: how the rest is listed. */
static int
compare_rest(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int r = strcmp(x->child->kind, y->child->kind);

	return r ? r : compare_pages(x->child, y->child);
}

static size_t
add_row(struct builder *b, const struct page_info *page, int depth)
{
	struct agenda *a = b->a;
	struct agenda_row *row;

	if (a->n_rows == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 64;
		a->rows = mem_realloc(a->rows, b->cap * sizeof(*a->rows));
	}
	row = &a->rows[a->n_rows];
	row->page = page;
	row->depth = depth;
	row->n_below = 0;
	return a->n_rows++;
}

static void
collect_pairs(struct builder *b, const struct vec *pages)
{
	const struct page_info *p;
	size_t i, k, n = 0;

	for (i = 0; i < pages->len; i++)
		n += ((struct page_info *)pages->items[i])->parents.len;
	b->pairs = mem_array(n + 1, sizeof(*b->pairs));
	for (i = 0; i < pages->len; i++) {
		p = pages->items[i];
		for (k = 0; agenda_level(p) > 0 && k < p->parents.len; k++)
			b->pairs[b->n_pairs++] =
				(struct pair){ p->parents.items[k], p, i };
	}
	qsort(b->pairs, b->n_pairs, sizeof(*b->pairs), compare_pairs);
}

static size_t
first_child(const struct builder *b, const char *address)
{
	size_t low = 0, high = b->n_pairs, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(b->pairs[mid].parent, address) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/*
 * Many parents a page on each level would multiply, so showing a page once
 * more draws on a budget; what hangs below it was all shown before and draws
 * on it too, which bounds the time as well.
 */
static bool
may_add(struct builder *b, size_t at)
{
	if (!b->reached[at])
		return true;
	return b->n_repeats++ < AGENDA_REPEATS_MAX;
}

/*
 * A child is of a later level than its parent, so that a cycle of `hoort_bij`
 * ends by itself and the depth is at most LEVELS.
 */
static void
add_with_children(struct builder *b, const struct page_info *p, size_t at,
		  int depth)
{
	const struct pair *c;
	size_t row, i;

	if (!may_add(b, at))
		return;
	row = add_row(b, p, depth);
	b->reached[at] = true;
	for (i = first_child(b, p->address); i < b->n_pairs; i++) {
		c = &b->pairs[i];
		if (strcmp(c->parent, p->address) != 0)
			break;
		if (agenda_level(c->child) > agenda_level(p))
			add_with_children(b, c->child, c->child_at, depth + 1);
	}
	b->a->rows[row].n_below = b->a->n_rows - row - 1;
}

static void
add_objectives(struct builder *b, const struct vec *pages)
{
	struct pair *roots = mem_array(pages->len + 1, sizeof(*roots));
	size_t n = 0, i;

	for (i = 0; i < pages->len; i++)
		if (agenda_level(pages->items[i]) == 0)
			roots[n++] = (struct pair){ "", pages->items[i], i };
	qsort(roots, n, sizeof(*roots), compare_pairs);
	for (i = 0; i < n; i++)
		add_with_children(b, roots[i].child, roots[i].child_at, 0);
	free(roots);
}

static void
add_rest(struct builder *b, const struct vec *pages)
{
	struct pair *rest = mem_array(pages->len + 1, sizeof(*rest));
	size_t n = 0, i, row;

	for (i = 0; i < pages->len; i++)
		if (!b->reached[i] && is_listed(pages->items[i]))
			rest[n++] = (struct pair){ "", pages->items[i], i };
	qsort(rest, n, sizeof(*rest), compare_rest);
	if (n > 0) {
		row = add_row(b, NULL, 0);
		b->a->rows[row].n_below = n;
	}
	for (i = 0; i < n; i++)
		(void)add_row(b, rest[i].child, 1);
	free(rest);
}

void
agenda_build(struct agenda *a, const struct vec *pages)
{
	struct builder b = { .a = a };

	memset(a, 0, sizeof(*a));
	b.reached = mem_array(pages->len + 1, sizeof(*b.reached));
	collect_pairs(&b, pages);
	add_objectives(&b, pages);
	add_rest(&b, pages);
	free(b.pairs);
	free(b.reached);
}

void
agenda_release(struct agenda *a)
{
	free(a->rows);
	memset(a, 0, sizeof(*a));
}
