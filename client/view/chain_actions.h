/*
 * chain_actions.h - the actions and undertakings of a decision or a meeting,
 * rows of action.list in its data, as items of its screen: shown, and said to
 * be done.
 */
#ifndef PLEIN_VIEW_CHAIN_ACTIONS_H
#define PLEIN_VIEW_CHAIN_ACTIONS_H

#include <jansson.h>

#include "view/chain.h"

/* A heading and the rows, as items of this group. */
void
chain_actions_add(struct chain *c, size_t group);

/* The one in focus, or NULL. */
const json_t *
chain_actions_focus(const struct chain *c, size_t group);

/* CMD_COMPLETE: ask what came of it; with the answer write it down. One that is
 * done is opened again at once. */
struct request
chain_actions_complete(struct chain *c, size_t group, const char *answer);

/* What CMD_COMPLETE would do, where that is not the ordinary. */
void
chain_actions_name(const struct chain *c, size_t group, struct buf *word);

/* "overdue", "open", "done", "not needed" */
const char *
chain_actions_word(const json_t *row);

/*
 * "Plan bijwerken; ciso; 1-6-2026" as parameters of action.add: text, owner
 * and due, the latter two where they are.
 */
void
chain_actions_read(json_t *params, const char *line);

#endif
