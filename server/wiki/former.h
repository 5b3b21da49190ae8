/* former.h - the former addresses of all pages, as of one commit. */
#ifndef PLEIN_WIKI_FORMER_H
#define PLEIN_WIKI_FORMER_H

#include "plein/err.h"
#include "store/repo.h"

struct former;

/*
 * Read them from the pages; former_free() it. PLEIN_EBUSY when that takes
 * too long to let others wait for it.
 */
int
former_read(struct former **out, struct repo *r, const struct repo_id *commit,
	    struct err *err);

/* NULL is allowed. */
void
former_free(struct former *f);

/* The page (borrowed) whose `aliassen` name that address, or NULL. */
const char *
former_find(const struct former *f, const char *address);

#endif
