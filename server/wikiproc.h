/*
 * wikiproc.h - the supervisor's side of the wiki process: start it, start it
 * again when it dies, tell it who comes and hear from it who they are.
 */
#ifndef PLEIN_SERVER_WIKIPROC_H
#define PLEIN_SERVER_WIKIPROC_H

#include "house.h"
#include "plein/err.h"

/* Fork it. On failure nothing runs. */
int
wikiproc_start(struct house *h, struct err *err);

/* Take all messages that are there now. */
void
wikiproc_input(struct house *h);

/* Send all that is due, as far as it takes it now. */
void
wikiproc_flush(struct house *h);

/* Let it finish and start a new one: what it read at its start changed. */
void
wikiproc_renew(struct house *h);

/* It was reaped: plan the next one, or give up if none ever served. */
void
wikiproc_died(struct house *h, int status);

/* Was one of the commits that its person has erased? Asked once, and only
 * while the wiki process can answer; clientproc_haves() hears it. */
void
wikiproc_ask_haves(struct house *h, struct member *m, const char *ids);

/* Its git is gone, with this status of wait(): tell the wiki process, when it
 * takes it. */
void
wikiproc_git_over(struct house *h, struct member *m, int status);

#endif
