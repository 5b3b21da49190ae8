/* editor_view.h - writing: the text of a page, its fields kept as they are. */
#ifndef PLEIN_VIEW_EDITOR_VIEW_H
#define PLEIN_VIEW_EDITOR_VIEW_H

#include <stdbool.h>

struct context;
struct view;

/* `resume`: go on with the draft of the page, without asking. */
struct view *
editor_view_new(struct context *c, const char *address, bool resume);

#endif
