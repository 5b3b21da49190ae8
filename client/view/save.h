/*
 * save.h - between writing and saving: what did I change, place by place, and
 * why. Without the form it is "my changes", to look at only.
 */
#ifndef PLEIN_VIEW_SAVE_H
#define PLEIN_VIEW_SAVE_H

#include <jansson.h>

struct context;
struct view;

/*
 * args {title, address, was, is, note, minor}: `was` is the text as it is in
 * the wiki, `is` as it is going to be, both with fields; the form begins with
 * note and minor. Sending runs CMD_SAVE, or CMD_SAVE_SMALL, with the
 * note on the view below, the editor, which keeps the text and does the
 * saving; going on with writing runs CMD_NOTE with it, so that it is kept.
 */
struct view *
save_view_new(struct context *c, const json_t *args);

/* The same arguments; nothing to fill in. */
struct view *
mine_view_new(struct context *c, const json_t *args);

#endif
