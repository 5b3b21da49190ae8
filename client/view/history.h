/* history.h - the versions of a page. */
#ifndef PLEIN_VIEW_HISTORY_H
#define PLEIN_VIEW_HISTORY_H

#include <jansson.h>

struct context;
struct view;

/* Arguments: `address`. */
struct view *
history_view_new(struct context *c, const json_t *args);

#endif
