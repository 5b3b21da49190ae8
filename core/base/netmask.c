/* netmask.c - see netmask.h. */
#include "plein/netmask.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define MAPPED_BITS 96

/* The bits of its kind that an address has, 32 or 128; 0: it is none. */
static int
read_address(unsigned char bytes[16], const char *text)
{
	memset(bytes, 0, 16);
	if (inet_pton(AF_INET6, text, bytes) == 1)
		return 128;
	memset(bytes + 10, 0xff, 2);
	return inet_pton(AF_INET, text, bytes + 12) == 1 ? 32 : 0;
}

/* -1 when it is no number up to `most`. */
static int
read_bits(const char *text, int most)
{
	size_t n = strspn(text, "0123456789");
	long bits;

	if (n < 1 || n > 3 || text[n] || (n > 1 && text[0] == '0'))
		return -1;
	bits = strtol(text, NULL, 10);
	return bits <= most ? (int)bits : -1;
}

/* Are the first `bits` alike? */
static bool
begin_alike(const unsigned char *a, const unsigned char *b, int bits)
{
	int whole = bits / 8, rest = bits % 8;
	unsigned differing;

	if (memcmp(a, b, (size_t)whole) != 0)
		return false;
	if (rest == 0)
		return true;
	differing = (unsigned)(a[whole] ^ b[whole]) >> (8 - rest);
	return differing == 0;
}

static bool
ends_in_zeros(const struct netmask *m)
{
	for (int i = m->bits; i < 128; i++)
		if (m->bytes[i / 8] & (0x80 >> i % 8))
			return false;
	return true;
}

bool
netmask_parse(struct netmask *out, const char *text)
{
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : strlen(text);
	char address[INET6_ADDRSTRLEN];
	int all;

	if (len >= sizeof(address))
		return false;
	memcpy(address, text, len);
	address[len] = '\0';
	all = read_address(out->bytes, address);
	if (all == 0)
		return false;
	out->bits = slash ? read_bits(slash + 1, all) : all;
	if (out->bits < 0)
		return false;
	if (all == 32)
		out->bits += MAPPED_BITS;
	return ends_in_zeros(out);
}

bool
netmask_holds(const struct netmask *m, const char *address)
{
	unsigned char bytes[16];

	return read_address(bytes, address) > 0 &&
	       begin_alike(m->bytes, bytes, m->bits);
}
