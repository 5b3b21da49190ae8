/* blame.h - who wrote which part of a page. */
#ifndef PLEIN_VIEW_BLAME_H
#define PLEIN_VIEW_BLAME_H

#include <jansson.h>

struct context;
struct view;

/* Arguments: `address`; `version`, the newest without; `text`, a line the
 * cursor is to be on, or one much like it. */
struct view *
blame_view_new(struct context *c, const json_t *args);

#endif
