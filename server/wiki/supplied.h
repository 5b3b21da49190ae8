/*
 * supplied.h - scripts of rounds of reflection that the program brings along:
 * the files of repo-template/, for a wiki that was there before they were.
 */
#ifndef PLEIN_WIKI_SUPPLIED_H
#define PLEIN_WIKI_SUPPLIED_H

#include <stdbool.h>

#include "plein/buf.h"
#include "wiki/desk.h"

#define SUPPLIED_SCRIPTS 3

/* Address of script i. */
const char *
supplied_address(size_t i);

/* What it says, as in a page; false when the program brings none of this
 * address. */
bool
supplied_text(const char *address, struct buf *out);

/* Did the wiki never have a page there? One that was deleted is not wanted. */
bool
supplied_is_missing(struct desk *d, const char *address);

#endif
