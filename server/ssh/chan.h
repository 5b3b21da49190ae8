/*
 * chan.h - the one session channel of a connection: what its requests asked
 * for (RFC 4254 §6). The callbacks only note; conn.c acts.
 */
#ifndef PLEIN_SSH_CHAN_H
#define PLEIN_SSH_CHAN_H

#include <stdbool.h>
#include <stddef.h>

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include "ssh/hint.h"
#include "ssh/limits.h"
#include "ssh/route.h"

/* More input than the window allows at any time: the peer ignores it. */
#define CHAN_INPUT_MAX (2 * 1024 * 1024)

struct chan {
	ssh_channel channel; /* NULL before it was opened; the session's */
	struct ssh_channel_callbacks_struct callbacks;
	struct meter *meter; /* borrowed */
	struct hints hints;
	struct route route; /* valid once `started` */
	char line[ROUTE_LINE_MAX + 2]; /* one more than is allowed */
	bool terminal; /* a pty was granted */
	bool started; /* shell or exec was asked for */
	bool resized; /* hints hold a size not yet applied */
	bool eof; /* the peer sends no more */
	bool closed; /* the peer closed it */
	size_t input; /* bytes libssh holds for us */
};

void
chan_init(struct chan *c, struct meter *meter);

/*
 * The peer asks for a session channel: it, or NULL when it has one. To be
 * called inside libssh's channel-open callback.
 */
ssh_channel
chan_open(struct chan *c, ssh_session session);

#endif
