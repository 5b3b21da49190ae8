/* attached.h - a file beside a page, shown as text. */
#ifndef PLEIN_VIEW_ATTACHED_H
#define PLEIN_VIEW_ATTACHED_H

#include <jansson.h>

struct context;
struct view;

/* args {address, name} */
struct view *
attached_view_new(struct context *c, const json_t *args);

#endif
