/*
 * threads.h - the discussions of a page: the open ones first, each with what
 * was said last and the passage it is about. Arguments: `address` of the page,
 * `thread`: the one that has the focus;
 * `resume`: go on with the draft of a new one.
 */
#ifndef PLEIN_VIEW_THREADS_H
#define PLEIN_VIEW_THREADS_H

#include <jansson.h>

struct context;
struct view;

struct view *
threads_view_new(struct context *c, const json_t *args);

#endif
