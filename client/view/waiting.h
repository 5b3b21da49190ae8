/* waiting.h - how an application stands, and what can be done meanwhile. */
#ifndef PLEIN_VIEW_WAITING_H
#define PLEIN_VIEW_WAITING_H

#include <jansson.h>

struct context;
struct view;

/* args {first}: the session began with it, so leaving it ends that; else it is
 * gone back from. */
struct view *
waiting_view_new(struct context *c, const json_t *args);

#endif
