/*
 * links.h - who links where, from index.db: links in texts and in fields such
 * as `hoort_bij`. A [[loose]] link means a page by its slug or title.
 */
#ifndef PLEIN_STATE_LINKS_H
#define PLEIN_STATE_LINKS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

struct links_row {
	char *address, *title, *kind, *status; /* of the page, may be NULL */
	char *target; /* where the link leads, as it was resolved */
	char *field; /* it stands in, NULL = in the text */
	char *passage; /* around it, or "" */
	char *thread, *remark; /* of links_to(): the link is in this remark,
				  title is of its thread; or NULL */
	char *handle; /* who said it, or NULL */
	int64_t count; /* links_missing(): links to it */
};

void
links_row_free(void *r);

struct links_part {
	long skip, limit;
	bool fields; /* only those in fields */
};

/* Links from a page, in order: address, title, … are the page it leads to,
 * NULL when there is none. */
int
links_from(struct index *x, const char *address, const struct links_part *part,
	   struct vec *out, struct err *err);

/* Links to a page, or to what it was called before; from itself not. Those in
 * pages come first, then those in fields, then what was said. */
int
links_to(struct index *x, const char *address, const struct links_part *part,
	 struct vec *out, struct err *err);

/*
 * Targets that are no page, most wanted first; `address` and `title` are of
 * one page that links there. Some may be no address at all.
 */
int
links_missing(struct index *x, const struct links_part *part, struct vec *out,
	      struct err *err);

/* Pages that nothing leads to, neither a link nor a place in the agenda. */
int
links_orphans(struct index *x, const struct links_part *part, struct vec *out,
	      struct err *err);

#endif
