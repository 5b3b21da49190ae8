/*
 * pump.h - bytes between the peer's channel and the child's descriptors,
 * both ways, with push-back: nothing is read that cannot be passed on.
 */
#ifndef PLEIN_SSH_PUMP_H
#define PLEIN_SSH_PUMP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include <libssh/libssh.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "ssh/chan.h"
#include "ssh/haves.h"

#define PUMP_CHUNK (64 * 1024) /* most bytes read from the child at once */
#define PUMP_SAY 1024 /* room behind them for what pump_say() says */

/* One direction from the child to the peer. */
struct flow {
	int fd; /* -1: at its end */
	bool is_stderr;
	char *bytes; /* read, not yet taken by libssh */
	size_t start, len;
};

struct pump {
	ssh_session session; /* borrowed */
	struct chan *chan; /* borrowed */
	int in; /* the child's stdin, or its pty, or -1 */
	bool terminal; /* `in` and out.fd are one pty */
	struct buf in_buf; /* taken from libssh, not yet written */
	size_t in_start;
	struct flow out, err;
	struct haves *haves; /* reads along with what comes in; or NULL */
};

/* A pump without a child: drained. */
void
pump_init(struct pump *p, ssh_session session, struct chan *chan);

/* Take the child's descriptors: one pty, or stdin, stdout, stderr. */
int
pump_begin(struct pump *p, const int *fds, int n_fds, struct err *err);

/* Say something to the person on the channel's stderr, behind what the child
 * did; nothing when there is no room for it. */
void
pump_say(struct pump *p, const char *text);

/* Move what can move without waiting; `events`: see pump_poll(). */
void
pump_move(struct pump *p, const struct pollfd events[3]);

/* What to wait for: stdin, stdout, stderr; fd -1 for nothing. */
void
pump_poll(const struct pump *p, struct pollfd events[3]);

/* Tell the terminal its new size, once for all that came. */
void
pump_resize(struct pump *p);

/* All output went to libssh and the child sends no more. */
bool
pump_is_drained(const struct pump *p);

/* Close the child's descriptors: it gets SIGHUP or end of file. */
void
pump_release(struct pump *p);

#endif
