/*
 * frontproc.h - OpenSSH in front of us: `pleind keys` and `pleind session`,
 * which sshd starts, come in by a socket of their own and are from then on
 * members like a connection process (docs/adr/0013). What sshd proved about
 * the person is what they say; the kernel says as which user they run.
 */
#ifndef PLEIN_SERVER_FRONTPROC_H
#define PLEIN_SERVER_FRONTPROC_H

#include "house.h"

/* The user sshd runs them as; root and the owner of DATA may too. */
#define FRONT_USER "plein-ssh"

/* Does the kernel say that user `uid` may come in? Pure. */
bool
frontproc_lets_in(const struct house *h, uid_t uid);

/* Listen at `path`, a socket of an earlier run there goes away. PLEIN_EIO. */
int
frontproc_open(struct house *h, const char *path, struct err *err);

/* Take in who waits there. */
void
frontproc_accept(struct house *h);

/* Forget those that are gone, with all they had started. */
void
frontproc_sweep(struct house *h);

#endif
