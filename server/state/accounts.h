/* accounts.h - people and the keys that prove who they are. */
#ifndef PLEIN_STATE_ACCOUNTS_H
#define PLEIN_STATE_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/policy.h"
#include "plein/vec.h"
#include "state/key.h"
#include "state/state.h"

#define ACCOUNT_NAME_MAX 64 /* characters */
#define ACCOUNT_ORGANISATION_MAX 80 /* characters */

enum standing {
	STANDING_ACTIVE,
	STANDING_WAITING, /* applied; somebody must decide */
	STANDING_REFUSED,
	STANDING_BLOCKED,
	STANDING_CLOSED
};

struct account {
	char *handle;
	char *name;
	char *language; /* nl, en; "": none chosen */
	char *organisation; /* may be "" */
	char *display; /* as display_write() has it; "": nothing chosen */
	enum role role; /* in the default space, once it is active:
			   account_role() */
	enum role most; /* of its roles in all spaces */
	enum standing standing; /* state/standing.h */
	char *reason; /* why it was refused or blocked, or "" */
	int64_t refused; /* when, in seconds since 1970, if that may be taken
			    back (state/decisions.h); else 0 */
	int64_t created; /* seconds since 1970 */
	size_t n_keys;
};

void
account_release(struct account *a);

/* What its person may know of its standing: a refusal is told only when it
 * cannot be taken back any more (state/decisions.h). */
enum standing
account_told(const struct account *a);

/* The role this account has now, which goes by its standing too. */
enum role
account_role(const struct account *a);

/* Is this in one line, not blank, without what breaks an author line of git,
 * and of at most `max` characters? */
bool
account_is_line(const char *s, size_t max);

/* For vec_release() of account_list(): releases and frees. */
void
account_free(void *a);

/*
 * Add. PLEIN_EEXISTS when the handle is taken, PLEIN_ERULE when handle or
 * name cannot be (plein/path.h, plein/filter.h).
 */
int
account_add(struct state *s, const char *handle, const char *name,
	    enum role role, const char *language, struct err *err);

/* Fill an empty account; PLEIN_ENOTFOUND. Release it. */
int
account_get(struct state *s, const char *handle, struct account *out,
	    struct err *err);

/* Which accounts; what is NULL, 0 or false does not matter. */
struct account_choice {
	const char *after; /* a handle: those behind it */
	const char *words; /* letters of handle, name or organisation, whatever
			      their capitals and accents */
	const char *member_of; /* a space where they have a role */
	const char *role; /* active, with this one; or with this one there */
	bool out; /* not active */
	bool codeless; /* without a code of an app */
	const char *space; /* where they must not have been */
	int64_t unseen; /* since then */
};

/*
 * Append at most `most` struct account * (account_free) in order of handle.
 * *count (may be NULL): how many there are in all.
 */
int
account_choose(struct state *s, const struct account_choice *which, size_t most,
	       struct vec *out, size_t *count, struct err *err);

/* Append struct account * (account_free) in order of handle. */
int
account_list(struct state *s, struct vec *out, struct err *err);

/*
 * Change what a person may change themselves; NULL leaves a text as it is.
 * PLEIN_ERULE when it cannot be, PLEIN_ENOTFOUND. `display` is stored as it
 * is.
 */
struct account_change {
	const char *name, *organisation, *language, *display;
};

int
account_change(struct state *s, const char *handle,
	       const struct account_change *c, struct err *err);

/*
 * Give an account a public key, in the form of an authorized_keys line
 * ("ssh-ed25519 AAAA… comment"). Refuses weak kinds (PLEIN_ERULE: see
 * docs/SECURITY.md) and keys that belong to somebody (PLEIN_EEXISTS).
 */
int
account_add_key(struct state *s, const char *handle, const char *line,
		struct err *err);

/*
 * Whose key is it? `blob` is the base64 of RFC 4253 §6.6 as in
 * authorized_keys. PLEIN_ENOTFOUND, by the rule "weak" for a kind that is
 * never let in; at: the bits of an rsa key. `fingerprint` (at least 64 bytes)
 * becomes "SHA256:…".
 */
int
account_by_key(struct state *s, const char *kind, const char *blob,
	       struct account *out, char *fingerprint, struct err *err);

#endif
