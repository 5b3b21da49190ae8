/* wording.h - one place of a conflict, in words of one's own. */
#ifndef PLEIN_VIEW_WORDING_H
#define PLEIN_VIEW_WORDING_H

#include <jansson.h>

struct context;
struct view;

/*
 * args {address, title, base, where, text, before, after, undo}: `text` is what one
 * begins with; what is typed is kept as a draft, between `before` and
 * `after`, but for an undo. Ready runs CMD_WORDED on the view below with the text; leaving
 * CMD_UNWORDED, which keeps it without choosing it.
 */
struct view *
wording_view_new(struct context *c, const json_t *args);

#endif
