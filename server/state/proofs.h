/*
 * proofs.h - what people know or have besides their keys: a password, an app
 * that makes codes, recovery codes. Kept as given; what they mean is in
 * server/proof.
 */
#ifndef PLEIN_STATE_PROOFS_H
#define PLEIN_STATE_PROOFS_H

#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"
#include "state/state.h"

struct proofs {
	char *password; /* its hash, or NULL: none */
	char *secret; /* of the app, or NULL: no code is asked */
	char *pending; /* one that was not confirmed yet, or NULL */
	int64_t step; /* the last that was used */
	int64_t since; /* when the code was confirmed */
	size_t n_recovery; /* codes that are left */
};

/* Wipes what it frees. */
void
proofs_release(struct proofs *p);

/* Fill an empty struct; of somebody unknown all is empty. Release it. */
int
proofs_get(struct state *s, const char *handle, struct proofs *out,
	   struct err *err);

/* A hash; NULL takes the password away. PLEIN_ENOTFOUND: no such account. */
int
proofs_set_password(struct state *s, const char *handle, const char *hash,
		    struct err *err);

/* Keep a secret until it is confirmed; an older one goes on being asked. */
int
proofs_offer_code(struct state *s, const char *handle, const char *secret,
		  struct err *err);

/*
 * The secret that waits counts from now on, its first used step is `step`,
 * and these n hashes are the recovery codes. PLEIN_ENOTFOUND when none
 * waits.
 */
int
proofs_confirm_code(struct state *s, const char *handle, int64_t step,
		    const char *const *hashes, size_t n, struct err *err);

/* No code is asked any more. */
int
proofs_clear_code(struct state *s, const char *handle, struct err *err);

/* Use up a step: PLEIN_EDENIED when it, or a later one, was used before. */
int
proofs_burn_step(struct state *s, const char *handle, int64_t step,
		 struct err *err);

/* Use up a recovery code: PLEIN_EDENIED when there is none such. */
int
proofs_burn_recovery(struct state *s, const char *handle, const char *hash,
		     struct err *err);

#endif
