/*
 * notice.h - what the supervisor says to a client over its control socket
 * (plein/control.h).
 */
#ifndef PLEIN_NOTICE_H
#define PLEIN_NOTICE_H

enum notice_op {
	NOTICE_NONE, /* nothing is there now */
	NOTICE_WIKI, /* a fresh stream: fd, yours */
	NOTICE_STOP, /* the server ends in `seconds` */
	NOTICE_GONE /* the supervisor has ended */
};

struct notice {
	enum notice_op op;
	int fd; /* -1: none */
	int seconds;
};

/* The next that we know; never waits when `control` does not block. */
void
notice_next(int control, struct notice *n);

#endif
