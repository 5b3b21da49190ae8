/*
 * outfit.h - what the threads of a wiki that serves share, of each space and
 * of all: made before the threads, ended after them.
 */
#ifndef PLEIN_WIKI_OUTFIT_H
#define PLEIN_WIKI_OUTFIT_H

#include "wiki/desk.h"
#include "wiki/pulse.h"
#include "wiki/space.h"

/*
 * The spaces of the current directory, each with what is shared of it. `wake`
 * is called by threads: the writer should look what there is.
 */
void
outfit_spaces(struct spacelist *l, void (*wake)(void *ctx), void *ctx);

/* How a reader's desks are set up; what is of no space is yet to be added. */
struct desk_setup
outfit_setup(struct spacelist *l, struct pulse *pulse);

/* Which are closed: what state.db says, by the writer's first desk. */
void
outfit_read_flags(struct spacelist *l, struct desk *d);

/* A connection is gone: its push is over, whichever space it was to. Was it
 * refused? */
bool
outfit_end_pushes(struct spacelist *l, long conn);

/* No index is made any more. */
void
outfit_stop(struct spacelist *l);

void
outfit_release(struct spacelist *l);

#endif
