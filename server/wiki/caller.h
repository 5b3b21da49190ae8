/*
 * caller.h - who asks: bound to a stream by the wiki process, never taken
 * from a message.
 */
#ifndef PLEIN_WIKI_CALLER_H
#define PLEIN_WIKI_CALLER_H

#include "plein/policy.h"
#include "state/accounts.h"

struct caller {
	long conn;
	char *handle; /* NULL before sign-in, and on the host */
	char *name;
	char *language; /* nl, en; NULL before sign-in */
	char *display; /* as plein/display.h writes it, or ""; the same */
	char *key; /* fingerprint or NULL */
	char *peer;
	char *door; /* login screen command api host */
	enum role role;
};

/* Nobody yet (ROLE_NONE), but ROLE_HOST at the door "host". */
struct caller *
caller_new(long conn, const char *door, const char *peer);

/* As `who`, but signed in as this account. `key` may be NULL. */
struct caller *
caller_sign_in(const struct caller *who, const struct account *a,
	       const char *key);

/* NULL is allowed. */
void
caller_free(struct caller *c);

#endif
