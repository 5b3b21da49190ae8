/*
 * seconding.h - where plein.conf asks for it (tweede_beheerder), what makes or
 * ends an administrator is done when a second one asks for the same. The host
 * needs nobody.
 */
#ifndef PLEIN_WIKI_SECONDING_H
#define PLEIN_WIKI_SECONDING_H

#include <stdbool.h>

#include "wiki/desk.h"
#include "wiki/method.h"

/*
 * `act` (role, with that `role`; block; close) on this account: *waits when it was
 * only noted, and somebody else must ask for it too.
 */
int
seconding_ask(struct desk *d, struct call *c, const char *act, enum role role,
	      bool *waits);

/* An administrator cannot be made in this way: PLEIN_ERULE "second". */
int
seconding_refuse(struct desk *d, struct call *c, enum role role);

/* {act, role, by, time} of what waits for this account, or null. */
json_t *
seconding_describe(struct desk *d, const char *handle);

#endif
