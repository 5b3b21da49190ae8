/*
 * present.h - the pages of now straight from git, for as long as there is no
 * index: slower, and without numbers of versions (they are 0).
 */
#ifndef PLEIN_WIKI_PRESENT_H
#define PLEIN_WIKI_PRESENT_H

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"
#include "wiki/desk.h"

struct present; /* what a desk has read so: desk->present */

/* NULL is allowed. */
void
present_free(struct present *p);

/* How many texts were read for it, ever: tests hold it to reading each once,
 * which nothing else shows. */
long
present_n_read(const struct present *p);

/* All pages, struct index_page * appended, in address order. */
int
present_pages(struct desk *d, struct vec *pages, struct err *err);

/*
 * The page at `address` (its path is `path`) as of `commit`, NULL or "" for
 * the tip: number 0, author unknown (""). PLEIN_ENOTFOUND.
 */
int
present_version(struct desk *d, const char *address, const char *path,
		const char *commit, struct index_version **out,
		struct err *err);

/* As index_resolve(). */
int
present_resolve(struct desk *d, const char *name, char **address, bool *moved,
		struct err *err);

#endif
