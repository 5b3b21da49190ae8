/*
 * folder.c - see folder.h. What is known of a block is taken back by the two
 * functions that change bytes: overwrite() and splice().
 */
#include "store/folder.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "store/pack.h"

struct block {
	size_t first; /* entry that begins in it or, if none, behind it */
	struct pack_sum sum;
	bool summed;
};

void
folder_init(struct folder *f)
{
	memset(f, 0, sizeof(*f));
	buf_init(&f->raw);
}

static size_t
min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* What a hash was before those blocks stays true. */
static void
forget_hashes(struct folder *f, size_t n)
{
	sha_way_cut(&f->id_way, n);
	sha_way_cut(&f->pack_way, n);
}

void
folder_release(struct folder *f)
{
	sha_way_release(&f->id_way);
	sha_way_release(&f->pack_way);
	free(f->blocks);
	buf_release(&f->raw);
	folder_init(f);
}

/* As many blocks as there are bytes for; nothing is known of new ones. */
static void
fit_blocks(struct folder *f)
{
	size_t n = (f->raw.len + PACK_BLOCK - 1) / PACK_BLOCK;

	forget_hashes(f, n);
	f->n_marked = min_size(f->n_marked, n);
	f->blocks = mem_realloc(f->blocks, n * sizeof(*f->blocks));
	if (n > f->n_blocks)
		memset(f->blocks + f->n_blocks, 0,
		       (n - f->n_blocks) * sizeof(*f->blocks));
	f->n_blocks = n;
}

void
folder_load(struct folder *f, const struct buf *raw)
{
	folder_release(f);
	buf_add(&f->raw, raw->ptr, raw->len);
	fit_blocks(f);
}

/* --- changing bytes ----------------------------------------------------- */

static void
overwrite(struct folder *f, size_t at, const void *data, size_t len)
{
	size_t i = at / PACK_BLOCK;

	memcpy(f->raw.ptr + at, data, len);
	forget_hashes(f, i + 1);
	for (; i * PACK_BLOCK < at + len; i++)
		f->blocks[i].summed = false;
}

/* In the place of `gone` bytes; what is behind them moves. */
static void
splice(struct folder *f, size_t at, size_t gone, const struct buf *data)
{
	size_t i;

	if (gone > 0)
		buf_erase(&f->raw, at, gone);
	buf_insert(&f->raw, at, data->ptr, data->len);
	forget_hashes(f, 0); /* the length stands before */
	while (f->n_marked > 0 && f->blocks[f->n_marked - 1].first >= at)
		f->n_marked--;
	for (i = at / PACK_BLOCK; i < f->n_blocks; i++)
		f->blocks[i].summed = false;
	fit_blocks(f);
}

/* --- entries ------------------------------------------------------------ */

static void
mark(struct folder *f, size_t at)
{
	while (f->n_marked < f->n_blocks && at >= f->n_marked * PACK_BLOCK)
		f->blocks[f->n_marked++].first = at;
}

/* The next entry, as tree_next(); never skip one. */
static int
read_entry(struct folder *f, size_t *pos, struct tree_entry *e)
{
	int rc = tree_next(&f->raw, pos, e);

	if (rc > 0)
		mark(f, e->at);
	return rc;
}

/* Where to begin looking for it: a place that is not behind it. */
static size_t
guess_place(const struct folder *f, const struct tree_entry *want)
{
	struct tree_entry e;
	size_t i, pos;

	for (i = f->n_marked; i-- > 0;) {
		pos = f->blocks[i].first;
		if (tree_next(&f->raw, &pos, &e) > 0 &&
		    tree_entry_cmp(&e, want) <= 0)
			return e.at;
	}
	return 0;
}

int
folder_find(struct folder *f, const char *name, size_t len,
	    struct tree_entry *e)
{
	const struct tree_entry file = { .mode = TREE_MODE_FILE,
					 .name = name,
					 .len = len };
	struct tree_entry dir = file; /* never before the file */
	size_t pos = guess_place(f, &file);
	int rc;

