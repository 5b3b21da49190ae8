/*
 * scan.h - every object a repository has, with a handle of its own that knows
 * nothing of what others have cached: for proving what is there and what not.
 */
#ifndef PLEIN_STORE_SCAN_H
#define PLEIN_STORE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"
#include "store/repo.h"

struct scan;

int
scan_open(struct scan **out, const char *path, struct err *err);

/* NULL is allowed. */
void
scan_close(struct scan *s);

/* Is there an object with this id, of whatever kind? */
bool
scan_has(struct scan *s, const struct repo_id *id);

struct scan_object {
	struct repo_id id;
	bool is_file;
	const char *data;
	size_t len;
};

/*
 * Read each of them, reachable or not, in packs and alone; a non-zero result
 * of `each` ends it and is returned. PLEIN_ECORRUPT when one cannot be read.
 */
int
scan_all(struct scan *s, int (*each)(void *ctx, const struct scan_object *o),
	 void *ctx, struct err *err);

#endif
