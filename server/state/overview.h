/*
 * overview.h - lists across the wiki of what pages say: questions, decisions,
 * actions, how far municipalities are, meetings. From index.db, so as of its
 * commit; docs/decisions.md says what is read from which page.
 *
 * Days are text, yyyy-mm-dd, and compared as such.
 */
#ifndef PLEIN_STATE_OVERVIEW_H
#define PLEIN_STATE_OVERVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

enum overview {
	OVERVIEW_QUESTIONS, /* by title */
	OVERVIEW_DECISIONS, /* the newest first */
	OVERVIEW_REVIEWS, /* decisions in force, by review date */
	OVERVIEW_ACTIONS, /* open ones first, by the day they are due */
	OVERVIEW_ACTIONS_IN, /* one state, by the day they are due */
	OVERVIEW_REVIEWS_DUE, /* as reviews; did `owner` write the page? */
	OVERVIEW_ACTIONS_DUE, /* overdue, with an owner, by that day */
	OVERVIEW_PROGRESS, /* by theme, who is furthest first */
	OVERVIEW_MEETINGS, /* the newest first */
	OVERVIEW_N
};

/* What is NULL or false does not narrow the list. */
struct overview_filter {
	const char *on; /* the day it is about; needed */
	/*
	 * Of questions "open", for all that are not answered, or a state; of
	 * decisions "in-force"; of actions a state or "overdue".
	 */
	const char *state;
	const char *owner; /* of actions */
	const char *page; /* one page: address */
	const char *about; /* of actions a decision, of progress a theme */
	bool until; /* decisions and meetings: only up to `on` */
	/* Where a part of before ended: as in its last row. */
	const char *after_key, *after_address;
	int64_t after_i;
	long limit; /* ≥ 1 */
};

/* The names of the values of its rows, NULL-terminated. */
const char *const *
overview_names(enum overview which);

struct overview_value {
	char *text; /* NULL: none, or a number */
	int64_t number;
	bool is_number;
};

struct overview_row {
	char *key; /* with `address` and `i`: where it stands in the list */
	char *address; /* of the page that says it */
	int64_t i;
	struct overview_value *values; /* as overview_names() has them */
	size_t n;
};

void
overview_row_free(void *r);

/* struct overview_row * appended. */
int
overview_list(struct index *x, enum overview which,
	      const struct overview_filter *f, struct vec *out,
	      struct err *err);

#endif