	dir.mode = TREE_MODE_DIR;
	while ((rc = read_entry(f, &pos, e)) > 0) {
		if (e->len == len && memcmp(e->name, name, len) == 0)
			return 1;
		if (tree_entry_cmp(e, &dir) > 0)
			return 0;
	}
	return rc;
}

/* Byte at which an entry of this name and mode belongs. */
static int
find_place(struct folder *f, const struct tree_entry *want, size_t *at)
{
	const struct tree_entry file = { .mode = TREE_MODE_FILE,
					 .name = want->name,
					 .len = want->len };
	size_t pos = guess_place(f, &file);
	struct tree_entry e;
	int rc;

	while ((rc = read_entry(f, &pos, &e)) > 0) {
		*at = e.at;
		if (tree_entry_cmp(&e, want) > 0)
			return 0;
	}
	*at = f->raw.len;
	return rc;
}

static int
insert_entry(struct folder *f, const struct tree_entry *want, const git_oid *id)
{
	struct buf bytes = BUF_INIT;
	size_t at = 0;
	int rc = find_place(f, want, &at);

	if (rc < 0)
		return rc;
	buf_printf(&bytes, "%o ", want->mode);
	buf_add(&bytes, want->name, want->len);
	buf_char(&bytes, '\0');
	buf_add(&bytes, id->id, GIT_OID_RAWSZ);
	splice(f, at, 0, &bytes);
	buf_release(&bytes);
	return 0;
}

static void
remove_entry(struct folder *f, const struct tree_entry *e)
{
	const struct buf nothing = BUF_INIT;

	splice(f, e->at, e->size, &nothing);
}

int
folder_set(struct folder *f, const char *name, size_t len, unsigned mode,
	   const git_oid *id)
{
	const struct tree_entry want = { .mode = mode,
					 .name = name,
					 .len = len };
	struct tree_entry e;
	int rc = folder_find(f, name, len, &e);

	if (rc < 0)
		return rc;
	if (rc > 0 && e.mode == mode) {
		overwrite(f, e.at + e.size - GIT_OID_RAWSZ, id->id,
			  GIT_OID_RAWSZ);
		return 0;
	}
	if (rc > 0)
		remove_entry(f, &e);
	return insert_entry(f, &want, id);
}

int
folder_drop(struct folder *f, const char *name, size_t len)
{
	struct tree_entry e;
	int rc = folder_find(f, name, len, &e);

	if (rc <= 0)
		return rc;
	remove_entry(f, &e);
	return 0;
}

/* --- sums --------------------------------------------------------------- */

static size_t
measure_block(const struct folder *f, size_t i)
{
	return min_size(f->raw.len - i * PACK_BLOCK, PACK_BLOCK);
}

/* By libcrypto: what is in a folder of ours is names we checked and ids that
 * were computed, not bytes that somebody chose. */
void
folder_id(struct folder *f, git_oid *id)
{
	struct sha_way *way = &f->id_way;
	size_t i = way->n;
	struct sha sha;

	if (i > 0)
		sha_init_copy(&sha, &way->at[--i]);
	else
		sha_init_object(&sha, "tree", f->raw.len);
	for (; i < f->n_blocks; i++) {
		if (i == way->n)
			sha_way_push(way, &sha);
		sha_add(&sha, f->raw.ptr + i * PACK_BLOCK, measure_block(f, i));
	}
	sha_end(&sha, id->id);
}

struct pack_sum *
folder_sums(struct folder *f)
{
	struct pack_sum *sums = mem_array(f->n_blocks, sizeof(*sums));
	struct block *b;
	size_t i;

	for (i = 0; i < f->n_blocks; i++) {
		b = &f->blocks[i];
		if (!b->summed)
			pack_sum_block(&b->sum, f->raw.ptr + i * PACK_BLOCK,
				       measure_block(f, i));
		b->summed = true;
		sums[i] = b->sum;
	}
	return sums;
}
