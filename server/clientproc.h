/*
 * clientproc.h - the program a signed-in connection gets started, once:
 * plein in a terminal or on pipes, or git.
 */
#ifndef PLEIN_SERVER_CLIENTPROC_H
#define PLEIN_SERVER_CLIENTPROC_H

#include <jansson.h>

#include "house.h"

/* Do what {"op":"spawn"} asks, or answer {"op":"refused"}. */
void
clientproc_spawn(struct house *h, struct member *m, const json_t *msg);

/* The wiki says what its person is in the space its git is for. */
void
clientproc_may(struct house *h, struct member *m, enum role here);

/* Have it say so again for git at work in this space, of this account (NULL:
 * of anybody); who may not any more is ended. */
void
clientproc_doubt(struct house *h, const char *account, const char *space);

/* Git at work for it, if it is, ends now, and its person is told why: "own",
 * "admin", "closed" or "rights". */
void
clientproc_end_git(struct house *h, struct member *m, const char *why);

/* The wiki's answer about what its person has: the day it was erased, or "". */
void
clientproc_haves(struct house *h, struct member *m, const char *date);

/* Nobody will answer those that wait for it. */
void
clientproc_give_up_haves(struct house *h);

/* It was reaped: tell the connection. `m` may be gone afterwards. */
void
clientproc_died(struct house *h, struct member *m, int status);

/* SIGHUP, and in a while SIGKILL. */
void
clientproc_hang_up(struct member *m);

/* SIGKILL for every git that receives: the wiki process they need is gone. */
void
clientproc_kill_pushes(struct house *h);

/* A signal to all processes of the program. */
void
clientproc_signal(const struct member *m, int sig);

#endif
