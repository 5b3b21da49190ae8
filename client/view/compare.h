/* compare.h - what differs between two versions of a page. */
#ifndef PLEIN_VIEW_COMPARE_H
#define PLEIN_VIEW_COMPARE_H

#include <jansson.h>

struct context;
struct view;

/* Arguments: `address`, `from` and `to`, versions; from 0 is nothing. With
 * `line`, of the later version, the cursor is at the place nearest to it. */
struct view *
compare_view_new(struct context *c, const json_t *args);

#endif
