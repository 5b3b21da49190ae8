/*
 * indexer.h - from commits to the index: records one, or walks git for all
 * those the index has not seen.
 */
#ifndef PLEIN_WIKI_INDEXER_H
#define PLEIN_WIKI_INDEXER_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "state/index.h"
#include "store/history.h"
#include "store/repo.h"

/*
 * Add one commit, the next of main, whoever made it: the entry, every path
 * it changed, the versions of pages it made. Within a transaction. Texts
 * that the changes do not carry are read from `r`.
 */
int
indexer_record(struct index *x, struct repo *r, const struct history_commit *c,
	       struct err *err);

/* Called after each commit; a non-zero result ends the run and is returned. */
struct indexer_watch {
	int (*step)(void *ctx, long done, long left);
	void *ctx;
};

/*
 * Bring the index to the tip of main, in one transaction; from the start
 * when it belongs to another history. 0 when it already is there. `watch`
 * may be NULL.
 */
int
indexer_run(struct index *x, struct repo *r, const struct indexer_watch *watch,
	    struct err *err);

/* Fill an empty index up to and including a commit of main. */
int
indexer_run_to(struct index *x, struct repo *r, const struct repo_id *to,
	       struct err *err);

/*
 * The address a page had before the commit that it appeared in, when that
 * was a rename; else nothing is appended. `parent` "" = it is the first.
 */
int
indexer_find_origin(struct repo *r, const struct repo_id *parent,
		    const struct repo_id *commit, const char *address,
		    struct buf *origin, struct err *err);

/* What the page says: the content of a version that was added without. */
int
indexer_fill(struct index *x, struct repo *r, const struct index_due *due,
	     struct err *err);

/*
 * How many commits that would be; INDEXER_LOST when it would be a run from
 * the start: the index is empty, or of another history.
 */
#define INDEXER_LOST (-1L)

int
indexer_gap(struct index *x, struct repo *r, long *gap, struct err *err);

#endif
