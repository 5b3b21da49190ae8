/*
 * throttle.h - who may wait at the door: bounds on connections that have not
 * signed in, in all and per network (an IPv4 address, or an IPv6 /64).
 * Pure: knows no socket and no clock; order of arrival is its only time.
 */
#ifndef PLEIN_SERVER_THROTTLE_H
#define PLEIN_SERVER_THROTTLE_H

#include <stdbool.h>

#include "address.h"

#define THROTTLE_MOST 1000

struct throttle_limits {
	int total; /* ≤ THROTTLE_MOST */
	int network; /* loopback is exempt */
};

struct throttle_entry {
	long id;
	int stage; /* progress: more is further */
	unsigned char network[ADDRESS_NETWORK];
};

struct throttle {
	struct throttle_limits limits;
	struct throttle_entry entries[THROTTLE_MOST]; /* by arrival */
	int n;
};

void
throttle_init(struct throttle *t, const struct throttle_limits *limits);

/* Others from now on; who is in stays. */
void
throttle_limit(struct throttle *t, const struct throttle_limits *limits);

/*
 * May a connection `id` (> 0) from there come in? False when its network has
 * its share. When the room is full the one with the least progress, of those
 * the oldest, has to go: it is forgotten here and *evict is its id, else 0.
 * `exempt`: from there as many as there is room for.
 */
bool
throttle_admit(struct throttle *t, long id, const struct address *from,
	       bool exempt, long *evict);

/* It got on; never goes back. */
void
throttle_stage(struct throttle *t, long id, int stage);

/* It signed in or is gone; unknown ids are ignored. */
void
throttle_leave(struct throttle *t, long id);

#endif
