/*
 * visit.h - a connection to a wiki by the socket for OpenSSH in front
 * (plein/control.h): it signs in as a connection process does, and gets the
 * programs it asks for, without the cost of SSH. And the host's own socket.
 */
#ifndef PLEIN_RIGHTS_VISIT_H
#define PLEIN_RIGHTS_VISIT_H

#include <jansson.h>

#include "fixture.h"
#include "plein/buf.h"
#include "plein/rpc.h"
#include "plein/wire.h"

struct visit {
	int front; /* -1: the host's socket */
	struct wire wire; /* JSON-RPC */
	json_int_t last; /* id of a request */
	bool gone; /* it was hung up on */
	struct buf
		*heard; /* the owner's: gets every line that comes; or NULL */
};

/* Nobody yet; the test fails when that cannot be. */
void
visit_begin(struct visit *v, const struct fixture *f);

/* The host. */
void
visit_host(struct visit *v, const struct fixture *f);

/* NULL and twice are harmless. */
void
visit_end(struct visit *v);

/* From now on requests go through `plein command api`, as over ssh. */
void
visit_api(struct visit *v);

/* Ask, without waiting. */
void
visit_ask(struct visit *v, const char *method, json_t *params_take);

/* The answer to the last request: m is its, or v->gone. Release m. */
void
visit_hear(struct visit *v, struct rpc_msg *m);

/* Ask and hear. */
void
visit_call(struct visit *v, const char *method, json_t *params_take,
	   struct rpc_msg *m);

/* The same for what must succeed; the result is the caller's. */
json_t *
visit_get(struct visit *v, const char *method, json_t *params_take);

/* A command without a terminal: its exit status, and both outputs in `out`. */
int
visit_run(struct visit *v, const char *line, const char *input,
	  struct buf *out);

#endif
