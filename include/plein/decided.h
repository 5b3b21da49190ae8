/*
 * decided.h - a decision (besluit) as the fields of its page say it, and
 * whether it was one: the wiki registers decisions, it does not take them.
 * docs/decisions.md has the layout. Pure.
 */
#ifndef PLEIN_DECIDED_H
#define PLEIN_DECIDED_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/daytext.h"
#include "plein/vec.h"

struct decided {
	char date[DAYTEXT_LEN + 1]; /* when it was taken, or "" */
	char review[DAYTEXT_LEN + 1]; /* to be reviewed before, or "" */
	char ends[DAYTEXT_LEN + 1]; /* no longer in force from then, or "" */
	char *body; /* who decided: an address or words, or NULL */
	char *place, *mandate, *outcome; /* or NULL */
	char *official; /* where the official one is, or NULL */
	char *meeting; /* address, or NULL */
};

void
decided_read(struct decided *d, const char *text, size_t len);

void
decided_release(struct decided *d);

/*
 * Does this outcome mean that something was decided? Not when it is missing,
 * still the hint of the template (`[…`), or one by which it was not: put off,
 * turned down, taken back.
 */
bool
decided_holds(const char *outcome);

#endif
