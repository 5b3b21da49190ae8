/*
 * search.h - finding pages, and what was said about them, in index.db: by
 * words (FTS5, ranked, titles count ten times) and by fields. Bounded in time.
 *
 * Of remarks the fields are: type (SEARCH_SAID), status (open or resolved),
 * door (who said it) and map (of the page).
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

#define SEARCH_SAID "bespreking" /* the kind of remarks */

struct search_hit {
	/* without parents and aliases; of a remark the address of its page,
	   the title of its thread, when it was said and by whom */
	struct index_page page;
	char *thread, *remark; /* code and name, or NULL: it is a page */
	char *about; /* title of the page of a remark, or NULL */
	int64_t id;
	char *passage; /* found words between *, or "" */
};

void
search_hit_free(void *h);

struct search_part {
	long skip, limit; /* hits; limit ≥ 1 */
	int64_t since; /* changed or said then or later; 0 = whenever */
	bool said; /* remarks too; without words only with their kind */
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
