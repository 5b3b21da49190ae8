/*
 * cast.h - one person for each role and each state of an account, who signs
 * in to a wiki of the test. The columns of the tables are their names:
 *
 *   nobody      a stream that has not signed in
 *   gast        a guest (plein.conf lets guests read, not clone)
 *   nieuw       somebody with a key of nobody, who applies, where guests do
 *               not read; where they do, they are one
 *   refused     an application that was refused
 *   unread      one that waits, where plein.conf does not let those read
 *   waiting     one that waits, where it does
 *   half        a bijdrager with a code, who has shown the key only
 *   setup       a redacteur who must set up a code first
 *   blocked     an account that was stopped
 *   stopped     a bijdrager who signed in and was stopped then
 *   closed      a bijdrager whose account was closed; where they could sign in
 *               before that, they had
 *   lezer bijdrager redacteur beheerder
 *   host        the administrator's shell
 *   lid-lezer lid-bijdrager lid-redacteur lid-beheerder
 *               a lezer, who is a member of spaces where the test makes them
 */
#ifndef PLEIN_RIGHTS_CAST_H
#define PLEIN_RIGHTS_CAST_H

#include "fixture.h"
#include "proof/totp.h"
#include "sheet.h"
#include "visit.h"

#define CAST_RECOVERY 64 /* bytes of a recovery code */

enum person {
	NOBODY,
	GAST,
	NIEUW,
	REFUSED,
	UNREAD,
	WAITING,
	HALF,
	SETUP,
	BLOCKED,
	STOPPED,
	CLOSED,
	LEZER,
	BIJDRAGER,
	REDACTEUR,
	BEHEERDER,
	HOST,
	LID_LEZER,
	LID_BIJDRAGER,
	LID_REDACTEUR,
	LID_BEHEERDER,
	PERSON_N
};

/* A wiki in which all of them are who they are; `stopped` and `closed` not
 * yet. */
void
cast_start(struct fixture *f);

/* Whose column it is; the test fails when nobody is called so. */
enum person
cast_of_column(const struct sheet *t, int column);

const char *
cast_name(enum person p);

/*
 * Sign in, in a wiki with the settings that make them who they are; after
 * which the settings are the usual ones. cast_settle() comes before, and
 * cast_unsettle() after, for who signs in more often.
 */
void
cast_sign_in(const struct fixture *f, enum person p, struct visit *v);

void
cast_settle(struct fixture *f, enum person p);

/* Somebody more: add the account, with this role, and sign in. */
void
cast_join(const struct fixture *f, const char *name, const char *role,
	  struct visit *v);

void
cast_unsettle(struct fixture *f, enum person p);

/* An app makes codes for them from now on: its secret, and a recovery code.
 * The code of the step before this one is used up. */
void
cast_take_app(const struct fixture *f, enum person p, char secret[TOTP_SECRET],
	      char recovery[CAST_RECOVERY]);

/* Ask; the test fails on any error. */
void
cast_ask(struct visit *v, const char *method, json_t *params_take);

/* The same as the host, once. */
void
cast_host(const struct fixture *f, const char *method, const char *json);

/* What this answer to them, or to the host about them, calls thread and remark
 * is what the table means by it from now on. */
void
cast_remember(enum person p, json_t *answer);

/* What stands in a table, with the words of this person for free(). */
char *
cast_fill(const struct fixture *f, const char *text, enum person p);

/* Do what a row says that the host does; it must work. */
void
cast_prepare(const struct fixture *f, const struct row *r);

#endif
