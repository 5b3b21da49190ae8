/*
 * standing.h - how people come to have an account, and how it ends. Who
 * applies has an account at once, that waits: they can sign in with what
 * they applied with, and read. What was applied for is kept as long as it is
 * not decided. Codes that were given to people are in invites.h.
 */
#ifndef PLEIN_STATE_STANDING_H
#define PLEIN_STATE_STANDING_H

#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"
#include "state/accounts.h"

#define STANDING_REASON_MAX 300 /* characters of a reason, one line */

/* "active", "waiting", "refused", "blocked", "closed". */
const char *
standing_name(enum standing standing);

/* `reason` may be NULL. PLEIN_ENOTFOUND; PLEIN_ERULE "reason". */
int
standing_set(struct state *s, const char *handle, enum standing standing,
	     const char *reason, struct err *err);

/*
 * With whom would this take the last away who is an active administrator?
 * PLEIN_ERULE "last-admin" when it is this one.
 */
int
standing_spare_last(struct state *s, const char *handle, struct err *err);

/* PLEIN_ENOTFOUND. */
int
standing_set_role(struct state *s, const char *handle, enum role role,
		  struct err *err);

/* What somebody says of themselves. Texts are borrowed. */
struct application_form {
	const char *handle, *name, *organisation, *reason;
	const char *language, *display; /* as in struct account */
	const char *key; /* line of authorized_keys, or NULL */
	const char *hash; /* of a password, or NULL */
	const char *peer; /* address it comes from */
};

/*
 * An account that waits and its application; *number is that of the
 * application. PLEIN_ERULE "handle", "handle-like", "name", "organisation",
 * "reason", "key"; PLEIN_EEXISTS "handle-taken" or "key-taken".
 */
int
application_submit(struct state *s, const struct application_form *form,
		   long *number, struct err *err);

/* Say something else; what is NULL stays, handle and key do. Who was refused
 * waits again. PLEIN_ENOTFOUND when nothing is applied for. */
int
application_change(struct state *s, const struct application_form *form,
		   struct err *err);

/* Ask who applies something; *handle is whose it is, to be freed. It is asked
 * until they change their application. PLEIN_ENOTFOUND; PLEIN_ERULE
 * "question" as "reason". */
int
application_ask(struct state *s, long number, const char *question,
		char **handle, struct err *err);

/* A handle like this one that is free, appended; or nothing, when there is
 * none near. */
void
application_suggest(struct state *s, const char *handle, struct buf *out);

/* It is decided: there is nothing to decide any more. */
int
application_close(struct state *s, const char *handle, struct err *err);

/* The account goes, with all that is known of them. PLEIN_ENOTFOUND. */
int
application_withdraw(struct state *s, const char *handle, struct err *err);

/* The same for all that came before `time` and still wait or were refused;
 * their handles (char *) are appended to `gone`. */
int
application_expire(struct state *s, int64_t time, struct vec *gone,
		   struct err *err);

struct application {
	long number;
	struct account account;
	char *reason;
	char *question; /* that they were asked and did not answer, or NULL */
	char *peer;
	int64_t time;
	char *kind, *fingerprint; /* of the key; NULL: none */
	char *like; /* another's handle that looks like it, or NULL */
};

/* For vec_release() of application_list(). */
void
application_free(void *application);

/* Append struct application *: those that wait, the oldest first. */
int
application_list(struct state *s, struct vec *out, struct err *err);

/* Of one account, waiting or refused: fills an empty struct, frees with
 * application_release(). PLEIN_ENOTFOUND. */
int
application_get(struct state *s, const char *handle, struct application *out,
		struct err *err);

void
application_release(struct application *a);

/* How many are to be decided. */
int
application_waiting(struct state *s, long *n, struct err *err);

/* How many wait or were refused, in all and from one address. */
struct application_count {
	long all, peer;
};

int
application_count(struct state *s, const char *peer,
		  struct application_count *out, struct err *err);

#endif
