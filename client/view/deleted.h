/* deleted.h - pages that were deleted and can be put back. */
#ifndef PLEIN_VIEW_DELETED_H
#define PLEIN_VIEW_DELETED_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
deleted_view_new(struct context *c, const json_t *args);

#endif
