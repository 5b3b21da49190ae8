/*
 * act.h - undoing a version and rolling back to one, by a new version. The
 * application does it (CMD_CHANGE, REQUEST_CHANGE), so that it is done also
 * when the view that asked is closed.
 */
#ifndef PLEIN_VIEW_ACT_H
#define PLEIN_VIEW_ACT_H

#include <jansson.h>

#include "plein/buf.h"
#include "view/view.h"

/* Ask whether what one version changed is to be undone. */
struct request
act_ask_undo(struct context *c, const char *address, json_int_t version);

/* Going back to a version, made `when`; `newest` is the last one, `changes`
 * says what going back would change. */
struct act_revert {
	const char *address;
	json_int_t version, when, newest;
	const char *changes;
};

/* Ask whether a page is to be what it was in a version, and why. */
struct request
act_ask_revert(const struct act_revert *a);

/* An answer that shows what a version changed. */
void
act_add_comparison(struct question *q, const char *address, json_int_t version);

/* Undo a version of one's own, which then leaves the way back (wayback.h). */
struct request
act_take_back(const json_t *act);

/*
 * The request that an answer to these stands for: its text, with the reason
 * on a line of its own where one was asked.
 */
struct request
act_of_answer(const char *text);

/* The sentence for people when the method is done. */
void
act_tell(const json_t *change, const json_t *result, struct buf *out);

#endif
