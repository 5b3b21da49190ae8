/* messages.h - what line 23 said, the newest first. */
#ifndef PLEIN_VIEW_MESSAGES_H
#define PLEIN_VIEW_MESSAGES_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
messages_view_new(struct context *c, const json_t *args);

#endif
