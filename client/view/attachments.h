/* attachments.h - the files beside a page, as a list. */
#ifndef PLEIN_VIEW_ATTACHMENTS_H
#define PLEIN_VIEW_ATTACHMENTS_H

#include <jansson.h>

struct context;
struct view;

/* args {address} */
struct view *
attachments_view_new(struct context *c, const json_t *args);

#endif
