/*
 * username.h - the user name of an SSH login. It says nothing about who
 * somebody is (the key does), but some names are doors: gast (or guest),
 * nieuw (or new), git.
 * Windows offers names such as "GEMEENTE\jan.devries" by itself. Pure.
 */
#ifndef PLEIN_SSH_USERNAME_H
#define PLEIN_SSH_USERNAME_H

#include <stdbool.h>

#define USERNAME_MAX 64

struct username {
	bool refused; /* too long, not UTF-8, or with controls */
	char used[USERNAME_MAX + 1]; /* [a-z0-9._@-]{1,64}, or "" */
};

/*
 * What is used of this name: the name of a door whatever its case; what fits
 * the pattern; of all others nothing, as if none had been given. Only `used`
 * may be logged or passed on.
 */
void
username_read(struct username *u, const char *raw);

#endif
