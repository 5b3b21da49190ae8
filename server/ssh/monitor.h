/*
 * monitor.h - what a connection process (or sshd's forced command) and the supervisor say to each
 * other (plein/control.h), as C values.
 */
#ifndef PLEIN_SSH_MONITOR_H
#define PLEIN_SSH_MONITOR_H

#include "plein/err.h"
#include "plein/passfd.h"
#include "ssh/hint.h"
#include "ssh/route.h"

enum notice_op {
	NOTICE_NONE, /* nothing waits */
	NOTICE_WIKI, /* fds[0]: a stream to the wiki process */
	NOTICE_SPAWNED, /* fds: pty, or stdin, stdout, stderr */
	NOTICE_REFUSED, /* text: why */
	NOTICE_SAY, /* text, for the person */
	NOTICE_EXIT, /* status, or text: name of the signal */
	NOTICE_STOP, /* seconds */
	NOTICE_GONE /* the supervisor is no more */
};

struct notice {
	enum notice_op op;
	int fds[PASSFD_MAX]; /* the caller's from then on; else -1 */
	int n_fds;
	int status; /* -1: ended by the signal `text` */
	int seconds;
	char text[512];
};

/*
 * The next message, without waiting. What is not understood is skipped and
 * its descriptors are closed. `monitor` is non-blocking.
 */
void
monitor_next(int monitor, struct notice *n);

/* Close the descriptors that came with it. */
void
notice_drop(struct notice *n);

int
monitor_stage(int monitor, int stage, struct err *err);

/* `fds`: the descriptors 0, 1, 2 of the program, or NULL: new ones are made. */
int
monitor_spawn(int monitor, const struct route *route, const struct hints *h,
	      const int fds[3], struct err *err);

/* Who fetches has these commits: their ids, blanks between. */
int
monitor_haves(int monitor, const char *ids, struct err *err);

/* Of sshd's forced command: from this address, and: its window changed. */
int
monitor_hello(int monitor, const char *peer, struct err *err);

int
monitor_resize(int monitor, struct err *err);

#endif
