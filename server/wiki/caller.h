/*
 * caller.h - who asks: bound to a stream by the wiki process, never taken
 * from a message.
 */
#ifndef PLEIN_WIKI_CALLER_H
#define PLEIN_WIKI_CALLER_H

#include "plein/policy.h"
#include "state/accounts.h"

#define CALLER_GUEST "gast" /* the account of guests, for the supervisor */

/* What somebody has shown who has not signed in yet; a bit set. */
enum {
	PROVED_KEY = 1 << 0, /* says the connection process */
	PROVED_PASSWORD = 1 << 1,
	PROVED_CODE = 1 << 2
};

struct caller {
	long conn;
	char *handle; /* NULL before anything was proved, on the host, and of
			 a guest */
	char *name;
	char *language; /* nl, en; NULL before sign-in */
	char *display; /* as plein/display.h writes it, or ""; the same */
	char *key; /* fingerprint or NULL */
	char *peer;
	char *door; /* login screen command api host */
	enum role role;
	unsigned proved; /* while the role is ROLE_NONE */
};

/* Nobody yet (ROLE_NONE), but ROLE_HOST at the door "host". */
struct caller *
caller_new(long conn, const char *door, const char *peer);

/* As `who`, but signed in as this account. `key` may be NULL. */
struct caller *
caller_sign_in(const struct caller *who, const struct account *a,
	       const char *key);

/* As `who`, not signed in, but this account is what was `proved`. */
struct caller *
caller_prove(const struct caller *who, const struct account *a, const char *key,
	     unsigned proved);

/* As `who`, signed in as a guest. */
struct caller *
caller_guest(const struct caller *who);

/* NULL is allowed. */
void
caller_free(struct caller *c);

#endif
