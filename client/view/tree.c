/* tree.c - see tree.h. */
#include "view/tree.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

static const char *
text_of(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

static size_t
number_of(const json_t *row, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(row, key));

	return n > 0 ? (size_t)n : 0;
}

static void
read_row(struct tree_row *r, const json_t *json)
{
	const char *state = text_of(json, "state");
	const char *status = text_of(json, "status");

	r->address = text_of(json, "address");
	r->title = text_of(json, "title");
	r->status = state ? state : status ? status : "";
	r->depth = number_of(json, "depth");
	r->below = number_of(json, "below");
	r->open = r->depth == 0 && r->address;
}

/* A row below the end would make the walk run past it. */
static void
clip_below(struct tree *t)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].below >= t->n_rows - i)
			t->rows[i].below = t->n_rows - i - 1;
}

static void
find_seen(struct tree *t)
{
	size_t i = 0;

	t->n_seen = 0;
	while (i < t->n_rows) {
		t->seen[t->n_seen++] = i;
		i += t->rows[i].open ? 1 : t->rows[i].below + 1;
	}
}

static bool
is_same_row(const struct tree_row *a, const struct tree_row *b)
{
	if (a->depth != b->depth || !a->address != !b->address)
		return false;
	return !a->address || strcmp(a->address, b->address) == 0;
}

/* Both are in preorder: what is new only shifts the rest. */
static void
keep_open(struct tree *t, const struct tree *before)
{
	size_t from = 0;

	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t j = from; j < before->n_rows; j++) {
			if (!is_same_row(&t->rows[i], &before->rows[j]))
				continue;
			t->rows[i].open = before->rows[j].open;
			from = j + 1;
			break;
		}
	}
}

void
tree_load(struct tree *t, json_t *rows)
{
	struct tree before = *t;
	size_t n = json_array_size(rows);

	memset(t, 0, sizeof(*t));
	t->rows_json = json_incref(rows);
	t->rows = mem_array(n, sizeof(*t->rows));
	t->seen = mem_array(n, sizeof(*t->seen));
	for (size_t i = 0; i < n; i++)
		if (json_is_object(json_array_get(rows, i)))
			read_row(&t->rows[t->n_rows++],
				 json_array_get(rows, i));
	clip_below(t);
	keep_open(t, &before);
	find_seen(t);
	tree_release(&before);
}

void
tree_release(struct tree *t)
{
	json_decref(t->rows_json);
	free(t->rows);
	free(t->seen);
	memset(t, 0, sizeof(*t));
}

const struct tree_row *
tree_seen(const struct tree *t, size_t i)
{
	return &t->rows[t->seen[i]];
}

void
tree_fold(struct tree *t, size_t i, bool open)
{
	struct tree_row *r = &t->rows[t->seen[i]];

	if (r->below == 0)
		return;
	r->open = open;
	find_seen(t);
}

size_t
tree_children(const struct tree *t, size_t i)
{
	size_t row = t->seen[i], n = 0;

	for (size_t j = row + 1; j <= row + t->rows[row].below; j++)
		if (t->rows[j].depth == t->rows[row].depth + 1)
			n++;
	return n;
}

size_t
tree_parent(const struct tree *t, size_t i)
{
	size_t depth = tree_seen(t, i)->depth;

	for (size_t j = i; j-- > 0;)
		if (tree_seen(t, j)->depth < depth)
			return j;
	return i;
}
