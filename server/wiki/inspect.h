/* inspect.h - looking at everything that is stored, for damage. */
#ifndef PLEIN_WIKI_INSPECT_H
#define PLEIN_WIKI_INSPECT_H

#include "plein/vec.h"
#include "wiki/desk.h"

/*
 * Read all of the content and the database, compare the index with one made
 * from git, look at modes and at what killed processes left. Problems are
 * appended as English lines (char *, free()).
 */
void
inspect_all(struct desk *d, struct vec *problems);

#endif
