/* start.h - the start screen: the agenda as a tree that folds. */
#ifndef PLEIN_VIEW_START_H
#define PLEIN_VIEW_START_H

struct context;
struct view;

struct view *
start_view_new(struct context *c);

#endif
