/*
 * totp.h - codes from an app: RFC 6238 with six digits, SHA-1 and 30 seconds,
 * as every app has them. A step is the number of half minutes since 1970.
 */
#ifndef PLEIN_PROOF_TOTP_H
#define PLEIN_PROOF_TOTP_H

#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define TOTP_SECRET 33 /* bytes of a secret in base32, with its NUL */
#define TOTP_DIGITS 6
#define TOTP_SECONDS 30

/* A new secret: 160 bits, in base32. */
void
totp_secret(char out[TOTP_SECRET]);

/*
 * The step to which the code belongs: that of `now` (seconds since 1970), or
 * the one before or after; else -1. Blanks in the code do not count.
 */
int64_t
totp_step(const char *secret, const char *code, int64_t now);

/* The code of a step, for tests and for programs; PLEIN_EIO. */
int
totp_code(const char *secret, int64_t step, char out[TOTP_DIGITS + 1],
	  struct err *err);

/* "otpauth://totp/…", what an app takes in, appended. Short: its QR code has
 * to fit into 24 lines. */
void
totp_uri(struct buf *out, const char *domain, const char *handle,
	 const char *secret);

#endif
