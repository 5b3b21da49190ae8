/*
 * decisions.h - what an administrator decided and may still take back: about
 * an application for DECISION_S seconds, in which a refusal is not told; and
 * what waits for a second administrator, until somebody takes it back.
 */
#ifndef PLEIN_STATE_DECISIONS_H
#define PLEIN_STATE_DECISIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/policy.h"
#include "state/state.h"

#define DECISION_S 600

struct decision {
	bool approved; /* else refused */
	char *maker; /* handle, or "" for the host */
	int64_t time; /* seconds since 1970 */
};

void
decision_release(struct decision *d);

/* About the application of this account, which is still there; it can be put
 * back. PLEIN_ENOTFOUND. */
int
decision_note(struct state *s, const char *handle, bool approved,
	      const char *maker, struct err *err);

/* Fill an empty struct; PLEIN_ENOTFOUND when nothing is known any more. */
int
decision_get(struct state *s, const char *handle, struct decision *out,
	     struct err *err);

/* The application waits again, as it was. PLEIN_ENOTFOUND; PLEIN_ERULE
 * "decided-late" when it was told. */
int
decision_undo(struct state *s, const char *handle, struct err *err);

/* Something an administrator asked for, that another must ask for as well. */
struct proposal {
	char *act; /* role, block */
	enum role role; /* that they get, of role */
	char *maker;
	int64_t time;
};

void
proposal_release(struct proposal *p);

/* In place of the one there was about this account. Texts are borrowed. */
int
proposal_put(struct state *s, const char *handle, const struct proposal *p,
	     struct err *err);

/* Fill an empty struct; PLEIN_ENOTFOUND. */
int
proposal_get(struct state *s, const char *handle, struct proposal *out,
	     struct err *err);

/* PLEIN_ENOTFOUND. */
int
proposal_drop(struct state *s, const char *handle, struct err *err);

#endif
