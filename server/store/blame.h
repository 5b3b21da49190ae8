/*
 * blame.h - which version each line of a page comes from, computed over the
 * page's own versions and nothing else of the history.
 */
#ifndef PLEIN_STORE_BLAME_H
#define PLEIN_STORE_BLAME_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/textrow.h"
#include "store/repo.h"

struct blame_version {
	long n;
	struct repo_id blob; /* "" = the page was gone */
};

struct blame {
	struct buf text; /* of the newest version */
	struct textrow lines; /* of that text */
	long *origins; /* for each line, the version that brought it */
	bool complete; /* else: an origin may be that version or older */
};

/*
 * `versions` oldest first, n ≥ 1; the newest must not be gone. A version in
 * which the page was gone brings nothing: what comes back with the next one
 * is as old as it was. At most 64 MiB of texts are read; then `complete` is
 * false. Errors as snap_blob(). blame_release() it in any case.
 */
int
blame_make(struct blame *b, struct repo *r,
	   const struct blame_version *versions, size_t n, struct err *err);

void
blame_release(struct blame *b);

#endif
