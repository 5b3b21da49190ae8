/*
 * closing.h - what is known of a person is forgotten. What stays of an
 * account that was closed is its handle, so that nobody else can ever have
 * it, and that and when it was closed; docs/privacy.md says what else
 * does elsewhere, and why.
 */
#ifndef PLEIN_STATE_CLOSING_H
#define PLEIN_STATE_CLOSING_H

#include "plein/err.h"
#include "state/state.h"

/*
 * Close an account for good. PLEIN_ENOTFOUND; PLEIN_ERULE "closed" when it is
 * already, "last-admin".
 */
int
closing_run(struct state *s, const char *handle, struct err *err);

/* All there is of a person but the account itself goes. In a transaction. */
int
closing_forget(struct state *s, const char *handle, struct err *err);

#endif
