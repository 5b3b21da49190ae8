/*
 * address.c - text to socket addresses and back. inet_pton() instead of
 * getaddrinfo(), so that "127.1", names and service names are refused.
 */
#include "address.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PORT_DIGITS 5
#define V6_NETWORK_BYTES 8

/* Where the host is in the text, and the port behind it. */
struct parts {
	char host[ADDRESS_TEXT];
	const char *port;
	bool v6;
};

static bool
split_host_and_port(struct parts *p, const char *text)
{
	const char *start = text, *end;

	p->v6 = text[0] == '[';
	if (p->v6)
		start++;
	end = strchr(start, p->v6 ? ']' : ':');
	if (!end || (size_t)(end - start) >= sizeof(p->host))
		return false;
	memcpy(p->host, start, (size_t)(end - start));
	p->host[end - start] = '\0';
	p->port = end + (p->v6 ? 2 : 1);
	return !p->v6 || end[1] == ':';
}

static int
read_port(const char *s)
{
	size_t n = strspn(s, "0123456789");
	long port;

	if (n == 0 || n > PORT_DIGITS || s[n] != '\0')
		return -1;
	port = strtol(s, NULL, 10);
	return port <= UINT16_MAX ? (int)port : -1;
}

static bool
fill_v4(struct address *a, const struct parts *p, int port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };

	sin.sin_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, p->host, &sin.sin_addr) != 1)
		return false;
	memcpy(&a->sa, &sin, sizeof(sin));
	a->len = sizeof(sin);
	return true;
}

static bool
fill_v6(struct address *a, const struct parts *p, int port)
{
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };

	sin6.sin6_port = htons((uint16_t)port);
	if (inet_pton(AF_INET6, p->host, &sin6.sin6_addr) != 1)
		return false;
	memcpy(&a->sa, &sin6, sizeof(sin6));
	a->len = sizeof(sin6);
	return true;
}

int
address_parse(struct address *out, const char *text, struct err *err)
{
	struct parts p;
	int port;
	bool good = false;

	memset(out, 0, sizeof(*out));
	if (split_host_and_port(&p, text) && (port = read_port(p.port)) >= 0)
		good = p.v6 ? fill_v6(out, &p, port) : fill_v4(out, &p, port);
	if (good)
		return 0;
	return err_set(err, PLEIN_EUSAGE,
		       "not an address: \"%.80s\" (use 127.0.0.1:2222 or "
		       "[::1]:2222)",
		       text);
}

int
address_port(const struct address *a)
{
	struct sockaddr_in sin;
	struct sockaddr_in6 sin6;

	if (a->sa.ss_family == AF_INET) {
		memcpy(&sin, &a->sa, sizeof(sin));
		return ntohs(sin.sin_port);
	}
	memcpy(&sin6, &a->sa, sizeof(sin6));
	return ntohs(sin6.sin6_port);
}

static void
write_v6_host(const struct in6_addr *in6, char out[ADDRESS_TEXT])
{
	if (IN6_IS_ADDR_V4MAPPED(in6))
		(void)inet_ntop(AF_INET, in6->s6_addr + 12, out, ADDRESS_TEXT);
	else
		(void)inet_ntop(AF_INET6, in6, out, ADDRESS_TEXT);
}

void
address_host(const struct address *a, char out[ADDRESS_TEXT])
{
	struct sockaddr_in sin;
	struct sockaddr_in6 sin6;

	(void)snprintf(out, ADDRESS_TEXT, "%s", "unknown");
	if (a->sa.ss_family == AF_INET) {
		memcpy(&sin, &a->sa, sizeof(sin));
		(void)inet_ntop(AF_INET, &sin.sin_addr, out, ADDRESS_TEXT);
	} else if (a->sa.ss_family == AF_INET6) {
		memcpy(&sin6, &a->sa, sizeof(sin6));
		write_v6_host(&sin6.sin6_addr, out);
	}
}

static void
map_v4(unsigned char network[16], const void *addr)
{
	memset(network, 0, 16);
	memset(network + 10, 0xff, 2);
	memcpy(network + 12, addr, 4);
}

void
address_network(const struct address *a, unsigned char out[ADDRESS_NETWORK])
{
	struct sockaddr_in sin;
	struct sockaddr_in6 sin6;

	if (a->sa.ss_family == AF_INET) {
		memcpy(&sin, &a->sa, sizeof(sin));
		map_v4(out, &sin.sin_addr);
		return;
	}
	memcpy(&sin6, &a->sa, sizeof(sin6));
	if (IN6_IS_ADDR_V4MAPPED(&sin6.sin6_addr)) {
		map_v4(out, sin6.sin6_addr.s6_addr + 12);
		return;
	}
	memset(out, 0, 16);
	memcpy(out, &sin6.sin6_addr,
	       IN6_IS_ADDR_LOOPBACK(&sin6.sin6_addr) ? 16 : V6_NETWORK_BYTES);
}

bool
address_is_loopback(const struct address *a)
{
	char host[ADDRESS_TEXT];

	address_host(a, host);
	return strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0;
}

void
address_format(const struct address *a, struct buf *out)
{
	char host[ADDRESS_TEXT];

	address_host(a, host);
	buf_printf(out, strchr(host, ':') ? "[%s]:%d" : "%s:%d", host,
		   address_port(a));
}
