/* properties.h - the fields of a page as a form. */
#ifndef PLEIN_VIEW_PROPERTIES_H
#define PLEIN_VIEW_PROPERTIES_H

#include <jansson.h>

struct context;
struct view;

/* args {address} */
struct view *
properties_view_new(struct context *c, const json_t *args);

#endif
