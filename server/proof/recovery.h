/*
 * recovery.h - recovery codes: what a person wrote down, to sign in once
 * without the app. 80 bits of chance each, so a plain hash keeps them.
 */
#ifndef PLEIN_PROOF_RECOVERY_H
#define PLEIN_PROOF_RECOVERY_H

#include <stdbool.h>

#define RECOVERY_CODES 8 /* at a time */
#define RECOVERY_CODE 20 /* bytes: "abcd-efgh-jkmn-pqrs" and its NUL */
#define RECOVERY_HASH 65 /* bytes: hexadecimal and its NUL */

void
recovery_make(char out[RECOVERY_CODE]);

/*
 * The hash of a code as a person types it: capitals, blanks and hyphens do
 * not count. False when it can be none.
 */
bool
recovery_hash(const char *handle, const char *code, char out[RECOVERY_HASH]);

#endif
