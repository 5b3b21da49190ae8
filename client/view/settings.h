/* settings.h - plein.conf on the screen. */
#ifndef PLEIN_VIEW_SETTINGS_H
#define PLEIN_VIEW_SETTINGS_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
settings_view_new(struct context *c, const json_t *args);

#endif
