/*
 * connproc.h - the supervisor's side of connection processes: let people in,
 * one process each; hear what they ask; clean up behind them.
 */
#ifndef PLEIN_SERVER_CONNPROC_H
#define PLEIN_SERVER_CONNPROC_H

#include <jansson.h>

#include "house.h"

/* Take in who waits at this listener. */
void
connproc_accept(struct house *h, const struct listener *l);

/* The same for one of sshd's forced commands, whose socket is taken. */
void
connproc_take_front(struct house *h, int fd);

/* Take all messages of the member with this id, if it still exists. */
void
connproc_input(struct house *h, long id);

/* Its connection process was reaped. `m` may be gone afterwards. */
void
connproc_died(struct house *h, struct member *m, int status);

/* End this connection now: hang up without a word. `m` stays until its
 * processes are reaped. */
void
connproc_drop(struct house *h, struct member *m);

/* Tell it something; drop it when it does not listen. */
void
connproc_tell(struct house *h, struct member *m, json_t *msg_take,
	      const int *fds, int n_fds);

#endif
