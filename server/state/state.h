/*
 * state.h - state.db: what must not be in a clone. SQLite, WAL,
 * synchronous=FULL; created and upgraded on open. One handle a thread.
 */
#ifndef PLEIN_STATE_STATE_H
#define PLEIN_STATE_STATE_H

#include "plein/err.h"

struct state;

/* `path` is created (0600) when missing, if `create`. PLEIN_ECORRUPT when it
 * is no database of ours. */
int
state_open(struct state **out, const char *path, int create, struct err *err);

void
state_close(struct state *s);

/* PRAGMA integrity_check; PLEIN_ECORRUPT with the first line. */
int
state_check(struct state *s, struct err *err);

#endif
