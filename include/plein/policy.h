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
	RIGHT_READ,
	RIGHT_WRITE, /* save and create pages */
	RIGHT_ROOT_FILES, /* bronnen.yml README.md .mailmap, sjablonen */
	RIGHT_ADMIN, /* accounts, check */
	RIGHT_HOST /* what only programs of the host ask: push.*, import.* */
};

bool
policy_allows(enum role role, enum right right);

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

/* What making, changing or removing the file at this path asks for. */
enum right
policy_right_of(const char *path);

#endif
