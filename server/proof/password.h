/*
 * password.h - hashes of passwords: argon2id, 64 MiB and some 80 ms each, so
 * that a stolen state.db does not give them away soon. Any thread may call;
 * how many do at once is the caller's matter.
 */
#ifndef PLEIN_PROOF_PASSWORD_H
#define PLEIN_PROOF_PASSWORD_H

#include <stdbool.h>

#include "plein/err.h"

#define PASSWORD_MIN 10 /* characters */
#define PASSWORD_MAX 256 /* bytes */
#define PASSWORD_HASH 128 /* bytes that hold any hash */

/* PLEIN_ERULE when it is too short or too long. */
int
password_check(const char *password, struct err *err);

/* A hash to keep. PLEIN_EBUSY when there is no memory for it now. */
int
password_hash(char out[PASSWORD_HASH], const char *password, struct err *err);

/*
 * Does the password belong to this hash? NULL: nobody has it, and finding
 * that out takes as long.
 */
bool
password_matches(const char *hash, const char *password);

/* Overwrite what is secret; the compiler does not leave it out. */
void
password_wipe(char *text);

#endif
