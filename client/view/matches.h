/*
 * matches.h - the pages whose title or address holds what was typed: those
 * whose title begins with it first, then where a word does. Pure.
 */
#ifndef PLEIN_VIEW_MATCHES_H
#define PLEIN_VIEW_MATCHES_H

#include <jansson.h>
#include <stddef.h>

#include "plein/vec.h"

struct match {
	const char *address, *title; /* in the titles */
	int rank; /* the lower, the better */
	char *order; /* folded title */
};

/* struct match *, in order; `titles`: address → title, may be NULL. */
void
matches_find(struct vec *out, json_t *titles, const char *typed);

void
matches_release(struct vec *v);

#endif
