/*
 * passfd.h - messages with descriptors between our own processes, over
 * AF_UNIX SOCK_SEQPACKET (unix(7), SCM_RIGHTS). One message, one call.
 */
#ifndef PLEIN_PASSFD_H
#define PLEIN_PASSFD_H

#include <stddef.h>
#include <sys/types.h>

#include "plein/err.h"

#define PASSFD_MAX 4 /* descriptors a message */
#define PASSFD_BYTES 8192 /* bytes a message */

/* A close-on-exec pair. */
int
passfd_pair(int fds[2], struct err *err);

/*
 * Send. The descriptors stay the caller's. PLEIN_EBUSY when the peer's queue
 * is full and the socket is non-blocking, PLEIN_ECLOSED when it is gone.
 */
int
passfd_send(int sock, const void *data, size_t len, const int *fds, int n_fds,
	    struct err *err);

/*
 * Receive one message into `data` (PASSFD_BYTES). Returns its length > 0, 0
 * when the peer is gone, PLEIN_EBUSY when there is none now. Descriptors are
 * close-on-exec and the caller's; *n_fds says how many came.
 */
ssize_t
passfd_recv(int sock, void *data, int fds[PASSFD_MAX], int *n_fds,
	    struct err *err);

#endif
