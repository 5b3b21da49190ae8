/* entity.h - HTML entities of CommonMark 2.5, by name and by number. */
#ifndef PLEIN_LAYOUT_ENTITY_H
#define PLEIN_LAYOUT_ENTITY_H

#include <stddef.h>

#include "plein/buf.h"

/*
 * "&eacute;", "&#233;", "&#xE9;" → UTF-8, appended; others as they are. A soft
 * hyphen becomes nothing.
 */
void
entity_decode(struct buf *out, const char *s, size_t len);

#endif
