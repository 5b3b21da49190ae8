/*
 * heard.h - what was said, where lists tell of it: rows that have a `thread`
 * (search.pages, page.backlinks, news.list).
 */
#ifndef PLEIN_VIEW_HEARD_H
#define PLEIN_VIEW_HEARD_H

#include <jansson.h>

#include "plein/buf.h"
#include "view/view.h"

/* Open the place where it was said. */
struct request
heard_open(const json_t *row);

/* "discussion, open", appended. */
void
heard_kind(struct buf *out, const json_t *row);

#endif
