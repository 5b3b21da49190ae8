/*
 * moves.c - equal bytes first, and of those the ones that kept their name;
 * for what is left, and is text of a bearable size, how much of it is alike,
 * the best pairs first.
 */
#include "store/moves.h"

#include <git2/sys/hashsig.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/vec.h"
#include "store/libgit.h"
#include "store/snap.h"

#define EMPTY_BLOB "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

static const char *
name_of(const struct moves_file *f)
{
	const char *slash = strrchr(f->path, '/');

	return slash ? slash + 1 : f->path;
}

static bool
has_same_name(const struct moves_file *a, const struct moves_file *b)
{
	return strcmp(name_of(a), name_of(b)) == 0;
}

static const char *
extension_of(const struct moves_file *f)
{
	const char *dot = strrchr(name_of(f), '.');

	return dot ? dot : "";
}

static void
join(struct moves_file *gone, struct moves_file *here)
{
	here->from = gone;
	gone->taken = true;
}

/* --- equal bytes -------------------------------------------------------- */

static int
compare_blobs(const void *a, const void *b)
{
	const struct moves_file *x = a, *y = b;

	return strcmp(x->blob.hex, y->blob.hex);
}

/* The first of those that hold the same, in the order of compare_blobs(). */
static size_t
find_equal(const struct vec *gone, const struct moves_file *here)
{
	size_t low = 0, high = gone->len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (compare_blobs(gone->items[middle], here) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
join_equal(const struct vec *gone, struct moves_file *here, bool same_name)
{
	struct moves_file *f;
	size_t i;

	if (here->from || strcmp(here->blob.hex, EMPTY_BLOB) == 0)
		return;
	for (i = find_equal(gone, here); i < gone->len; i++) {
		f = gone->items[i];
		if (compare_blobs(f, here) != 0)
			return;
		if (f->taken || (same_name && !has_same_name(f, here)))
			continue;
		join(f, here);
		return;
	}
}

/* --- alike -------------------------------------------------------------- */

/* What of a file can be compared with another. */
struct sketch {
	struct moves_file *file;
	git_hashsig *sum; /* NULL: it cannot */
};

struct pair {
	struct moves_file *gone, *here;
	int score;
};

static void
free_sketch(void *item)
{
	struct sketch *s = item;

	git_hashsig_free(s->sum);
	free(s);
}

/* What is too big, or so small that it would be like anything, has none. */
static int
draw(struct repo *r, struct sketch *s, struct err *err)
{
	struct buf text = BUF_INIT;
	size_t size = 0;
	int rc = snap_size(r, &s->file->blob, &size, err);

	if (rc || size > PAGE_MAX)
		return rc;
	rc = snap_blob(r, &s->file->blob, &text, err);
	if (!rc && git_hashsig_create(&s->sum, text.ptr, text.len,
				      GIT_HASHSIG_SMART_WHITESPACE) != 0)
		s->sum = NULL;
	buf_release(&text);
	return rc;
}

/* Those of `files` that are not paired yet. */
static int
draw_rest(struct repo *r, const struct vec *files, struct vec *sketches,
	  struct err *err)
{
	struct moves_file *f;
	struct sketch *s;
	size_t i;
	int rc = 0;

	for (i = 0; i < files->len && !rc; i++) {
		f = files->items[i];
		if (f->taken || f->from)
			continue;
		s = mem_alloc(sizeof(*s));
		s->file = f;
		vec_push(sketches, s);
		rc = draw(r, s, err);
	}
	return rc;
}

static void
weigh(const struct sketch *gone, const struct sketch *here, struct vec *pairs)
{
	struct pair *p;
	int alike;

	if (!gone->sum || !here->sum ||
	    strcasecmp(extension_of(gone->file), extension_of(here->file)) != 0)
		return;
	alike = git_hashsig_compare(gone->sum, here->sum);
	if (alike < MOVES_ALIKE)
		return;
	p = mem_alloc(sizeof(*p));
	p->gone = gone->file;
	p->here = here->file;
	p->score = 2 * alike + has_same_name(gone->file, here->file);
	vec_push(pairs, p);
}

static int
compare_scores(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return y->score - x->score;
}

static void
join_best(struct vec *pairs)
{
	struct pair *p;
	size_t i;

	vec_sort(pairs, compare_scores);
	for (i = 0; i < pairs->len; i++) {
		p = pairs->items[i];
		if (!p->gone->taken && !p->here->from)
			join(p->gone, p->here);
	}
}

static size_t
count_rest(const struct vec *files)
{
	const struct moves_file *f;
	size_t i, n = 0;

	for (i = 0; i < files->len; i++) {
		f = files->items[i];
		n += !f->taken && !f->from;
	}
	return n;
}

static int
join_alike(struct repo *r, const struct vec *gone, const struct vec *here,
	   struct err *err)
{
	struct vec from = VEC_INIT, to = VEC_INIT, pairs = VEC_INIT;
	size_t i, j;
	int rc;

	if (count_rest(gone) * count_rest(here) > MOVES_PAIRS ||
	    count_rest(gone) * count_rest(here) == 0)
		return 0;
	rc = draw_rest(r, gone, &from, err);
	if (!rc)
		rc = draw_rest(r, here, &to, err);
	for (i = 0; i < from.len && !rc; i++)
		for (j = 0; j < to.len; j++)
			weigh(from.items[i], to.items[j], &pairs);
	join_best(&pairs);
	vec_release(&from, free_sketch);
	vec_release(&to, free_sketch);
	vec_release(&pairs, free);
	return rc;
}

int
moves_find(struct repo *r, struct moves_file *files, size_t n, struct err *err)
{
	struct vec gone = VEC_INIT, here = VEC_INIT;
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		if (files[i].kind != MOVES_OTHER)
			vec_push(files[i].kind == MOVES_GONE ? &gone : &here,
				 &files[i]);
	vec_sort(&gone, compare_blobs);
	for (i = 0; i < here.len; i++)
		join_equal(&gone, here.items[i], true);
	for (i = 0; i < here.len; i++)
		join_equal(&gone, here.items[i], false);
	rc = join_alike(r, &gone, &here, err);
	vec_release(&gone, NULL);
	vec_release(&here, NULL);
	return rc;
}
