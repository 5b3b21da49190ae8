/* index_impl.h - what struct index is, for the files of server/state. */
#ifndef PLEIN_STATE_INDEX_IMPL_H
#define PLEIN_STATE_INDEX_IMPL_H

#include <stdbool.h>

#include "state/db.h"
#include "state/index.h"

struct index {
	struct db db;
	bool writer;
};

/* Write what is known of a page that exists, in place of what was there. */
int
index_put_page(struct index *x, const struct index_entry *e,
	       const char *address, const struct index_content *now, long n,
	       struct err *err);

/* Fields, links and words of a page whose row is there already. */
int
index_put_text(struct index *x, const char *address,
	       const struct index_content *now, struct err *err);

/* Its words; the rest goes with the row. */
int
index_drop_text(struct index *x, const char *address, struct err *err);

/* The page exists no more. */
int
index_drop_page(struct index *x, const char *address, struct err *err);

#endif
