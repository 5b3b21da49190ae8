/*
 * fitting.h - pages whose titles fit what somebody types, the likeliest first:
 * the whole title, its beginning, that of a word in it, any part, and last a
 * part of the address. Whatever the capitals and accents. Pure.
 */
#ifndef PLEIN_FITTING_H
#define PLEIN_FITTING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

struct fitting_row {
	const char *address, *title; /* of the titles */
	int rank; /* 0 fits best */
};

struct fitting {
	struct fitting_row *rows;
	size_t n;
};

/* At most `most` of the titles (address → title, may be NULL), which must
 * stay as they are. The rows of before are forgotten. */
void
fitting_find(struct fitting *f, json_t *titles, const char *words, size_t most);

void
fitting_release(struct fitting *f);

/* What is typed as it is compared: folded, without blanks at the ends;
 * appended. */
void
fitting_fold(struct buf *out, const char *words);

/* How well the words fit a title, both folded: 0 … 3, or -1. */
int
fitting_rank(const char *title, const char *words);

#endif
