/*
 * audit.h - who did what to accounts and rights, and who signed in: records
 * that are only ever added, each sealed with the SHA-256 of itself and of the
 * one before it. Whoever alters, removes or inserts one leaves a place where
 * the chain does not hold; who makes the whole chain anew is found out by a
 * head that was kept elsewhere.
 */
#ifndef PLEIN_STATE_AUDIT_H
#define PLEIN_STATE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "state/state.h"

#define AUDIT_HASH 65 /* hexadecimal, with its NUL */
#define AUDIT_HEAD 96 /* "number:hash", the same */

enum audit_field {
	AUDIT_ACT, /* the method, or "refused.more", "guest.more", "lost" */
	AUDIT_WHO, /* handle; "" for nobody, "gast" for a guest */
	AUDIT_DOOR, /* login screen command api host */
	AUDIT_FROM, /* numeric address; "" on the host */
	AUDIT_ABOUT, /* whose account, if another's */
	AUDIT_DETAIL, /* name=value, separated by blanks; no secrets */
	AUDIT_RESULT, /* "ok" or the name of the error */
	AUDIT_FIELDS
};

struct audit_record {
	int64_t n; /* from 1; set when it is added */
	int64_t time; /* seconds since 1970 */
	char *field[AUDIT_FIELDS]; /* NULL: the same as "" */
};

/* NULL is allowed. */
void
audit_record_free(void *r);

/* The name of a field, as the protocol has it. */
const char *
audit_field_name(enum audit_field f);

/* Add it behind the newest, in the transaction that is open or alone. */
int
audit_add(struct state *s, const struct audit_record *r, struct err *err);

struct audit_part {
	int64_t since; /* not older than this */
	int64_t before; /* only numbers below it; 0: all */
	int most;
	const char *space; /* only what was done there; NULL: all */
	const char *person; /* only by or about this handle; NULL: all */
	bool refused; /* only what did not succeed */
};

/* Append struct audit_record * (audit_record_free), newest first. */
int
audit_list(struct state *s, const struct audit_part *part, struct vec *out,
	   struct err *err);

enum audit_break {
	AUDIT_SOUND,
	AUDIT_ALTERED, /* record `at` does not follow from those before it */
	AUDIT_MISSING, /* there is no record `at`, though there are later ones */
	AUDIT_CUT, /* the same, and none behind it */
	AUDIT_OTHER_HEAD /* record `at` is not the one whose head was kept */
};

struct audit_verdict {
	int64_t n; /* records there are */
	enum audit_break what;
	int64_t at;
	char head[AUDIT_HEAD]; /* of the newest; "0:…" when there is none */
};

/*
 * Go through all of it, as it is at one moment; the first break counts.
 * `head` was told by an earlier call, or is NULL; PLEIN_EUSAGE when it is no
 * head.
 */
int
audit_verify(struct state *s, const char *head, struct audit_verdict *v,
	     struct err *err);

#endif
