/*
 * pastfill.h - the thread that takes old texts into past.db, a few commits at
 * a time and at the lowest priority, whenever main has moved.
 */
#ifndef PLEIN_WIKI_PASTFILL_H
#define PLEIN_WIKI_PASTFILL_H

#include "plein/err.h"
#include "wiki/desk.h"

struct pastfill;

/* Starts it in the current directory. `setup` as for a reader's desk. */
int
pastfill_start(struct pastfill **out, const struct desk_setup *setup,
	       struct err *err);

/* Main has moved, or the index came back. */
void
pastfill_poke(struct pastfill *f);

/* Ends it after the part under way. NULL is allowed. */
void
pastfill_free(struct pastfill *f);

/* One part, here and now; *complete when there is no more. For the thread,
 * and for tests. `p` is opened when NULL. */
struct past;
int
pastfill_step(struct desk *d, struct past **p, bool *complete, struct err *err);

#endif
