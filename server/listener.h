/*
 * listener.h - one listening socket, and taking connections from it, with a
 * descriptor in reserve so that a full table turns people away instead of
 * leaving them waiting for ever.
 */
#ifndef PLEIN_SERVER_LISTENER_H
#define PLEIN_SERVER_LISTENER_H

#include "address.h"
#include "plein/err.h"

#define LISTENER_BACKLOG 1024

struct listener {
	int fd; /* non-blocking, close-on-exec */
	struct address at; /* with the real port */
};

/* PLEIN_EIO and a line that names the address. */
int
listener_open(struct listener *l, const struct address *at, struct err *err);

/*
 * Take over the sockets that systemd opened for this process
 * (sd_listen_fds(3)): how many, at most `max`; 0 when there are none.
 * PLEIN_ERULE for one that does not listen for TCP. The variables that told of
 * them are removed.
 */
int
listener_adopt(struct listener *l, int max, struct err *err);

/* NULL is allowed; twice is harmless. */
void
listener_close(struct listener *l);

/*
 * Accept one: its descriptor (≥ 0) and *from, or PLEIN_EBUSY when nobody
 * waits. PLEIN_EIO when somebody had to be turned away. `reserve` is an open
 * descriptor that serves for that, or -1.
 */
int
listener_accept(const struct listener *l, struct address *from, int *reserve,
		struct err *err);

/* A descriptor worth nothing, to be held for that. */
int
listener_reserve(void);

#endif
