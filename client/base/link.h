/*
 * link.h - the client's end of the protocol. Requests get a number and a
 * callback. When the wiki process dies the supervisor sends a fresh
 * descriptor over `control`; every request without an answer is repeated
 * there under the same number.
 */
#ifndef PLEIN_LINK_H
#define PLEIN_LINK_H

#include <jansson.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/rpc.h"

struct link;

enum link_event { LINK_LOST, LINK_BACK, LINK_STOPPING, LINK_GONE };

/* `control` is owned from now on; link_step() takes the first stream. */
struct link *
link_new(int control, void (*on_event)(void *ctx, enum link_event e),
	 void *ctx);

void
link_free(struct link *l);

/*
 * Who hears the notifications of the wiki, with the ctx of link_new(). They
 * have to be asked for on each stream: at LINK_BACK anew.
 */
void
link_listen(struct link *l, void (*on_notice)(void *ctx, const char *method,
					      const json_t *params));

/* `reply` gets a RPC_RESULT or RPC_ERROR; `params_take` may be NULL. */
typedef void
link_reply(void *ctx, const struct rpc_msg *m);

json_int_t
link_call(struct link *l, const char *method, json_t *params_take,
	  link_reply *reply, void *ctx);

/* What is asked while it is on is sent when all that was asked before has an
 * answer: the wiki is not kept busy with what nobody sees yet. */
void
link_hold(struct link *l, bool on);

/* The callback of this request, or all of this ctx, will not run. */
void
link_forget(struct link *l, const void *ctx);

/* Fill pollfds (at most 2), returns how many. */
int
link_poll(const struct link *l, struct pollfd *fds);

/* After poll: read, answer, send. */
void
link_step(struct link *l);

/* Is any request without an answer? */
bool
link_is_waiting(const struct link *l);

/* Is there a stream to the wiki now? */
bool
link_is_up(const struct link *l);

/* When that was lost, in seconds since 1970; 0: it is there, or none was. */
int64_t
link_lost(const struct link *l);

/* Seconds the supervisor gave with LINK_STOPPING. */
int
link_stop_seconds(const struct link *l);

/*
 * Call and wait, for one-shot commands: 0 and *m (a RPC_RESULT), or an
 * error's code, *m (a RPC_ERROR) and its line in `err`. Without an answer,
 * after `wait_ms` without a stream or six times that with one, *m is empty
 * and the result is PLEIN_EBUSY when the request was never sent, else
 * PLEIN_EUNKNOWN. Release *m in every case.
 */
int
link_wait(struct link *l, const char *method, json_t *params_take,
	  struct rpc_msg *m, int wait_ms, struct err *err);

/*
 * Until another stream came than the one that gave the last answer: at most
 * `lose_ms` for that one to break, then `wait_ms` for the next. False when
 * patience ends.
 */
bool
link_wait_fresh(struct link *l, int lose_ms, int wait_ms);

#endif
