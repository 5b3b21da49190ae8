/*
 * auth.h - signing in: what the client shows is carried to the wiki process,
 * in the order that interact.h allows. The key decides who it is; the user
 * name only has to be harmless. A key that is offered proves nothing: it is
 * granted when its signature was verified and the wiki process has bound
 * the connection (session.open), and then never again.
 */
#ifndef PLEIN_SSH_AUTH_H
#define PLEIN_SSH_AUTH_H

#include <stdbool.h>

#include <libssh/libssh.h>

#include "ssh/ask.h"
#include "ssh/conn.h"
#include "ssh/interact.h"
#include "ssh/limits.h"
#include "ssh/username.h"
#include "ssh/words.h"

struct auth {
	struct ask *ask;
	const struct conn_limits *limits;
	struct meter *meter;
	const char *peer; /* numeric address, for the log */
	struct interact interact;
	struct offers offers; /* keys that are not known */
	bool signed_in;
	bool talking; /* something was asked */
	bool pending; /* the key that was looked up is to be linked */
	char who[64]; /* the account, for the log */
	char language[3]; /* of the account, once something was proved */
	long minutes; /* to wait, when too many were wrong */
	char wiki[256]; /* its name, once it was asked for */
};

/* What is known when a key is offered or has signed. */
struct auth_offer {
	const struct username *user;
	bool proven; /* its signature was verified */
	bool within; /* no limit is broken */
};

enum auth_step { AUTH_DENY, AUTH_LOOK_UP, AUTH_OPEN };

/* What to do about an offer. Pure. */
enum auth_step
auth_next(const struct auth_offer *offer);

/*
 * The answer to libssh: SSH_AUTH_SUCCESS (to an offer: go on and sign, to a
 * proof: signed in), SSH_AUTH_PARTIAL (a code is asked as well) or
 * SSH_AUTH_DENIED, so that the client offers its next.
 */
int
auth_key(struct auth *a, const char *user, ssh_key key, bool proven);

/* The method "none": SSH_AUTH_SUCCESS for a guest who may. */
int
auth_none(struct auth *a, const char *user);

/* What a step needs that the client said; all may be NULL. */
struct auth_said {
	const char *kind, *blob, *fingerprint; /* of a key */
	const char *name, *password;
	const char *code;
	const char *offered; /* fingerprints that can be linked, or NULL */
};

/* Ask the wiki process, as often as `step` says, until there is a step for
 * the client. */
enum interact_step
auth_carry(struct auth *a, enum interact_step step,
	   const struct auth_said *said);

/* Ask what the menu shows: whether guests may come in, the wiki's name. */
void
auth_ask_menu(struct auth *a);

#endif
