/*
 * search.h - finding pages in index.db: by words (FTS5, ranked, titles count
 * ten times) and by fields. Bounded in time.
 */
#ifndef PLEIN_STATE_SEARCH_H
#define PLEIN_STATE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/query.h"
#include "plein/vec.h"
#include "state/index.h"

#define SEARCH_MS 100 /* for ranking; then it goes on without, as long again */

struct search_hit {
	struct index_page page; /* without parents and aliases */
	int64_t id;
	char *passage; /* found words between *, or "" */
};

void
search_hit_free(void *h);

struct search_part {
	long skip, limit; /* hits; limit ≥ 1 */
	int64_t since; /* changed then or later; 0 = whenever */
};

/*
 * Best first, without words newest first: struct search_hit * appended.
 * *ranked is false when there was no time to rank. PLEIN_EBUSY when there
 * was none to find any.
 */
int
search_pages(struct index *x, const struct query *q,
	     const struct search_part *part, struct vec *out, bool *ranked,
	     struct err *err);

#endif
