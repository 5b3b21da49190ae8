/*
 * notice.h - the messages of plein/control.h on a SOCK_SEQPACKET socket: one
 * JSON object, with descriptors.
 */
#ifndef PLEIN_SERVER_NOTICE_H
#define PLEIN_SERVER_NOTICE_H

#include <jansson.h>

#include "plein/err.h"
#include "plein/passfd.h"

/* Send; errors as passfd_send(). The descriptors stay the caller's. */
int
notice_send(int sock, json_t *msg_take, const int *fds, int n_fds,
	    struct err *err);

/*
 * Receive: 0 and *msg (an object, the caller's), PLEIN_EBUSY when there is
 * none now, PLEIN_ECLOSED, or PLEIN_EPROTO for what is no object. Descriptors
 * that came are closed.
 */
int
notice_recv(int sock, json_t **msg, struct err *err);

/* The same, but descriptors may come and are the caller's. */
int
notice_recv_fds(int sock, json_t **msg, int fds[PASSFD_MAX], int *n_fds,
		struct err *err);

/* {"op":"stop","seconds":N} */
json_t *
notice_stop(int seconds);

/* The text of a field, or NULL. */
const char *
notice_text(const json_t *msg, const char *field);

#endif
