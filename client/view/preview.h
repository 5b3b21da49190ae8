/*
 * preview.h - the text that is being written, as readers will see it.
 * Arguments: `title`, `address`, `text` without its fields, `unsaved`,
 * `heading`: show from that one on, counted from 1; 0: the beginning; and
 * `saving`: it was opened from the form of a save.
 */
#ifndef PLEIN_VIEW_PREVIEW_H
#define PLEIN_VIEW_PREVIEW_H

#include <jansson.h>

struct context;
struct view;

struct view *
preview_view_new(struct context *c, const json_t *args);

#endif
