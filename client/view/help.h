/* help.h - what a screen is for and what its keys do; and other topics. */
#ifndef PLEIN_VIEW_HELP_H
#define PLEIN_VIEW_HELP_H

#include <jansson.h>

struct context;
struct view;

/* args {place}: which screen it is about; or {topic}: a word */
struct view *
help_view_new(struct context *c, const json_t *args);

#endif
