/*
 * import_former.h - where a page of an import was before it moved, written
 * into its `aliassen` as page.rename does: so old links lead on and the index
 * knows whose history it is.
 */
#ifndef PLEIN_SERVER_IMPORT_FORMER_H
#define PLEIN_SERVER_IMPORT_FORMER_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/vec.h"

/*
 * Add those of the paths `former` that the page at `path` does not name yet;
 * every other byte stays. False, and the text as it was, when there is
 * nothing to add, its fields are no plain list (plein/fieldspan.h), or it
 * would become too long. True also when all are named already.
 */
bool
import_former_add(struct buf *text, const char *path, const struct vec *former);

#endif
