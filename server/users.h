/*
 * users.h - as whom each process runs. The wiki process and git's children
 * are always the owner of DATA. Started by root, connections and clients are
 * `plein-login`, or nobody where there is no such user.
 */
#ifndef PLEIN_SERVER_USERS_H
#define PLEIN_SERVER_USERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "plein/err.h"

#define USERS_LOGIN "plein-login"
#define USERS_NOBODY 65534

struct user {
	uid_t uid;
	gid_t gid;
};

struct users {
	bool switches; /* false: everything stays as it is */
	bool root_owned; /* DATA belongs to root: worth a warning */
	struct user owner;
	struct user login;
};

/*
 * Decide. `self` is who we are, `owner` whom the data folder belongs to,
 * `login` the account plein-login or NULL. PLEIN_EDENIED when we are neither
 * root nor the owner.
 */
int
users_choose(struct users *out, struct user self, struct user owner,
	     const struct user *login, struct err *err);

/* Ask the system who we are, who owns `data`, who plein-login is; choose. */
int
users_find(struct users *out, int data, struct err *err);

/* Become `u`, for good, without further groups. PLEIN_EIO. */
int
users_become(const struct user *u, struct err *err);

#endif
