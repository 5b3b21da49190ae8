/*
 * newname.h - where a file from any Markdown repository goes in this wiki,
 * when its own path is not one the wiki knows. Pure; says nothing of whether
 * that place is free.
 *
 *   Themas/Common Ground.md   → themas/common-ground.md
 *   docs/Setup/README.md      → <folder>/docs-setup.md
 *   docs/img/Foto 1.PNG       → bijlagen/<folder>/docs-img/foto-1.png
 */
#ifndef PLEIN_NEWNAME_H
#define PLEIN_NEWNAME_H

#include <stdbool.h>

#include "plein/buf.h"

/* Is this a page folder, fit as `folder` below? */
bool
newname_folder_is_valid(const char *folder);

/*
 * Append the new path; the same when it obeys the grammar already. False
 * when there is no place for it: hidden files, files without an extension,
 * names of which nothing is left.
 */
bool
newname_make(struct buf *out, const char *path, const char *folder);

/* The same, but never the path itself: for when that is taken and there can be
 * only one, as of `index.md`. */
bool
newname_elsewhere(struct buf *out, const char *path, const char *folder);

/* The n-th name like `path` (n ≥ 2), for when that is taken: x-2.md. Still
 * of the same kind and not too long. */
void
newname_number(struct buf *out, const char *path, unsigned n);

#endif
