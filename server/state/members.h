/*
 * members.h - the spaces there are, who is what in them, and where people were
 * last. The default space is not among them: what somebody is there is the
 * role of their account. A space that has a repository and no row here is one
 * that nobody may see.
 */
#ifndef PLEIN_STATE_MEMBERS_H
#define PLEIN_STATE_MEMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/policy.h"
#include "plein/vec.h"
#include "state/state.h"

#define SPACE_TITLE_MAX 60 /* characters, one line */

struct space_row {
	char *name;
	char *title; /* may be "" */
	bool closed; /* only who has a role there may know of it */
	int64_t made; /* seconds since 1970 */
};

/* For vec_release() of space_rows(). */
void
space_row_free(void *r);

/* Add it, or change title and whether it is closed. PLEIN_ERULE "title". */
int
space_put(struct state *s, const char *name, const char *title, bool closed,
	  struct err *err);

/* One, for space_row_free(); PLEIN_ENOTFOUND. */
int
space_row(struct state *s, const char *name, struct space_row **out,
	  struct err *err);

/* Append struct space_row *, in order of name. */
int
space_rows(struct state *s, struct vec *out, struct err *err);

/*
 * It is no space any more: who was what there, what they read, the
 * invitations to it and its open rounds go. Drafts stay: they are content. PLEIN_ENOTFOUND.
 */
int
space_drop(struct state *s, const char *name, struct err *err);

struct member {
	char *handle, *name; /* of the account */
	char *space;
	enum role role;
	int64_t since;
};

/* For vec_release(). */
void
member_free(void *m);

/* ROLE_NONE takes the role away. PLEIN_ENOTFOUND when there is no such
 * account or space, or no role to take away. */
int
member_set(struct state *s, const char *space, const char *handle,
	   enum role role, struct err *err);

/* *role is ROLE_NONE when they have none. */
int
member_role(struct state *s, const char *space, const char *handle,
	    enum role *role, struct err *err);

/* Append struct member * of a space, or (`space` NULL) of one person. */
int
member_list(struct state *s, const char *space, const char *handle,
	    struct vec *out, struct err *err);

/* Where this person was last; "" when that is not known. Appended. */
int
seat_get(struct state *s, const char *handle, char *out, size_t size,
	 struct err *err);

int
seat_put(struct state *s, const char *handle, const char *space,
	 struct err *err);

#endif
