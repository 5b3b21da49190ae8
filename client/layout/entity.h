/* entity.h - HTML entities of CommonMark 2.5: numeric ones and Latin-1. */
#ifndef PLEIN_LAYOUT_ENTITY_H
#define PLEIN_LAYOUT_ENTITY_H

#include <stddef.h>

#include "plein/buf.h"

/* "&eacute;", "&#233;", "&#xE9;" → UTF-8, appended; others as they are. */
void
entity_decode(struct buf *out, const char *s, size_t len);

#endif
