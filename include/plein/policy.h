/*
 * policy.h - who may do what: one pure function.
 */
#ifndef PLEIN_POLICY_H
#define PLEIN_POLICY_H

#include <stdbool.h>

enum role {
	ROLE_NONE, /* a connection that has not signed in */
	ROLE_LEZER,
	ROLE_BIJDRAGER,
	ROLE_REDACTEUR,
	ROLE_BEHEERDER,
	ROLE_HOST /* the administrator's shell on the host */
};

enum right {
	RIGHT_SIGN_IN, /* auth.*, session.open: ROLE_NONE only */
	RIGHT_READ,
	RIGHT_WRITE, /* save and create pages */
	RIGHT_ROOT_FILES, /* bronnen.yml README.md .mailmap, sjablonen */
	RIGHT_ADMIN, /* accounts, check */
	RIGHT_HOST /* what only programs of the host ask: push.*, import.* */
};

bool
policy_allows(enum role role, enum right right);

/* "lezer" … "beheerder"; ROLE_NONE for an unknown word. */
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
