/*
 * thread.h - one discussion: what it is about, and its remarks with their
 * answers. Arguments: `thread`, its code; `remark`: the name or number of the
 * one that has the focus; `resume`: go on with the draft of a remark.
 */
#ifndef PLEIN_VIEW_THREAD_H
#define PLEIN_VIEW_THREAD_H

#include <jansson.h>
#include <stddef.h>

struct context;
struct view;

struct view *
thread_view_new(struct context *c, const json_t *args);

/* Its code. */
const char *
thread_code(const struct view *v);

/* What pick() takes for the remark of that number, "2.1"; 0: it is none. */
size_t
thread_value(const char *number);

#endif
