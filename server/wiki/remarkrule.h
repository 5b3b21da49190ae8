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

void
remarkrule_clear(struct remarkrule *r);

#endif
