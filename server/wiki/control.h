/*
 * control.h - the wiki process's end of the socket to the supervisor
 * (plein/control.h): telling it things, and hearing what it instructs. On
 * the loop thread only.
 */
#ifndef PLEIN_WIKI_CONTROL_H
#define PLEIN_WIKI_CONTROL_H

#include <jansson.h>
#include <uv.h>

#include "plein/err.h"
#include "wiki/instruction.h"

struct control {
	int fd; /* borrowed */
	uv_poll_t poll;
	/* An instruction; its descriptor, -1 where none comes, is taken. */
	void (*obey)(void *ctx, const struct instruction *in, int fd);
	/* The supervisor is gone; nothing is heard any more. */
	void (*lost)(void *ctx);
	void *ctx;
};

/* Begin to listen; fd, obey, lost and ctx are set. PLEIN_EIO. */
int
control_open(struct control *c, uv_loop_t *uv, struct err *err);

/* PLEIN_EBUSY when its queue is full, PLEIN_ECLOSED when it is gone. */
int
control_tell(struct control *c, json_t *msg_take, struct err *err);

/* {"op": op}; what goes wrong is logged. */
void
control_tell_op(struct control *c, const char *op);

#endif
