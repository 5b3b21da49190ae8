/*
 * folder.h - a folder while it is changed: the bytes of its tree (tree.h), and
 * what was worked out about them, kept block by block. A save changes twenty
 * bytes of 400 kB: finding them, the folder's id and what a pack holds of it
 * go by all that did not change.
 */
#ifndef PLEIN_STORE_FOLDER_H
#define PLEIN_STORE_FOLDER_H

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "store/anchor.h"
#include "store/sha.h"
#include "store/tree.h"

#define BLOCK_LEN 8192U /* bytes that a new block has, about */

/* Some entries that stand next to each other. */
struct block {
	size_t at, len; /* of the folder's bytes */
	size_t was_at, was_len; /* of the anchor's, from which it came */
	bool same; /* it is still just those */
	struct buf change; /* else the instructions that make it of them, … */
	bool told; /* … when they are made */
};

struct folder {
	struct buf raw; /* to be read only */
	struct block *blocks; /* of whole entries; together they are `raw` */
	size_t n_blocks;
	struct sha_way id_way; /* the hash before some blocks, for its id */
	struct tree_anchor *anchor; /* as it was once, or NULL */
	struct buf *lent; /* see folder_lend() */
};

/* Empty. */
void
folder_init(struct folder *f);

void
folder_release(struct folder *f);

/* Take over the bytes of a tree, in the place of what it holds. */
void
folder_load(struct folder *f, const struct buf *raw);

/*
 * 1 and *e when there is an entry of this name, 0, or PLEIN_ECORRUPT when the
 * bytes up to there are no tree. *e is valid until the folder changes.
 */
int
folder_find(struct folder *f, const char *name, size_t len,
	    struct tree_entry *e);

/* Put or replace an entry (TREE_MODE_FILE or TREE_MODE_DIR), or
 * PLEIN_ECORRUPT. */
int
folder_set(struct folder *f, const char *name, size_t len, unsigned mode,
	   const git_oid *id);

/* Take an entry out; nothing happens when there is none. PLEIN_ECORRUPT. */
int
folder_drop(struct folder *f, const char *name, size_t len);

/*
 * `copy`, which is empty, gets the bytes as they are now, but no sooner than
 * they change or go; until then they can be read from `raw`. Not before,
 * because most folders change only after nobody needs that any more: then
 * NULL takes it back.
 */
void
folder_lend(struct folder *f, struct buf *copy);

/* What git calls it. */
void
folder_id(struct folder *f, git_oid *id);

/*
 * What a pack has to hold of it, whose id this is: the anchor, for
 * anchor_drop(), and, in `delta`, which is empty, the difference to that; none
 * when it is the anchor itself. Two of one folder have the same anchor until
 * too much of it has changed.
 */
struct tree_anchor *
folder_anchor(struct folder *f, const git_oid *id, struct buf *delta);

#endif
