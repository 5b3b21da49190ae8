/*
 * quarantine.h - the objects of a push that git keeps apart until they are
 * accepted (git-receive-pack(1), quarantine environment): looked at through
 * a handle of their own, so that nothing else ever sees them.
 */
#ifndef PLEIN_STORE_QUARANTINE_H
#define PLEIN_STORE_QUARANTINE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"
#include "store/repo.h"

struct quarantine;

/* What came. */
struct quarantine_size {
	size_t objects;
	size_t file; /* bytes of the largest file */
	size_t other; /* bytes of the largest folder or commit */
};

/*
 * The repository at `path`, with the folder `name` in its objects/ added.
 * PLEIN_ERULE when that is no name git gives, or no folder of this
 * repository.
 */
int
quarantine_open(struct quarantine **out, const char *path, const char *name,
		struct err *err);

/* NULL is allowed. */
void
quarantine_close(struct quarantine *q);

/* The handle; borrowed. */
struct repo *
quarantine_repo(struct quarantine *q);

/*
 * Count and measure what came, without unpacking it; counting ends when there
 * are more than `most` objects. PLEIN_ECORRUPT. Nothing may be read of it
 * before the sizes were found bearable: what is made from a large object
 * needs that one in memory.
 */
int
quarantine_measure(struct quarantine *q, size_t most,
		   struct quarantine_size *out, struct err *err);

/* Call `each` with the id of everything that came; its non-zero result ends
 * it and is returned. PLEIN_ECORRUPT. */
int
quarantine_each(struct quarantine *q,
		int (*each)(void *ctx, const struct repo_id *id), void *ctx,
		struct err *err);

#endif
