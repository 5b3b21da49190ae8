/*
 * limits.h - what one connection may use up before somebody is signed in:
 * libssh sets no bound itself (docs/SECURITY.md). Pure.
 */
#ifndef PLEIN_SSH_LIMITS_H
#define PLEIN_SSH_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "ssh/conn.h"

#define LIMITS_SILENT 16 /* packets that libssh answers or drops itself */
#define LIMITS_OTHERS 10 /* attempts by a method that is not served */
#define LIMITS_REFUSALS 1000 /* requests refused in one session */

struct meter {
	int probes; /* keys asked about */
	int failures; /* signatures, passwords and codes that led nowhere */
	int others; /* attempts by a method that is not served */
	bool unruly; /* answers came that nobody asked for */
	int refusals; /* requests that are not served */
	uint64_t bytes; /* read from the peer */
	uint64_t packets; /* read since the keys were exchanged */
	uint64_t answered; /* of those, the ones that reached a callback */
};

/*
 * Why the connection must end now, as a word for the log ("probes",
 * "proofs", "methods", "answers", "bytes", "silent", "requests"), or NULL. `signed_in`:
 * only what still holds then.
 */
const char *
limits_broken(const struct conn_limits *limits, const struct meter *m,
	      int signed_in);

#endif
