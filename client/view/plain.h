/* plain.h - a text as it is, to select with the mouse and copy. */
#ifndef PLEIN_VIEW_PLAIN_H
#define PLEIN_VIEW_PLAIN_H

#include <jansson.h>

struct context;
struct view;

/* args {title, text} */
struct view *
plain_view_new(struct context *c, const json_t *args);

#endif
