/* changed.h - one changed page as an item of a list. */
#ifndef PLEIN_VIEW_CHANGED_H
#define PLEIN_VIEW_CHANGED_H

#include <jansson.h>

#include "view/listing.h"

/* Columns for who and when. */
extern const struct listing_column changed_columns[LISTING_COLUMNS];

/*
 * `page` has address, title and what happened in `action`: new, changed,
 * moved or gone. `change` has handle, time and note, all of them optional.
 */
void
changed_add(struct listing *l, size_t value, const json_t *page,
	    const char *action, const json_t *change);

#endif
