/*
 * keyring.h - the keys of one person: what they may do with their own. A key
 * that was taken away opens no new connection; who came in by it stays until
 * they leave.
 */
#ifndef PLEIN_STATE_KEYRING_H
#define PLEIN_STATE_KEYRING_H

#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/state.h"

#define KEYRING_MAX 32 /* keys a person */
#define KEYRING_LABEL_MAX 40 /* characters */

struct keyring_key {
	char *fingerprint;
	char *kind; /* key_describe() */
	char *label; /* may be "" */
	int64_t added; /* seconds since 1970 */
	int64_t used; /* the same; 0: never */
};

/* For vec_release(). */
void
keyring_key_free(void *key);

/* Append struct keyring_key *, the oldest first. */
int
keyring_list(struct state *s, const char *handle, struct vec *out,
	     struct err *err);

/*
 * Add the public keys in `text`, one a line as in authorized_keys; blank
 * lines and those that begin with # count for nothing. All or none. With a
 * `label` they are called that, else by their comment. PLEIN_ERULE ("key",
 * "key-kind", "key-weak", "key-private", "keys", "label"), PLEIN_EEXISTS
 * ("key-taken") when one is somebody else's, both with the line where there
 * are several; PLEIN_ESAME when all were this person's.
 */
int
keyring_add(struct state *s, const char *handle, const char *text,
	    const char *label, struct err *err);

/* PLEIN_ENOTFOUND when this person has no such key. */
int
keyring_rename(struct state *s, const char *handle, const char *fingerprint,
	       const char *label, struct err *err);

/* PLEIN_ERULE ("last-way") when there is neither key nor password. */
int
keyring_check_way(struct state *s, const char *handle, struct err *err);

/* As keyring_rename(); PLEIN_ERULE ("last-way") for the last one of who has
 * no password. */
int
keyring_remove(struct state *s, const char *handle, const char *fingerprint,
	       struct err *err);

/* By an administrator: also the last one. PLEIN_ENOTFOUND. */
int
keyring_drop(struct state *s, const char *handle, const char *fingerprint,
	     struct err *err);

/* Somebody signed in with it just now. One that is gone is no error. */
int
keyring_note_use(struct state *s, const char *fingerprint, struct err *err);

#endif
