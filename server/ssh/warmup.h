/*
 * warmup.h - a handshake with ourselves: a client and a server of libssh in
 * one thread, with our own relay between them that can falsify a packet.
 */
#ifndef PLEIN_SSH_WARMUP_H
#define PLEIN_SSH_WARMUP_H

#include <stdbool.h>

#include "plein/err.h"
#include "ssh/hostkey.h"

/*
 * Exchange keys with `cipher` (a libssh name) and sign in with a new key:
 * all that a login takes is in our caches then. With `tamper` the last byte
 * of the first encrypted packet, which belongs to its tag, is changed on the
 * way. *accepted says whether the server took what was sent. Fails when the
 * key exchange itself does not succeed.
 */
int
warmup_run(const struct hostkey *k, const char *cipher, bool tamper,
	   bool *accepted, struct err *err);

#endif
