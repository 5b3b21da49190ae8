/*
 * shown.h - a place where two versions differ, as people read it: the text of
 * the page, not how that is written. Pure.
 */
#ifndef PLEIN_VIEW_SHOWN_H
#define PLEIN_VIEW_SHOWN_H

#include <stdbool.h>

#include "base/marked.h"
#include "layout/layout.h"

/*
 * `written` is Markdown; with `whole` its lines went and came as a whole.
 * Where a link kept its words and leads elsewhere, its address stands behind
 * it. False, and nothing appended: what differs is nowhere to be seen on a
 * page, and can only be told as it is written.
 */
bool
shown_make(struct marked *out, const struct marked *written, bool whole,
	   const struct layout_wiki *wiki);

#endif
