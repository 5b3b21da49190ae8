/*
 * ask.h - questions to the wiki process while nobody is signed in: JSON-RPC
 * over the stream that the supervisor hands us, and again over a fresh one
 * when the wiki process died meanwhile.
 */
#ifndef PLEIN_SSH_ASK_H
#define PLEIN_SSH_ASK_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/err.h"
#include "plein/wire.h"
#include "ssh/monitor.h"

struct ask {
	int monitor; /* borrowed */
	struct wire wire;
	bool open; /* `wire` holds a stream */
	json_int_t id; /* of the latest request */
	bool gone; /* the supervisor is no more */
	int stop; /* it wants us to end within so many seconds; -1: no */
};

void
ask_init(struct ask *a, int monitor);

/* Close the stream: nothing is asked any more. */
void
ask_release(struct ask *a);

/* Take a message of the supervisor; false when it is none for us. */
bool
ask_notice(struct ask *a, struct notice *n);

/*
 * Ask and wait for the answer, at most `ms`. libssh calls back while it
 * handles a packet and wants the verdict at once, so this waits inside: one
 * person's process, bounded, and nothing of theirs goes on before it.
 * *result is the caller's. Errors are those of the wiki process (with the
 * rules "wait", its minutes in err->at, and "weak"), or
 * PLEIN_EBUSY when no answer came, PLEIN_ECLOSED when we are to end.
 */
int
ask_call(struct ask *a, const char *method, json_t *params_take, int ms,
	 json_t **result, struct err *err);

#endif
