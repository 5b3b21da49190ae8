/*
 * wire.h - one end of a stream of lines: a descriptor, what came in and is
 * not yet a whole line, what must go out and did not fit. Both queues are
 * bounded. Never blocks; the owner polls.
 */
#ifndef PLEIN_WIRE_H
#define PLEIN_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

struct wire {
	int in, out; /* may be the same; owned */
	struct buf in_buf;
	size_t in_start; /* first byte not yet handed out */
	size_t in_scan; /* bytes already searched for a newline */
	size_t in_max; /* longest line */
	struct buf out_buf;
	size_t out_start;
	size_t out_max; /* most bytes waiting */
	bool eof;
};

/* Takes both descriptors and makes them non-blocking. */
void
wire_init(struct wire *w, int in, int out, size_t line_max, size_t queue_max);

/* Closes the descriptors. NULL is allowed; twice is harmless. */
void
wire_release(struct wire *w);

/*
 * Read what is there, up to line_max + 1 bytes not yet taken: take all lines
 * after each call, the poll tells that there is more. 0, or PLEIN_ECLOSED at
 * end of file (lines already here can still be taken), PLEIN_EIO.
 */
int
wire_read(struct wire *w, struct err *err);

/*
 * The next whole line, without its newline, or NULL; valid until the next
 * call on this wire. *err_code becomes PLEIN_ETOOBIG when the line being
 * read is longer than line_max.
 */
char *
wire_line(struct wire *w, size_t *len, int *err_code);

/*
 * Queue bytes and try to send at once. PLEIN_EBUSY when more than queue_max
 * would wait (nothing is queued then: drop the peer), PLEIN_ECLOSED.
 */
int
wire_send(struct wire *w, const void *data, size_t len, struct err *err);

/* Send what waits; 0 also when some remains. */
int
wire_flush(struct wire *w, struct err *err);

bool
wire_wants_write(const struct wire *w);

#endif
