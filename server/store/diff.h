/* diff.h - what differs between two trees, file by file. */
#ifndef PLEIN_STORE_DIFF_H
#define PLEIN_STORE_DIFF_H

#include <git2.h>

#include "plein/err.h"
#include "store/tree.h"

struct repo;

struct diff {
	void *ctx;
	/*
	 * Called in path order with the entry before (NULL: appeared) and
	 * after (NULL: vanished). Anything that is no folder is a file here.
	 */
	int (*file)(void *ctx, const char *path, const struct tree_entry *old,
		    const struct tree_entry *now);
	/*
	 * A tree of the new side cannot be read, or a folder lies too deep.
	 * NULL: that ends the walk. Otherwise its result does, and a folder
	 * that cannot be read counts as empty.
	 */
	int (*broken)(void *ctx, const char *path, const struct err *why);
	/* Called with each folder of the new side that is opened, before what
	 * is in it: "" is the root, others end in '/'. NULL: nobody looks. */
	int (*folder)(void *ctx, const char *path, const struct tree *tree);
};

/*
 * Compare; NULL stands for the empty tree. The first non-zero result of a
 * function above ends it and is returned. PLEIN_ECORRUPT.
 */
int
diff_trees(struct repo *r, const git_oid *old, const git_oid *now,
	   const struct diff *d, struct err *err);

#endif
