/*
 * asked.h - what waits for somebody until they do it, where lists tell of it:
 * rows of `asked` of news.list.
 */
#ifndef PLEIN_VIEW_ASKED_H
#define PLEIN_VIEW_ASKED_H

#include <jansson.h>

#include "view/listing.h"
#include "view/view.h"

/* As an item, with columns as view/changed.h has them. */
void
asked_add(struct listing *l, size_t value, const json_t *row);

/* Open where it is done. */
struct request
asked_open(const json_t *row);

/* "1 round, 2 reviews, 1 action", of an array of rows; appended. */
void
asked_count(struct buf *out, const json_t *rows);

#endif
