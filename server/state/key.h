/* key.h - public keys as ssh writes them down: kind and base64. Pure. */
#ifndef PLEIN_STATE_KEY_H
#define PLEIN_STATE_KEY_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

#define KEY_FINGERPRINT 64 /* bytes that are enough for "SHA256:…" */

/* "SHA256:…" of a base64 blob into out[64]; PLEIN_ERULE when no base64. */
int
key_fingerprint(const char *blob, char *out, struct err *err);

/*
 * May this key sign in at all? ed25519, sk-ed25519, ecdsa nistp256 and 384,
 * rsa ≥ 3072 bits; the blob must name the same kind. PLEIN_ERULE, with the
 * rule "key-kind", "key-weak" or else "key".
 */
int
key_check(const char *kind, const char *blob, struct err *err);

/* Of an rsa key that can be read at all; else 0. */
size_t
key_bits(const char *kind, const char *blob);

/* One that key_check() took, as people call it: "ed25519", "sk-ed25519",
 * "ecdsa 256", "rsa 4096"; appended. */
void
key_describe(const char *kind, const char *blob, struct buf *out);

#endif
