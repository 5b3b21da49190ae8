/*
 * remarkrule.h - remarks that come by git: everybody makes, changes and
 * removes their own. Moving remarks along with their page is no change: the
 * same file vanishes and appears in one commit. Pure.
 */
#ifndef PLEIN_WIKI_REMARKRULE_H
#define PLEIN_WIKI_REMARKRULE_H

#include <stdbool.h>

#include "plein/vec.h"
#include "store/incoming.h"

struct remarkrule {
	struct vec changes; /* of one commit */
};

void
remarkrule_release(struct remarkrule *r);

/* Note a change of the commit at hand. Its path must be PATH_REMARK. */
void
remarkrule_add(struct remarkrule *r, const struct incoming_file *f);

/*
 * The commit is complete: append the paths (borrowed until the next call of
 * remarkrule_clear()) that are not the author's to touch. An `editor` may
 * change and remove any, but make none in another's name.
 */
void
remarkrule_check(struct remarkrule *r, const char *author, bool editor,
		 struct vec *paths);

/*
 * After that: call `each` for every change
 * of a file that appeared, that became another, or that moved to its path. Its non-zero result ends it and is returned.
 */
enum remark_change { REMARK_APPEARED, REMARK_CHANGED, REMARK_MOVED };

int
remarkrule_each(const struct remarkrule *r,
		int (*each)(void *ctx, enum remark_change change,
			    const char *path, const struct repo_id *blob),
		void *ctx);

void
remarkrule_clear(struct remarkrule *r);

#endif
