/*
 * stage.h - how far a connection is, which step may follow which, and until
 * when it may stay. Pure.
 */
#ifndef PLEIN_SSH_STAGE_H
#define PLEIN_SSH_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "ssh/conn.h"

enum stage {
	STAGE_KEX, /* banner and key exchange */
	STAGE_AUTH, /* signing in */
	STAGE_TALK, /* the same, by questions: it takes longer */
	STAGE_OPEN, /* signed in; what do they want? */
	STAGE_SPAWN, /* asked the supervisor for it (unless refused) */
	STAGE_RUN, /* bytes flow; no timer */
	STAGE_CLOSE, /* all was sent; the peer hangs up */
	STAGE_DONE
};

/* May `to` follow `from`? Every stage may be followed by STAGE_DONE. */
bool
stage_may_follow(enum stage from, enum stage to);

/*
 * The moment (clock_mono_ms) at which a stage entered `now` must be left,
 * or -1. `start` is when the connection was accepted.
 */
int64_t
stage_deadline(enum stage s, const struct conn_limits *l, int64_t start,
	       int64_t now);

/* Why it ended when the deadline passed: a word for the log. */
const char *
stage_overdue(enum stage s);

#endif
