/* invite.h - a form that makes a code, and shows it once. */
#ifndef PLEIN_VIEW_INVITE_H
#define PLEIN_VIEW_INVITE_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
invite_view_new(struct context *c, const json_t *args);

#endif
