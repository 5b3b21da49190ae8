/* hostkey.h - the key that proves which server this is. */
#ifndef PLEIN_SSH_HOSTKEY_H
#define PLEIN_SSH_HOSTKEY_H

#include "plein/err.h"

struct hostkey;

/* Make a new ed25519 key; writes `hostkey_ed25519` (0600, synced) and
 * `hostkey_ed25519.pub` in the folder `dir`. */
int
hostkey_create(int dir, struct err *err);

/* Load it, prepare libssh for serving with it (algorithms of
 * docs/SECURITY.md, no system configuration). */
int
hostkey_load(struct hostkey **out, int dir, struct err *err);

void
hostkey_free(struct hostkey *k);

/* "SHA256:…", as ssh-keygen -l prints it. */
const char *
hostkey_fingerprint(const struct hostkey *k);

/*
 * One complete handshake with ourselves over a socketpair: fills OpenSSL's
 * caches before the first fork. Then a second one that ends with an AES-GCM
 * packet whose tag is wrong: a libssh that accepts it (before
 * 0.10.6-0+deb12u3) is refused with PLEIN_ERULE.
 */
int
hostkey_warm_up(struct hostkey *k, struct err *err);

#endif
