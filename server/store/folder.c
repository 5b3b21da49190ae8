/*
 * folder.c - see folder.h. What is known of a block is taken back by the two
 * functions that change bytes: overwrite() and splice(). A block begins where
 * an entry does, so that one can be looked for from there; it grows and shrinks
 * with its entries, and the others stay what they are.
 */
#include "store/folder.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "store/packform.h"

#define WAY_STEP 4U /* blocks between two places that a hash is kept of */
#define FAR 32U /* a difference of this part of a folder is too much */

void
folder_init(struct folder *f)
{
	memset(f, 0, sizeof(*f));
	buf_init(&f->raw);
}

/* What the hash was before those blocks stays true. */
static void
forget_hashes(struct folder *f, size_t n)
{
	sha_way_cut(&f->id_way, (n + WAY_STEP - 1) / WAY_STEP);
}

static void
forget_change(struct block *b)
{
	buf_release(&b->change);
	b->told = false;
}

/* It is none that this folder could be told from any more. */
static void
forget_anchor(struct folder *f)
{
	anchor_drop(f->anchor);
	f->anchor = NULL;
}

/* The bytes are about to change. */
static void
settle_loan(struct folder *f)
{
	if (f->lent)
		buf_add(f->lent, f->raw.ptr, f->raw.len);
	f->lent = NULL;
}

void
folder_lend(struct folder *f, struct buf *copy)
{
	if (copy)
		settle_loan(f);
	f->lent = copy;
}

void
folder_release(struct folder *f)
{
	size_t i;

	settle_loan(f);
	sha_way_release(&f->id_way);
	forget_anchor(f);
	for (i = 0; i < f->n_blocks; i++)
		forget_change(&f->blocks[i]);
	free(f->blocks);
	buf_release(&f->raw);
	folder_init(f);
}

/* --- blocks ------------------------------------------------------------- */

static void
push_block(struct folder *f, size_t at, size_t end)
{
	const struct block b = { .at = at,
				 .len = end - at,
				 .change = BUF_INIT };

	f->blocks =
		mem_realloc(f->blocks, (f->n_blocks + 1) * sizeof(*f->blocks));
	f->blocks[f->n_blocks++] = b;
}

/* Bytes that are no entries stay in one piece: who looks there finds out. */
static void
push_blocks(struct folder *f, size_t at, size_t end)
{
	size_t pos = at;
	struct tree_entry e;

	while (pos < end && tree_next(&f->raw, &pos, &e) > 0) {
		if (pos - at < BLOCK_LEN || pos >= end)
			continue;
		push_block(f, at, pos);
		at = pos;
	}
	if (at < end)
		push_block(f, at, end);
}

void
folder_load(struct folder *f, const struct buf *raw)
{
	folder_release(f);
	buf_add(&f->raw, raw->ptr, raw->len);
	push_blocks(f, 0, f->raw.len);
}

