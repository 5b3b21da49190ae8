/*
 * going.h - going to a page by part of its title, or to one of the screens
 * there always are. It runs GOTO with the address.
 */
#ifndef PLEIN_VIEW_GOING_H
#define PLEIN_VIEW_GOING_H

#include <jansson.h>

struct context;
struct view;

/* No args. */
struct view *
going_view_new(struct context *c, const json_t *args);

#endif
