/*
 * address.h - addresses to listen on and to be called from: numeric only,
 * nothing here asks a name server.
 */
#ifndef PLEIN_SERVER_ADDRESS_H
#define PLEIN_SERVER_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "plein/buf.h"
#include "plein/err.h"

#define ADDRESS_TEXT 64 /* bytes of a numeric host, with its NUL */

struct address {
	struct sockaddr_storage sa;
	socklen_t len;
};

/*
 * `192.0.2.1:2222` or `[2001:db8::1]:2222`; port 0 means any free one.
 * PLEIN_EUSAGE when it is neither.
 */
int
address_parse(struct address *out, const char *text, struct err *err);

/* The same form again, appended. */
void
address_format(const struct address *a, struct buf *out);

int
address_port(const struct address *a);

#define ADDRESS_NETWORK 16

/*
 * What belongs to one owner: an IPv4 address (as IPv6 has it), or the first
 * 64 bits of an IPv6 address; of loopback all of it.
 */
void
address_network(const struct address *a, unsigned char out[ADDRESS_NETWORK]);

/* Only this machine reaches it. */
bool
address_is_loopback(const struct address *a);

/* Only the host; an IPv4 address that came in over IPv6 as IPv4. */
void
address_host(const struct address *a, char out[ADDRESS_TEXT]);

#endif
