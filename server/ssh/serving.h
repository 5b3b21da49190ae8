/*
 * serving.h - a libssh session of the server's side, on a socket that was
 * accepted elsewhere; for conn.c and warmup.c.
 */
#ifndef PLEIN_SSH_SERVING_H
#define PLEIN_SSH_SERVING_H

#include <libssh/libssh.h>

#include "plein/err.h"
#include "ssh/hostkey.h"

/*
 * A new non-blocking session that serves with this key on `fd`, which it
 * owns from then on (also on failure). ssh_free() it.
 */
int
serving_new(ssh_session *out, const struct hostkey *k, int fd, struct err *err);

#endif
