/*
 * nearby.h - words that are in the texts of now and look like one that is not,
 * for who found nothing.
 */
#ifndef PLEIN_STATE_NEARBY_H
#define PLEIN_STATE_NEARBY_H

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"

#define NEARBY_MOST 3
#define NEARBY_MS 50 /* then what was seen is all */

struct nearby_word {
	char *word; /* folded: no capitals, no accents */
	long pages; /* that have it */
	int distance;
};

void
nearby_free(void *word);

/*
 * The nearest first, then the most used: struct nearby_word * appended, at
 * most NEARBY_MOST. They begin with the same two letters, and two letters
 * differ at most.
 */
int
nearby_words(struct index *x, const char *word, struct vec *out,
	     struct err *err);

#endif
