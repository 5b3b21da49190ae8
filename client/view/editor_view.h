/* editor_view.h - writing: the text of a page, its fields kept as they are. */
#ifndef PLEIN_VIEW_EDITOR_VIEW_H
#define PLEIN_VIEW_EDITOR_VIEW_H

struct context;
struct view;

struct view *
editor_view_new(struct context *c, const char *address);

#endif
