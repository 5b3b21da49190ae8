/*
 * knock.h - coming in by the socket that OpenSSH's helpers use (frontproc.h),
 * and the checks on words that go through a line of authorized_keys and from
 * there through somebody's shell.
 */
#ifndef PLEIN_SERVER_KNOCK_H
#define PLEIN_SERVER_KNOCK_H

#include <stdbool.h>

#include "plein/err.h"

/*
 * Connect and say from where the person comes. The descriptor, non-blocking,
 * on which the supervisor speaks as to a connection process (plein/control.h).
 * PLEIN_ECLOSED when no wiki listens there, PLEIN_EIO.
 */
int
knock_front(const char *path, const char *peer, struct err *err);

/* Means itself to a shell and to sshd: letters, digits, / . _ - + = @ : */
bool
knock_is_plain(const char *word);

#endif
