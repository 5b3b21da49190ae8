/* start.h - the start screen: the agenda as a tree that folds. */
#ifndef PLEIN_VIEW_START_H
#define PLEIN_VIEW_START_H

#include <jansson.h>

struct context;
struct view;

/* no args */
struct view *
start_view_new(struct context *c, const json_t *args);

#endif
