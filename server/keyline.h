/*
 * keyline.h - `pleind keys FRONT USER TYPE KEY`, sshd's AuthorizedKeysCommand.
 */
#ifndef PLEIN_SERVER_KEYLINE_H
#define PLEIN_SERVER_KEYLINE_H

#include "plein/buf.h"
#include "plein/err.h"

struct keyline {
	const char *program; /* pleind, with its path */
	const char *front; /* the socket */
	const char *account;
	const char *kind, *blob; /* of the key, as in RFC 4253 §6.6, base64 */
};

/*
 * A line of authorized_keys (sshd(8)) that leads this key to its account and
 * nowhere else. Nothing is written, and PLEIN_ERULE, when a word could mean
 * more than itself. Pure.
 */
int
keyline_write(const struct keyline *k, struct buf *out, struct err *err);

/* Print that line for a key that an account has, else nothing; exit code. */
int
keyline_main(int argc, char **argv);

#endif
