/*
 * wayback.h - the acts of this session, the last one last, and how each is
 * taken back: `u` walks back through them. In context.undo, an array of
 * {method, params, at, ask, done}.
 */
#ifndef PLEIN_VIEW_WAYBACK_H
#define PLEIN_VIEW_WAYBACK_H

#include <jansson.h>

#include "view/view.h"

#define WAYBACK_MAX 100 /* acts that are kept */
#define WAYBACK_BYTES (4UL * 1024 * 1024) /* of texts in them */

/*
 * What was done just now is taken back by this method: `ask` is the question
 * for it. Then the page `at` (or NULL) is shown, and `done` said.
 */
void
wayback_add(struct context *c, const char *method, json_t *params_take,
	    const char *at, const char *ask, const char *done);

/* A version that a page got, an answer of the wiki: page.undo takes it back.
 * Nothing when its number is not known yet. */
void
wayback_add_version(struct context *c, const char *address,
		    const json_t *result);

/* The act that comes first, or NULL. */
const json_t *
wayback_last(const struct context *c);

/* Does it take back what is one's own, a draft or what is read? That needs no
 * right to change pages. */
bool
wayback_is_own(const json_t *act);

/* Is it of no use to ask again, after this error? */
bool
wayback_is_final(int code);

/*
 * This one of them was taken back, with this answer of the wiki, or cannot be
 * (NULL). What was seen of that page before the act is then its newest
 * version.
 */
void
wayback_drop(struct context *c, const json_t *act, const json_t *result);

#endif
