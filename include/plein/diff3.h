/*
 * diff3.h - joining two texts that began as the same one, line by line
 * (S. Khanna et al., "A Formal Investigation of Diff3", 2007).
 *
 * Two changes clash when they share a line of the base, add at the same
 * place (also when one of them changed the line beside it too), or one adds
 * where the other took lines away just beside it. Lines next to each other
 * may be changed by one each. The same change on both sides is one change.
 */
#ifndef PLEIN_DIFF3_H
#define PLEIN_DIFF3_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/textrow.h"

enum diff3_side { DIFF3_BASE, DIFF3_YOURS, DIFF3_SAVED, DIFF3_N };

/* A place where both sides changed: lines of each text, counted from 0. */
struct diff3_clash {
	size_t first[DIFF3_N];
	size_t count[DIFF3_N];
};

struct diff3 {
	struct buf text; /* both changes; means nothing when n > 0 */
	struct diff3_clash *clashes; /* in order */
	size_t n;
};

#define DIFF3_INIT \
	{ \
		BUF_INIT, NULL, 0 \
	}

/* Append to `d`. *effort as for textdiff_make(). */
void
diff3_join(struct diff3 *d, const struct textrow rows[DIFF3_N], long *effort);

void
diff3_add_clash(struct diff3 *d, const struct diff3_clash *c);

void
diff3_release(struct diff3 *d);

#endif
