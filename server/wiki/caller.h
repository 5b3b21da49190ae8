/*
 * caller.h - who asks: bound to a stream by the wiki process, never taken
 * from a message.
 */
#ifndef PLEIN_WIKI_CALLER_H
#define PLEIN_WIKI_CALLER_H

#include <stdbool.h>

#include "plein/conf.h"
#include "plein/policy.h"
#include "state/accounts.h"

/* The accounts of those who have none, for the supervisor. */
#define CALLER_GUEST "gast"
#define CALLER_NEW "nieuw"

/* What somebody has shown who has not signed in yet; a bit set. */
enum {
	PROVED_KEY = 1 << 0, /* says the connection process */
	PROVED_PASSWORD = 1 << 1,
	PROVED_CODE = 1 << 2,
	PROVED_PENDING = 1 << 3 /* a key that may become theirs: no proof yet */
};

struct space; /* wiki/space.h */

struct caller {
	long conn;
	struct space *space; /* they are in; NULL: the default one */
	char *handle; /* NULL before anything was proved, on the host, and of
			 a guest */
	char *name;
	char *language; /* nl, en; NULL before sign-in */
	char *display; /* as plein/display.h writes it, or ""; the same */
	char *organisation; /* of the profile, NULL as handle */
	char *key; /* fingerprint or NULL */
	char *key_line; /* of who applies: as in authorized_keys, or NULL */
	char *offered; /* the same, without one: fingerprints of keys that ssh
			  offered, blanks between; or NULL */
	bool applies; /* a guest, or nobody, who came to apply */
	char *peer;
	char *door; /* login screen command api host */
	enum role role; /* in the wiki, and in the default space */
	enum role given; /* in the space they are in, when it is another */
	enum role most; /* of all their roles: whether a code is needed */
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

/* The role this account signs in with; ROLE_SETUP where it needs a code and
 * has none. */
enum role
caller_role(const struct account *a, const struct conf *conf, bool has_code);

/* What they are in the space they are in, now. */
enum role
caller_here(const struct caller *c);

/* The one question, asked for every request. */
bool
caller_may(const struct caller *c, enum right right);

/* May they change the page, or attachment, at this path? */
bool
caller_may_change(const struct caller *c, const char *path);

/* Does any of their roles ask for a code? */
bool
caller_needs_code(const struct caller *c, const struct conf *conf);

/* As `who`, in this space (NULL: the default one), where they were given this
 * role. */
struct caller *
caller_in_space(const struct caller *who, struct space *s, enum role given);

/* As `who`, but with this role. */
struct caller *
caller_with_role(const struct caller *who, enum role role);

/*
 * As `who`, come to apply for an account with this key; both may be NULL.
 * Where guests read they are one.
 */
struct caller *
caller_newcomer(const struct caller *who, const struct conf *conf,
		const char *key_line, const char *key);

/* Let in without an account: whoever applies may become the one they made. */
bool
caller_is_nobody(const struct caller *c);

/* As `who`, signed in as a guest. */
struct caller *
caller_guest(const struct caller *who);

/* For the supervisor: the account, also of who has none; and the key, of who
 * applies as a line or what was offered, "" for none. */
const char *
caller_account(const struct caller *c);

const char *
caller_key(const struct caller *c);

/* Behind this stream is a client of somebody who signed in. */
bool
caller_is_client(const struct caller *c);

/* Is this the space they are in? */
bool
caller_is_in(const struct caller *c, const struct space *s);

/* Are both in one space? */
bool
caller_is_with(const struct caller *a, const struct caller *b);

/* NULL is allowed. */
void
caller_free(struct caller *c);

#endif
