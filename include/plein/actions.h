/*
 * actions.h - actions and undertakings (acties, toezeggingen): rows of a table
 * in the page of a meeting or a decision, with a number that is its own within
 * that page: a1, a2 and t1, t2. docs/decisions.md has the layout. Pure.
 */
#ifndef PLEIN_ACTIONS_H
#define PLEIN_ACTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/daytext.h"
#include "plein/err.h"
#include "plein/vec.h"

#define ACTION_NUMBER_MAX 12 /* bytes of a number */

enum action_state {
	ACTION_OPEN,
	ACTION_DONE,
	ACTION_DROPPED /* no longer needed */
};

struct action {
	char number[ACTION_NUMBER_MAX + 1];
	bool undertaking;
	enum action_state state;
	char due[DAYTEXT_LEN + 1]; /* "" = no day */
	char done[DAYTEXT_LEN + 1]; /* when it was done or dropped, or "" */
	char *text;
	char *owner; /* a role, or NULL */
	char *to; /* of an undertaking: whom it was given to, or NULL */
	char *result; /* what came of it, or NULL */
	char *decision; /* address it belongs to, or NULL */
};

void
action_free(void *a);

/* "open", "gereed", "vervallen"; false when it is none of them. */
bool
action_state_of(const char *word, enum action_state *state);

const char *
action_state_word(enum action_state state);

/* Those of a page as they stand, struct action * appended; rows without words
 * are none. */
void
actions_read(struct vec *out, const char *text, size_t len);

/*
 * A further row, in the table of its kind or a new one; `number` gets the next
 * one. The state is open. PLEIN_ETOOBIG when there are too many.
 */
int
actions_add(struct buf *text, const struct action *a,
	    char number[ACTION_NUMBER_MAX + 1], struct err *err);

/*
 * The row with that number says this from now on; every other byte stays.
 * PLEIN_ENOTFOUND; PLEIN_EUSAGE when several rows have it.
 */
int
actions_put(struct buf *text, const struct action *a, struct err *err);

#endif
