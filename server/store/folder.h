/*
 * folder.h - a folder while it is changed: the bytes of its tree (tree.h), and
 * what was worked out about them, kept block by block. A save changes twenty
 * bytes of 400 kB: finding them, the folder's id and the checksums of a pack
 * go by all that did not change.
 */
#ifndef PLEIN_STORE_FOLDER_H
#define PLEIN_STORE_FOLDER_H

#include <git2.h>
#include <stddef.h>

#include "plein/buf.h"
#include "store/sha.h"
#include "store/tree.h"

struct folder {
	struct buf raw; /* to be read only */
	struct block *blocks; /* of PACK_BLOCK bytes, the last is shorter */
	size_t n_blocks;
	size_t n_marked; /* of the first this many: where an entry begins */
	struct sha_way id_way; /* the hash before each block, for its id */
	struct sha_way pack_way; /* the same of a pack that begins with it, … */
	size_t pack_len; /* … and has this many objects: see pack.c */
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

/* What git calls it. */
void
folder_id(struct folder *f, git_oid *id);

/* One for each block of PACK_BLOCK bytes; free() them. */
struct pack_sum *
folder_sums(struct folder *f);

#endif
