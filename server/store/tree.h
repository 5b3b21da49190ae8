/*
 * tree.h - git's tree objects as bytes ("Pro Git", Git Internals, Git
 * Objects): `mode SP name NUL id` for each entry, sorted by name, a folder
 * as if its name ended in '/'.
 *
 * A folder of 10,000 pages is 450 kB. Parsing it into objects for every save
 * costs more than the rest of the save; changing twenty bytes does not.
 */
#ifndef PLEIN_STORE_TREE_H
#define PLEIN_STORE_TREE_H

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

#define TREE_MODE_FILE 0100644U
#define TREE_MODE_DIR 040000U
#define TREE_SLOTS 32
#define TREE_CACHE_BYTES (8UL * 1024 * 1024)

struct repo;

/* One tree in memory; shared by counting. */
struct tree {
	git_oid id;
	struct buf raw;
	unsigned refs;
};

/* The trees used last. Belongs to one handle, so to one thread. */
struct tree_cache {
	struct tree *slots[TREE_SLOTS]; /* most recent first */
	size_t n;
	size_t bytes;
};

struct tree_entry {
	unsigned mode;
	const char *name; /* NUL-terminated, within the tree */
	size_t len;
	git_oid id;
	size_t at, size; /* where it stands in the bytes */
};

/*
 * The entry at *pos, which moves behind it: 1, 0 at the end,
 * PLEIN_ECORRUPT when the bytes are no tree.
 */
int
tree_next(const struct buf *raw, size_t *pos, struct tree_entry *e);

bool
tree_entry_is_dir(const struct tree_entry *e);

/* Git's order of two entries. */
int
tree_entry_cmp(const struct tree_entry *a, const struct tree_entry *b);

/* 1 and *e when there is an entry of this name, 0, or PLEIN_ECORRUPT. */
int
tree_find(const struct buf *raw, const char *name, size_t len,
	  struct tree_entry *e);

/*
 * Read a tree, from the cache or the repository (then its hash is compared,
 * unless there is a hurry: repo_hurry()).
 * PLEIN_ECORRUPT when missing or damaged. tree_free() it.
 */
int
tree_read(struct tree **out, struct repo *r, const git_oid *id,
	  struct err *err);

/* Give back one reference; NULL is allowed. */
void
tree_free(struct tree *t);

void
tree_cache_release(struct tree_cache *c);

/* The blob at `path` below `root`; PLEIN_ENOTFOUND, PLEIN_ECORRUPT. */
int
tree_lookup(struct repo *r, const git_oid *root, const char *path,
	    git_oid *blob, struct err *err);

#endif
