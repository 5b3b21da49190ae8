/* editor_view.h - writing: the text of a page, its fields kept as they are. */
#ifndef PLEIN_VIEW_EDITOR_VIEW_H
#define PLEIN_VIEW_EDITOR_VIEW_H

#include <jansson.h>

struct context;
struct view;

/*
 * args {address, resume, told}: resume, go on with the draft without asking;
 * told, begin with a text that was joined (conflict.h) and save it
 */
struct view *
editor_view_new(struct context *c, const json_t *args);

#endif
