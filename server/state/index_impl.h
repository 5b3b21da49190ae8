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

/* The page exists no more. */
int
index_drop_page(struct index *x, const char *address, struct err *err);

#endif
