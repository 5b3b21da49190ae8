/* member.h - one of them, as administrators see them. */
#ifndef PLEIN_VIEW_MEMBER_H
#define PLEIN_VIEW_MEMBER_H

#include <jansson.h>

struct context;
struct view;

/* args {handle} */
struct view *
member_view_new(struct context *c, const json_t *args);

#endif
