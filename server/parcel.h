/*
 * parcel.h - messages between two of our own processes over a pipe, one way:
 * numbers and texts in an order both know. A text may hold any bytes. (JSON
 * holds UTF-8 only, and files are what is sent here.)
 */
#ifndef PLEIN_SERVER_PARCEL_H
#define PLEIN_SERVER_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define PARCEL_MAX (32UL * 1024 * 1024) /* bytes */

struct parcel {
	struct buf data;
	size_t at; /* where reading is */
};

#define PARCEL_INIT \
	{ \
		BUF_INIT, 0 \
	}

void
parcel_release(struct parcel *p);

/* Begin an empty one. */
void
parcel_reset(struct parcel *p);

void
parcel_add_number(struct parcel *p, int64_t n);

/* At most PARCEL_MAX in all. */
void
parcel_add_text(struct parcel *p, const char *s, size_t len);

/* Send it, waiting for room. PLEIN_ECLOSED when nobody reads any more. */
int
parcel_send(const struct parcel *p, int fd, struct err *err);

/* The next one: 1, 0 when there is none any more, PLEIN_EPROTO, PLEIN_EIO. */
int
parcel_receive(struct parcel *p, int fd, struct err *err);

/*
 * In the order they were added. What is not there reads as 0, or as "" of
 * length 0: the caller finds out by parcel_is_whole().
 */
int64_t
parcel_number(struct parcel *p);

/* NUL-terminated; borrowed until the parcel changes. `len` may be NULL. */
const char *
parcel_text(struct parcel *p, size_t *len);

/* Was all that was read there, and all that is there read? */
bool
parcel_is_whole(const struct parcel *p);

#endif
