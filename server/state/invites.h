/*
 * invites.h - codes that let somebody in at once. A code is shown when it is
 * made; only its hash is kept.
 */
#ifndef PLEIN_STATE_INVITES_H
#define PLEIN_STATE_INVITES_H

#include <stdint.h>

#include "plein/err.h"
#include "plein/path.h"
#include "plein/policy.h"
#include "plein/vec.h"
#include "state/state.h"

struct invite {
	long number; /* set when it is made */
	enum role role;
	char *space; /* borrowed by invite_add() */
	long uses; /* that are left */
	int64_t expires; /* seconds since 1970 */
	char *maker; /* handle, or "" for the host; borrowed as well */
	int64_t made;
};

void
invite_release(struct invite *i);

/* For vec_release() of invite_list(). */
void
invite_free(void *i);

int
invite_add(struct state *s, const struct invite *i, const char *hash,
	   long *number, struct err *err);

/* Append struct invite *, to this space (NULL: to all): those that still let in at `now`, oldest first. */
int
invite_list(struct state *s, const char *space, int64_t now, struct vec *out,
	    struct err *err);

/* PLEIN_ENOTFOUND, also when it is to another space. */
int
invite_revoke(struct state *s, const char *space, long number, struct err *err);

/* Use it once: its role, and in which space (at most SPACE_MAX bytes). PLEIN_EDENIED "invite" when it lets nobody in. */
int
invite_use(struct state *s, const char *hash, int64_t now, enum role *role,
	   char space[SPACE_MAX + 1], struct err *err);

#endif
