/*
 * policy.h - who may do what: one pure function.
 */
#ifndef PLEIN_POLICY_H
#define PLEIN_POLICY_H

#include <stdbool.h>

enum role {
	ROLE_NONE, /* a connection that has not signed in */
	ROLE_BLOCKED, /* an account that was stopped; may hear so */
	ROLE_APPLICANT, /* one that was applied for, and may not read: it was
			   refused, or must wait */
	ROLE_NEW, /* somebody without an account, who applies for one */
	ROLE_SETUP, /* somebody known, who must set up a code first */
	ROLE_GAST, /* nobody in particular, who was let in to read */
	ROLE_WAITING, /* an account that was applied for; reads meanwhile */
	ROLE_LEZER, /* from here on: accounts */
	ROLE_BIJDRAGER,
	ROLE_REDACTEUR,
	ROLE_BEHEERDER,
	ROLE_HOST /* the administrator's shell on the host */
};

enum right {
	RIGHT_SIGN_IN, /* auth.*, session.open: ROLE_NONE only */
	RIGHT_KNOW, /* who one is, and which wiki this is */
	RIGHT_REGISTER, /* one's own application for an account */
	RIGHT_PROVE, /* one's own code of an app */
	RIGHT_OWN, /* other things of one's own account: password */
	RIGHT_PROFILE, /* one's own name, display and keys: wherever one is */
	RIGHT_READ,
	RIGHT_WRITE, /* save and create pages */
	RIGHT_ROOT_FILES, /* bronnen.yml README.md .mailmap, sjablonen and what
			     is attached to those */
	RIGHT_MODERATE, /* remarks and threads of others */
	RIGHT_STEWARD, /* who takes part in a space */
	RIGHT_ADMIN, /* of the wiki: accounts, spaces, check */
	RIGHT_HOST /* what only programs of the host ask: push.*, import.* */
};

/* Where a role holds everywhere. */
bool
policy_allows(enum role role, enum right right);

/*
 * What somebody is in a space other than the default one. `wiki` is what their
 * account is, its standing included; `given` the role they were given there,
 * or ROLE_NONE. Of a space that is closed only who was given a role may know:
 * ROLE_NONE is the answer for others.
 */
enum role
policy_role_in(enum role wiki, enum role given, bool closed);

/* May they, being `wiki` in the wiki and `here` in the space it is about? */
bool
policy_may(enum role wiki, enum role here, enum right right);

/* Whether they may have a copy with git; `guests`: plein.conf lets guests.
 * Who applied for an account goes by the same. */
bool
policy_may_clone(enum role role, bool guests);

/* Must this role have a code, where roles from `from` on (ROLE_NONE: nobody)
 * must? */
bool
policy_needs_code(enum role role, enum role from);

/* "blocked", "applicant", "new", "setup", "gast", "waiting", "lezer" … "beheerder"; ROLE_NONE for an unknown word. */
enum role
role_of(const char *name);

const char *
role_name(enum role role);

const char *
right_name(enum right right);

/*
 * Of who may change pages: also the one at this path? How far a municipality
 * is (plein/progress.h) is for somebody of it to say, by the `organisation` of
 * their profile (NULL: none), or for an `editor`.
 */
bool
policy_speaks_for(bool editor, const char *organisation, const char *path);

/* What making, changing or removing the file at this path asks for. */
enum right
policy_right_of(const char *path);

#endif
