/* own.h - where this person is signed in; Enter ends one of those. */
#ifndef PLEIN_VIEW_OWN_H
#define PLEIN_VIEW_OWN_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
own_view_new(struct context *c, const json_t *args);

#endif
