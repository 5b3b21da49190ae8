/*
 * seek.h - a drawer that asks what to find, and what to put in its place.
 * Arguments: `sought` and `by` to begin with, `replace` when it asks for both, `only` when
 * nothing can be replaced.
 * It runs FIND_NEXT or FIND_PREVIOUS with what is sought, or REPLACE with
 * that, a newline, and what comes in its place.
 */
#ifndef PLEIN_VIEW_SEEK_H
#define PLEIN_VIEW_SEEK_H

#include <jansson.h>

struct context;
struct view;

struct view *
seek_view_new(struct context *c, const json_t *args);

#endif
