/* decision.h - a decision: how it came about, its actions, its text. */
#ifndef PLEIN_VIEW_DECISION_H
#define PLEIN_VIEW_DECISION_H

#include <jansson.h>

struct context;
struct view;

/* args {address} */
struct view *
decision_view_new(struct context *c, const json_t *args);

#endif
