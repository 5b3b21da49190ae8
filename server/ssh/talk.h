/*
 * talk.h - keyboard-interactive as libssh has it: messages in, questions out.
 * What they mean is in interact.h and auth.h.
 */
#ifndef PLEIN_SSH_TALK_H
#define PLEIN_SSH_TALK_H

#include <stdbool.h>

#include <libssh/libssh.h>
#include <libssh/server.h>

#include "ssh/auth.h"

/* Is it ours: a request for keyboard-interactive, or answers? */
bool
talk_is(ssh_message m);

/* Take it. False when it is to be refused, by the caller. */
bool
talk_take(struct auth *a, ssh_session s, ssh_message m);

#endif
