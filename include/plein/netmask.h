/*
 * netmask.h - networks as people write them: 192.0.2.0/24, 2001:db8::/32, or
 * an address alone. Pure.
 */
#ifndef PLEIN_NETMASK_H
#define PLEIN_NETMASK_H

#include <stdbool.h>

struct netmask {
	unsigned char
		bytes[16]; /* IPv4 as ::ffff:a.b.c.d (RFC 4291 §2.5.5.2) */
	int bits; /* of those 128 that count */
};

/* False when it is none; also when bits are set that do not count: then one
 * of the two is a mistake. */
bool
netmask_parse(struct netmask *out, const char *text);

/* Is this numeric address in it? */
bool
netmask_holds(const struct netmask *m, const char *address);

#endif
