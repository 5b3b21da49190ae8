/*
 * auth.h - signing in by public key. The key decides who it is; the user
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
#include "ssh/limits.h"
#include "ssh/username.h"

struct auth {
	struct ask *ask;
	const struct conn_limits *limits;
	struct meter *meter;
	const char *peer; /* numeric address, for the log */
	bool signed_in;
	char who[64]; /* the account, for the log */
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
 * proof: signed in) or SSH_AUTH_DENIED, so that the client offers its next.
 */
int
auth_key(struct auth *a, const char *user, ssh_key key, bool proven);

#endif
