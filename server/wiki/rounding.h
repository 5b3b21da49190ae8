/*
 * rounding.h - how a round of reflection ends: its page is written by the
 * writer, and when that is on stable storage nothing of the round is left in
 * state.db.
 */
#ifndef PLEIN_WIKI_ROUNDING_H
#define PLEIN_WIKI_ROUNDING_H

#include <stdbool.h>

#include "wiki/desk.h"

/* Who is the author of such a page; nobody can be called so. */
#define ROUND_HANDLE "reflectie"

/*
 * The batch has ended: forget the rounds whose pages were written in it, if it
 * is `stored`. That it fails is logged only: closing the round once more does it.
 */
void
rounding_settle(struct desk *d, bool stored);

#endif
