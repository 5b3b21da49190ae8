/*
 * conn.h - the connection process: one TCP connection, from banner to
 * hang-up. libssh in non-blocking mode inside an own poll loop. Opens
 * nothing, executes nothing; what it may not do itself it asks the
 * supervisor for (plein/control.h).
 */
#ifndef PLEIN_SSH_CONN_H
#define PLEIN_SSH_CONN_H

#include <stdint.h>

#include "plein/err.h"

struct hostkey;

/* Limits; constants in the program, smaller in tests. */
struct conn_limits {
	int banner_ms; /* banner and key exchange: 10 s */
	int auth_ms; /* until signed in, or asked something: 30 s */
	int talk_ms; /* to answer questions: 120 s */
	int probes; /* keys asked about: 30 */
	int failures; /* failed proofs: 6 */
	uint64_t renew_bytes; /* then keys are exchanged anew: 1 GiB */
	uint32_t renew_s; /* or after this time: an hour */
	long login_bytes; /* read before sign-in: 256 KiB */
	int hangup_ms; /* wait for the peer at the end: 5 s */
};

extern const struct conn_limits conn_limits_default;

struct conn_args {
	int sock; /* accepted, owned */
	int monitor; /* seqpacket to the supervisor, owned */
	const struct hostkey *key;
	const struct conn_limits *limits;
	char peer[64]; /* numeric address */
};

/* Run to the end; the exit code of the process. */
int
conn_run(const struct conn_args *args);

#endif
