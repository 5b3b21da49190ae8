/*
 * past_named.h - what pages named when: which of them led to a page, held
 * actions of a decision or were called something, at a place on main. Part of
 * past.db, so known as far as that is filled.
 */
#ifndef PLEIN_STATE_PAST_NAMED_H
#define PLEIN_STATE_PAST_NAMED_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/linked.h"
#include "state/past.h"

/* A page with links that lead somewhere. */
struct past_holder {
	char *address;
	bool field; /* they are in its fields; else in what it says */
	int64_t n; /* so many */
	int64_t id; /* of the row */
};

void
past_holder_free(void *h);

/*
 * The pages that led at a place to a page that was called so there, but for
 * itself: struct past_holder * appended, in the order of links_to(), a page
 * with links in both twice. `fields`: only in fields.
 */
int
past_holders(struct past *p, int64_t seq, const struct linked_names *names,
	     bool fields, struct vec *out, struct err *err);

enum past_way { PAST_TEXT, PAST_FIELD, PAST_ACTION, PAST_ALIAS };

struct past_naming {
	enum past_way way;
	const char *target;
	int64_t from, to; /* at some place of these */
	long limit;
};

/* The pages whose texts named this so: addresses of then, char * appended, in
 * their order. */
int
past_naming(struct past *p, const struct past_naming *ask, struct vec *out,
	    struct err *err);

#endif
