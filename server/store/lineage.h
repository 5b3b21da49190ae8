/* lineage.h - the commits of main in a row, by first parents. */
#ifndef PLEIN_STORE_LINEAGE_H
#define PLEIN_STORE_LINEAGE_H

#include <git2.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/repo.h"

struct lineage {
	struct buf ids; /* git_oid after git_oid, newest first */
	size_t n;
};

#define LINEAGE_INIT \
	{ \
		BUF_INIT, 0 \
	}

/*
 * Collect the commits from `to` back to, and without, `from` ("" = all).
 * PLEIN_ENOTFOUND when `from` is no ancestor or `to` no commit.
 */
int
lineage_read(struct lineage *l, struct repo *r, const struct repo_id *from,
	     const struct repo_id *to, struct err *err);

void
lineage_release(struct lineage *l);

/* The i-th, oldest = 0. */
void
lineage_get(const struct lineage *l, size_t i, git_oid *id);

#endif
