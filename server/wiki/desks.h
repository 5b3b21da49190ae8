/*
 * desks.h - the desks of one thread: one for each space it was asked to work
 * in. They share what is of the wiki as a whole, the handle of state.db and
 * plein.conf, which are the first one's.
 */
#ifndef PLEIN_WIKI_DESKS_H
#define PLEIN_WIKI_DESKS_H

#include <stddef.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "wiki/desk.h"

struct desks {
	struct desk_setup setup; /* of all; space and chief are set for each */
	struct vec all; /* struct desk *, that of the default space first */
};

/*
 * Opens that of the default space. *trouble and errors as desk_open();
 * desks_close() in any case.
 */
int
desks_open(struct desks *l, const struct desk_setup *setup, struct err *trouble,
	   struct err *err);

void
desks_close(struct desks *l);

/* The one of the default space. */
struct desk *
desks_first(const struct desks *l);

/* That of this space (NULL: the default one), opened when it is asked for the
 * first time; what is damaged there shows when it is needed. */
struct desk *
desks_at(struct desks *l, struct space *s);

/* Those of all spaces there are. */
void
desks_open_all(struct desks *l);

/* desk_refresh() for all. */
void
desks_refresh(struct desks *l, int edition);

#endif
