/*
 * indexer.h - from commits to the index: records one, or walks git for all
 * those the index has not seen.
 */
#ifndef PLEIN_WIKI_INDEXER_H
#define PLEIN_WIKI_INDEXER_H

#include <stdbool.h>

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
 * Would that be a run from the start: is the index empty, or of another
 * history?
 */
int
indexer_is_lost(struct index *x, struct repo *r, bool *lost, struct err *err);

#endif
