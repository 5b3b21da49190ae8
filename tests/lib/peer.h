/*
 * peer.h - OpenSSH's sshd on a free loopback port, to compare with or in front
 * of a wiki: curve25519 key exchange, the same client key as our wiki, and the
 * cipher that ssh prefers and our wiki agrees to.
 */
#ifndef PLEIN_TEST_PEER_H
#define PLEIN_TEST_PEER_H

#include <sys/types.h>

#include "fixture.h"

struct peer {
	struct fixture as; /* dir, key and port, so that the same ssh
			      command line reaches it */
	pid_t pid;
};

/*
 * Start sshd, which lets the fixture's key in, or does as `lines` of its
 * configuration say (NULL: none). Ends the program when it cannot.
 */
void
peer_start(struct peer *p, const struct fixture *f, const char *lines);

void
peer_stop(struct peer *p);

/* A port of 127.0.0.1 that nobody has. */
int
peer_free_port(void);

/* Until somebody listens there; ends the program when nobody does. */
void
peer_await_port(int port);

#endif
