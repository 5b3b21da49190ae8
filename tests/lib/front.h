/*
 * front.h - a real sshd in front of a wiki, with the lines of
 * docs/openssh-in-front.md.
 */
#ifndef PLEIN_TEST_FRONT_H
#define PLEIN_TEST_FRONT_H

#include "peer.h"

/* Serve it, with a socket for sshd; after fixture_init(). */
void
front_serve(struct fixture *wiki);

/* Start sshd on a loopback port: `sshd->as` reaches the wiki through it. */
void
front_start(struct peer *sshd, const struct fixture *wiki);

/* Who runs us, as sshd calls them. */
const char *
front_user(void);

#endif
