/*
 * state.h - state.db: what must not be in a clone. SQLite, WAL,
 * synchronous=FULL; created and upgraded on open. One handle a thread.
 */
#ifndef PLEIN_STATE_STATE_H
#define PLEIN_STATE_STATE_H

#include "plein/err.h"

struct state;

/* `path` is created (0600) when missing, if `create`. PLEIN_ECORRUPT when it
 * is no database of ours, or made by a newer program. */
int
state_open(struct state **out, const char *path, int create, struct err *err);

void
state_close(struct state *s);

/*
 * Copy the database as it is at one moment, whoever writes to it meanwhile,
 * into a new file `to` (0600, must not exist). What is copied is one file;
 * state_adopt() makes it fit for use.
 */
int
state_copy(const char *path, const char *to, struct err *err);

/* Make such a copy, where it is to stay, a database that is used. */
int
state_adopt(const char *path, struct err *err);

/*
 * One transaction for many changes. A commit that fails is an abort. One in
 * another is part of it: it can be aborted alone, but counts when the outer
 * one is committed.
 */
int
state_begin(struct state *s, struct err *err);

int
state_commit(struct state *s, struct err *err);

/* Without a transaction nothing happens. */
void
state_abort(struct state *s);

/* PRAGMA integrity_check; PLEIN_ECORRUPT with the first line. */
int
state_check(struct state *s, struct err *err);

#endif
