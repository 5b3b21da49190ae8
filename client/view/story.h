/* story.h - how a page came about, oldest first, by day. */
#ifndef PLEIN_VIEW_STORY_H
#define PLEIN_VIEW_STORY_H

#include <jansson.h>

struct context;
struct view;

/* Arguments: `address`. */
struct view *
story_view_new(struct context *c, const json_t *args);

#endif
