/* viewpoints.h - a question with its positions: support, for and against. */
#ifndef PLEIN_VIEW_VIEWPOINTS_H
#define PLEIN_VIEW_VIEWPOINTS_H

#include <jansson.h>

struct context;
struct view;

/* args {address} */
struct view *
viewpoints_view_new(struct context *c, const json_t *args);

#endif