/* The one in which the byte is; behind all of them: the last. There is one. */
static size_t
find_block(const struct folder *f, size_t at)
{
	size_t low = 0, high = f->n_blocks, mid;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (f->blocks[mid].at <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* Instead of one that became too long, or empty, those that it should be. */
static void
recut_block(struct folder *f, size_t i)
{
	struct block *was = f->blocks;
	size_t n = f->n_blocks;

	forget_anchor(f);
	forget_change(&was[i]);
	f->blocks = NULL;
	f->n_blocks = 0;
	push_blocks(f, was[i].at, was[i].at + was[i].len);
	f->blocks =
		mem_realloc(f->blocks, (f->n_blocks + n) * sizeof(*f->blocks));
	memmove(f->blocks + i, f->blocks, f->n_blocks * sizeof(*f->blocks));
	memcpy(f->blocks, was, i * sizeof(*was));
	memcpy(f->blocks + i + f->n_blocks, was + i + 1,
	       (n - i - 1) * sizeof(*was));
	f->n_blocks += n - 1;
	free(was);
}

/* --- changing bytes ----------------------------------------------------- */

static void
mark_changed(struct folder *f, size_t i)
{
	forget_hashes(f, i + 1);
	forget_change(&f->blocks[i]);
	f->blocks[i].same = false;
}

/* Within one entry. */
static void
overwrite(struct folder *f, size_t at, const void *data, size_t len)
{
	size_t i = find_block(f, at);

	settle_loan(f);
	memcpy(f->raw.ptr + at, data, len);
	mark_changed(f, i);
}

/* In the place of an entry, or of none; what is behind moves. */
static void
splice(struct folder *f, size_t at, size_t gone, const struct buf *data)
{
	size_t i, k;

	settle_loan(f);
	if (f->n_blocks == 0)
		push_block(f, 0, 0);
	i = find_block(f, at);
	if (gone > 0)
		buf_erase(&f->raw, at, gone);
	buf_insert(&f->raw, at, data->ptr, data->len);
	mark_changed(f, i);
	forget_hashes(f, 0); /* the length stands before */
	f->blocks[i].len += data->len - gone;
	for (k = i + 1; k < f->n_blocks; k++)
		f->blocks[k].at += data->len - gone;
	if (f->blocks[i].len == 0 || f->blocks[i].len > 2 * BLOCK_LEN)
		recut_block(f, i);
}

/* --- entries ------------------------------------------------------------ */

/* Where to begin looking for it: a place that is not behind it. */
static size_t
guess_place(const struct folder *f, const struct tree_entry *want)
{
	size_t low = 0, high = f->n_blocks, mid, pos;
	struct tree_entry e;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		pos = f->blocks[mid].at;
		if (tree_next(&f->raw, &pos, &e) > 0 &&
		    tree_entry_cmp(&e, want) <= 0)
			low = mid;
		else
			high = mid;
	}
	return low > 0 ? f->blocks[low].at : 0;
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
	while ((rc = tree_next(&f->raw, &pos, e)) > 0) {
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

	while ((rc = tree_next(&f->raw, &pos, &e)) > 0) {
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

/* --- its id ------------------------------------------------------------- */

/* By libcrypto: what is in a folder of ours is names we checked and ids that
 * were computed, not bytes that somebody chose. */
void
folder_id(struct folder *f, git_oid *id)
{
	struct sha_way *way = &f->id_way;
	size_t i = 0;
	struct sha sha;

	if (way->n > 0) {
		sha_init_copy(&sha, &way->at[way->n - 1]);
		i = (way->n - 1) * WAY_STEP;
	} else {
		sha_init_object(&sha, "tree", f->raw.len);
	}
	for (; i < f->n_blocks; i++) {
		if (i == way->n * WAY_STEP)
			sha_way_push(way, &sha);
		sha_add(&sha, f->raw.ptr + f->blocks[i].at, f->blocks[i].len);
	}
	sha_end(&sha, id->id);
}

/* --- its anchor --------------------------------------------------------- */

static void
tell_change(const struct folder *f, struct block *b)
{
	const struct packform_part part = { b->was_at,
					    f->anchor->raw.ptr + b->was_at,
					    f->raw.ptr + b->at, b->was_len,
					    b->len };

	if (!b->told)
		packform_change(&b->change, &part);
	b->told = true;
}

/* Blocks follow each other in both, so what did not change is few pieces. */
static void
tell_changes(struct folder *f, struct buf *delta)
{
	size_t i, at = 0, len = 0;
	struct block *b;

	packform_sizes(delta, f->anchor->raw.len, f->raw.len);
	for (i = 0; i < f->n_blocks; i++) {
		b = &f->blocks[i];
		if (b->same) {
			len += b->was_len;
			continue;
		}
		packform_copy(delta, at, len);
		tell_change(f, b);
		buf_add(delta, b->change.ptr, b->change.len);
		at = b->was_at + b->was_len;
		len = 0;
	}
	packform_copy(delta, at, len);
}

static void
drop_anchor_here(struct folder *f, const git_oid *id)
{
	struct block *b;
	size_t i;

	forget_anchor(f);
	f->anchor = anchor_new(id, &f->raw);
	for (i = 0; i < f->n_blocks; i++) {
		b = &f->blocks[i];
		forget_change(b);
		b->was_at = b->at;
		b->was_len = b->len;
		b->same = true;
	}
}

struct tree_anchor *
folder_anchor(struct folder *f, const git_oid *id, struct buf *delta)
{
	if (f->anchor && !git_oid_equal(&f->anchor->id, id))
		tell_changes(f, delta);
	if (!f->anchor || delta->len > f->raw.len / FAR) {
		buf_reset(delta);
		drop_anchor_here(f, id);
	}
	return anchor_hold(f->anchor);
}
