/* past_impl.h - what struct past is, for past.c and past_named.c. */
#ifndef PLEIN_STATE_PAST_IMPL_H
#define PLEIN_STATE_PAST_IMPL_H

#include "plein/extract.h"
#include "plein/page.h"
#include "state/db.h"
#include "state/past.h"

struct past {
	struct db db;
};

/* See past_named.c. */
#define PAST_NAMED \
	"CREATE TABLE named (" \
	" id INTEGER PRIMARY KEY, address TEXT NOT NULL, way INTEGER NOT " \
	"NULL," \
	" target TEXT NOT NULL, fold TEXT, n INTEGER NOT NULL," \
	" since INTEGER NOT NULL, until INTEGER) STRICT;" \
	"CREATE INDEX named_open ON named(address) WHERE until IS NULL;" \
	"CREATE INDEX named_target ON named(target);" \
	"CREATE INDEX named_fold ON named(fold) WHERE fold IS NOT NULL;"

/* From `seq` on the page at this address says that, in place of what it said. */
int
past_named_put(struct past *p, int64_t seq, const struct page_info *info,
	       const struct buf *text, const struct extract *e,
	       struct err *err);

/* From `seq` on there is none. */
int
past_named_drop(struct past *p, int64_t seq, const char *address,
		struct err *err);

/* Do the pages of the index name, in rows that stand, what it tells they name?
 * Only for one that is as far. */
int
past_named_check(struct past *p, struct index *index, bool *differs,
		 struct err *err);

#endif
