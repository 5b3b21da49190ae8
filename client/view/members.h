/* members.h - everybody with an account, and their roles. */
#ifndef PLEIN_VIEW_MEMBERS_H
#define PLEIN_VIEW_MEMBERS_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
members_view_new(struct context *c, const json_t *args);

#endif
