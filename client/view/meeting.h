/* meeting.h - a meeting: its items with what was noted, decisions, actions. */
#ifndef PLEIN_VIEW_MEETING_H
#define PLEIN_VIEW_MEETING_H

#include <jansson.h>

struct context;
struct view;

/* args {address} */
struct view *
meeting_view_new(struct context *c, const json_t *args);

#endif
