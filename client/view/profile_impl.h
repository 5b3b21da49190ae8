/* profile_impl.h - what the files of the profile share. */
#ifndef PLEIN_VIEW_PROFILE_IMPL_H
#define PLEIN_VIEW_PROFILE_IMPL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/parts.h"
#include "plein/display.h"
#include "view/form_view.h"

/* Ids of the form: texts, choices in the order of display.h, and keys. */
enum {
	PROFILE_NAME = FORM_FIELDS,
	PROFILE_ORGANISATION,
	PROFILE_LANGUAGE,
	PROFILE_SETTINGS,
	PROFILE_ADD = PROFILE_SETTINGS + DISPLAY_N,
	PROFILE_PASSWORD,
	PROFILE_CODE,
	PROFILE_SESSIONS,
	PROFILE_DATA,
	PROFILE_LEAVE,
	PROFILE_KEYS
};

/* A choice that is looked at before it is kept. */
struct trial {
	int id; /* of the form; 0: none */
	size_t was;
	int64_t due; /* clock_mono_ms() at which it is taken back */
};

struct profile {
	struct form_view form;
	json_t *data; /* result of profile.get; NULL: on its way */
	json_t *proofs; /* of proof.info; NULL: not known, or none */
	struct parts stored; /* of profile.data */
	int act; /* the button to be pressed when the form is there, or 0 */
	struct trial trial;
	char *password; /* typed once, or NULL */
	char *key; /* fingerprint of the one that is being named, or NULL */
};

/* The wiki's answer to what changed the profile: `done` is said, or why not.
 * False: it refused. */
bool
profile_take(struct profile *p, const struct rpc_msg *m, const char *done);

/* --- keys (profile_keys.c) --- */

/* Rows and the button, below a heading. */
void
profile_add_keys(struct profile *p);

/* "… with key 1", which signed in last; its moment or 0. */
json_int_t
profile_last_key(const struct profile *p, size_t *number);

/* The row or button in focus was pressed. */
struct request
profile_press_key(const struct profile *p);

/* KEY_…; false when it is none of those. */
bool
profile_run_key(struct profile *p, enum command cmd, const char *text,
		struct request *r);

/* --- the password (profile_password.c) --- */

/* Its button was pressed. */
struct request
profile_press_password(struct profile *p);

/* PASSWORD_…; false when it is none of those. */
bool
profile_run_password(struct profile *p, enum command cmd, const char *text,
		     struct request *r);

/* What was typed once is wiped. */
void
profile_forget_password(struct profile *p);

/* profile_account.c: its buttons; false: another id, another command. */
void
profile_add_account(struct profile *p);

bool
profile_press_account(struct profile *p, int id, struct request *r);

bool
profile_run_account(struct profile *p, enum command cmd, const char *text,
		    struct request *r);

/* Which ways to sign in there are, anew. */
void
profile_ask_proofs(struct profile *p);

#endif
