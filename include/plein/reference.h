/*
 * reference.h - where a link in a page leads. Markdown links are relative to
 * the file that holds them, as on any git host; [[wiki links]] count from the
 * top. Pure.
 */
#ifndef PLEIN_REFERENCE_H
#define PLEIN_REFERENCE_H

#include <stdbool.h>

#include "plein/buf.h"

/*
 * Link target as written on page `from` → page address, appended: relative
 * paths and `.md` resolved, `[[x]]` as an address in any folder or a title
 * (left as it is). False when it leads outside the wiki.
 */
bool
reference_resolve(struct buf *out, const char *from, const char *target);

#endif
