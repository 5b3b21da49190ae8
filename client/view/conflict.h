/*
 * conflict.h - your text and the saved text: place by place what it was, what
 * you wrote, what a colleague saved, and a choice. Nothing is lost whichever
 * way one leaves: every choice is in the draft at once.
 */
#ifndef PLEIN_VIEW_CONFLICT_H
#define PLEIN_VIEW_CONFLICT_H

#include <jansson.h>

struct context;
struct view;

/*
 * The texts must clash (plein/merge.h).
 *
 * args {address, title, base, yours, saved, version, commit, handle, time,
 * note, draft_base}: three pages with their fields, which version `saved` is
 * and who made it; draft_base is the version that yours began as.
 *
 * When all is chosen CMD_JOINED runs on the view below, with JSON {text,
 * saved, version, commit, address, about}: `text` is to be saved with
 * `version` as its base. Later runs CMD_LATER with JSON {text}: yours, with
 * what was chosen.
 *
 * With args.undo there is no editor below: what is to be undone clashes with
 * what came later (base: that version, yours: the one before it). Nothing is
 * kept as a draft then, later is back, and CMD_JOINED opens an editor on the
 * page with the joined text (acts.h); args.about is the note it begins with.
 */
struct view *
conflict_view_new(struct context *c, const json_t *args);

#endif
