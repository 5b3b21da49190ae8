/*
 * index_partial.h - an index that knows a few pages only, put together out
 * of order: commits get their place on main from who adds them, and a page
 * whose oldest versions are not known has no numbers.
 */
#ifndef PLEIN_STATE_INDEX_PARTIAL_H
#define PLEIN_STATE_INDEX_PARTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "state/index.h"

/* From here on a number tells only which version is the later one. */
#define INDEX_UNNUMBERED (1L << 40)

/* May this number be told to anybody? */
bool
index_is_numbered(long n);

/* The number, or 0 when it may not be told. */
long
index_tell_number(long n);

/* As index_add_entry(), at the place e->seq; one that is there stays. */
int
index_put_entry(struct index *x, const struct index_entry *e, struct err *err);

/*
 * Version n of a page, made at place `seq`, where it had `address`; `blob`
 * NULL when it vanished. What the page says is due (index_fill()).
 */
struct index_stage {
	const char *page;
	long n;
	int64_t seq;
	const char *address;
	const char *blob;
};

int
index_put_version(struct index *x, const struct index_stage *v,
		  struct err *err);

/*
 * As of the commit at `seq`, before all versions that are known, this was
 * the text of a page without numbers.
 */
int
index_lower(struct index *x, const char *address, int64_t seq, const char *blob,
	    struct err *err);

#endif
