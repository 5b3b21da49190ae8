/*
 * remarkrule.c - the changes are sorted by file name and contents, so that
 * the two halves of a move lie side by side.
 */
#include "wiki/remarkrule.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/path.h"

struct change {
	char *path;
	const char *name; /* its last part */
	const char *blob; /* before when it vanished, else after */
	struct repo_id old, now;
	bool moved;
};

static void
free_change(void *item)
{
	struct change *c = item;

	free(c->path);
	free(c);
}

void
remarkrule_clear(struct remarkrule *r)
{
	vec_release(&r->changes, free_change);
}

void
remarkrule_release(struct remarkrule *r)
{
	remarkrule_clear(r);
}

void
remarkrule_add(struct remarkrule *r, const struct incoming_file *f)
{
	struct change *c = mem_alloc(sizeof(*c));

	c->path = mem_strdup(f->path);
	c->name = strrchr(c->path, '/') + 1;
	c->old = f->old;
	c->now = f->blob;
	c->blob = c->now.hex[0] ? c->now.hex : c->old.hex;
	vec_push(&r->changes, c);
}

static bool
has_gone(const struct change *c)
{
	return c->now.hex[0] == '\0';
}

static bool
has_appeared(const struct change *c)
{
	return c->old.hex[0] == '\0';
}

static int
compare_changes(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int cmp = strcmp(x->name, y->name);

	return cmp ? cmp : strcmp(x->blob, y->blob);
}

/* Of those that are alike, each that vanished allows one that appeared. */
static void
match_alike(void **items, size_t n)
{
	struct change *a, *b;
	size_t i, j = 0;

	for (i = 0; i < n; i++) {
		a = items[i];
		if (!has_gone(a))
			continue;
		for (; j < n && !has_appeared(items[j]); j++)
			;
		if (j == n)
			return;
		b = items[j++];
		a->moved = b->moved = true;
	}
}

static void
match_moves(struct remarkrule *r)
{
	size_t i, n;

	vec_sort(&r->changes, compare_changes);
	for (i = 0; i < r->changes.len; i += n) {
		for (n = 1; i + n < r->changes.len; n++)
			if (compare_changes(r->changes.items[i],
					    r->changes.items[i + n]) != 0)
				break;
		match_alike(r->changes.items + i, n);
	}
}

static bool
is_theirs(const struct change *c, const char *author)
{
	struct buf handle = BUF_INIT;
	bool theirs;

	path_remark_author(c->path, &handle);
	theirs = strcmp(handle.ptr, author) == 0;
	buf_release(&handle);
	return theirs;
}

void
remarkrule_check(struct remarkrule *r, const char *author, bool editor,
		 struct vec *paths)
{
	const struct change *c;
	size_t i;

	match_moves(r);
	for (i = 0; i < r->changes.len; i++) {
		c = r->changes.items[i];
		if (c->moved || is_theirs(c, author) ||
		    (editor && !has_appeared(c)))
			continue;
		vec_push(paths, c->path);
	}
}

int
remarkrule_each(const struct remarkrule *r,
		int (*each)(void *ctx, enum remark_change change,
			    const char *path, const struct repo_id *blob),
		void *ctx)
{
	const struct change *c;
	enum remark_change change;
	size_t i;
	int rc = 0;

	for (i = 0; i < r->changes.len && !rc; i++) {
		c = r->changes.items[i];
		if (has_gone(c))
			continue;
		change = c->moved	   ? REMARK_MOVED
			 : has_appeared(c) ? REMARK_APPEARED
					   : REMARK_CHANGED;
		rc = each(ctx, change, c->path, &c->now);
	}
	return rc;
}
