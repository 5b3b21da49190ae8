/*
 * attempts.h - how often who tried a password or a code: of one account, and
 * from one address (an IPv6 network of 64 bits is one). Shared by all threads
 * of the wiki process; gone with it.
 *
 * A try counts when it begins, so that many at once are no way around it.
 */
#ifndef PLEIN_WIKI_ATTEMPTS_H
#define PLEIN_WIKI_ATTEMPTS_H

#include <stdint.h>

#include "plein/conf.h"

#define ATTEMPTS_KEPT 4096 /* names and addresses; then the oldest goes */

struct attempts;

struct attempts *
attempts_new(void);

void
attempts_free(struct attempts *a);

/*
 * One more try at `what` (a short text: which account, which way) from the
 * numeric address `peer`, at `now` (ms of any clock that only goes on). 0, or
 * the ms to wait: then it does not count, and must not be made.
 */
int64_t
attempts_begin(struct attempts *a, const struct conf_tries *rule,
	       const char *what, const char *peer, int64_t now);

/* It was right: what was counted of `what` is forgotten, of `peer` this one. */
void
attempts_right(struct attempts *a, const char *what, const char *peer);

#endif
