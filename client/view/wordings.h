/*
 * wordings.h - what a remark said before it was changed, and who withdrew it and
 * why: the newest first, with what differs from the one before. Arguments:
 * `remark`, its name; `number`; `title` and `address` of what it is in.
 */
#ifndef PLEIN_VIEW_WORDINGS_H
#define PLEIN_VIEW_WORDINGS_H

#include <jansson.h>

struct context;
struct view;

struct view *
wordings_view_new(struct context *c, const json_t *args);

#endif
