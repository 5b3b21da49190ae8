/* tries.h - a handler that judges a password or a code counts the try. */
#ifndef PLEIN_WIKI_TRIES_H
#define PLEIN_WIKI_TRIES_H

#include "wiki/desk.h"
#include "wiki/method.h"

/* One more try of the caller at "WAY of HANDLE", as plein.conf allows, or
 * PLEIN_EBUSY with the rule "wait" and the minutes. */
int
tries_begin(struct desk *d, struct call *c, const char *way,
	    const char *handle);

/* That one was right. */
void
tries_right(struct desk *d, const struct call *c, const char *way,
	    const char *handle);

#endif
