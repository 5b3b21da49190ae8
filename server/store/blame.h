/*
 * blame.h - which version each line or word of a page comes from, computed
 * over the page's own versions and nothing else of the history.
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
	struct textrow
		pieces; /* of that text: lines, or words (plein/textrow.h) */
	long *origins; /* for each piece, the version that brought it */
	bool complete; /* else: an origin may be that version or older */
};

enum blame_by { BLAME_LINES, BLAME_WORDS };

/*
 * `versions` oldest first, n ≥ 1; the newest must not be gone. Words are
 * sought among the words of the lines that a line took the place of; a blank
 * between two words of one version is of that version. Where the page was
 * gone, or became again the text it had in an older version, nothing was
 * brought: what came back is as old as it was. At most 64 MiB of texts are
 * read; then `complete` is false. Errors as snap_blob(). blame_release() it in
 * any case.
 */
int
blame_make(struct blame *b, struct repo *r,
	   const struct blame_version *versions, size_t n, enum blame_by by,
	   struct err *err);

void
blame_release(struct blame *b);

#endif
