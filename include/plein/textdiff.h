/*
 * textdiff.h - what differs between two rows of pieces (plein/textrow.h):
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations",
 * Algorithmica 1 (1986), in linear space.
 *
 * The work is bounded: a place that would cost more than the effort that is
 * left is given as replaced as a whole, which is true, only coarse.
 */
#ifndef PLEIN_TEXTDIFF_H
#define PLEIN_TEXTDIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/textrow.h"

/* Comparisons for one page: some 50 ms at worst. */
#define TEXTDIFF_EFFORT (1L << 24)

/*
 * Pieces a … a+n_a-1 were replaced by pieces b … b+n_b-1, counted from 0.
 * With n_a = 0 they were put in before piece a, with n_b = 0 taken away.
 */
struct textdiff_hunk {
	size_t a, n_a;
	size_t b, n_b;
};

struct textdiff {
	struct textdiff_hunk *hunks; /* in order; an equal piece between two */
	size_t n;
	bool coarse; /* not all was looked into */
};

/*
 * Compare; *effort goes down by what it took. A stretch that could begin at
 * several places stands at the last of them, so that two people who add at
 * the same place are seen to.
 */
void
textdiff_make(struct textdiff *d, const struct textrow *a,
	      const struct textrow *b, long *effort);

void
textdiff_release(struct textdiff *d);

#endif
