/*
 * keywait.h - keys that somebody wants to be theirs, but has not shown yet:
 * ssh offered them and was refused. When one signs in within a quarter of an
 * hour its owner is asked whether it is to belong to that account.
 */
#ifndef PLEIN_STATE_KEYWAIT_H
#define PLEIN_STATE_KEYWAIT_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "state/state.h"

#define KEYWAIT_SECONDS 900

/* The last who asks for a key is the one. `now` as clock_wall(). */
int
keywait_add(struct state *s, const char *fingerprint, const char *handle,
	    int64_t now, struct err *err);

/* Whose it would be: *handle is freed by the caller. PLEIN_ENOTFOUND. */
int
keywait_find(struct state *s, const char *fingerprint, int64_t now,
	     char **handle, struct err *err);

/* Does this account wait for a key? */
bool
keywait_is_for(struct state *s, const char *handle, int64_t now);

/* Nobody is asked about it any more. */
int
keywait_drop(struct state *s, const char *fingerprint, struct err *err);

#endif
