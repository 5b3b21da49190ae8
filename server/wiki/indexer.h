/*
 * indexer.h - from git to the index: walks the commits the index has not
 * seen and adds the versions they made.
 */
#ifndef PLEIN_WIKI_INDEXER_H
#define PLEIN_WIKI_INDEXER_H

#include "plein/err.h"
#include "state/index.h"
#include "store/repo.h"

/*
 * Bring the index to the tip of main, in one transaction; from the start
 * when it belongs to another history. 0 when it already is there.
 */
int
indexer_run(struct index *x, struct repo *r, struct err *err);

#endif
