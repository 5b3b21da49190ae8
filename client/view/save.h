/* save.h - the form between writing and saving: what changed, and why. */
#ifndef PLEIN_VIEW_SAVE_H
#define PLEIN_VIEW_SAVE_H

#include <jansson.h>

struct context;
struct view;

/*
 * args {title, summary, note}: `summary` says how much was changed; `note` is what the field begins with.
 * Sending runs CMD_SAVE with the note on the view below, the editor, which
 * keeps the text and does the saving.
 */
struct view *
save_view_new(struct context *c, const json_t *args);

#endif
