/* origin.c - see origin.h. */
#include "wiki/origin.h"

#include <arpa/inet.h>
#include <stdio.h>

void
origin_name(char out[ORIGIN_MAX], const char *peer)
{
	struct in6_addr v6;

	if (inet_pton(AF_INET6, peer, &v6) == 1)
		(void)snprintf(out, ORIGIN_MAX,
			       "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64",
			       v6.s6_addr[0], v6.s6_addr[1], v6.s6_addr[2],
			       v6.s6_addr[3], v6.s6_addr[4], v6.s6_addr[5],
			       v6.s6_addr[6], v6.s6_addr[7]);
	else
		(void)snprintf(out, ORIGIN_MAX, "%s", peer);
}
