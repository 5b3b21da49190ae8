/* loose.h - writing large objects faster than libgit2 does. */
#ifndef PLEIN_STORE_LOOSE_H
#define PLEIN_STORE_LOOSE_H

#include <git2.h>

#include "plein/buf.h"
#include "plein/err.h"

struct repo;

/*
 * Write an object into objects/, durably, without compressing it; *id
 * becomes its id. Worth it for large trees: they are mostly hashes, and
 * deflating those takes longer than all the rest of a save. Stored blocks
 * are plain zlib (RFC 1950), which every git reads.
 */
int
loose_write(struct repo *r, git_object_t type, const struct buf *data,
	    git_oid *id, struct err *err);

#endif
