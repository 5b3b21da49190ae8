/* base64.c - see base64.h. */
#include "plein/base64.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

static void
encode_group(struct buf *out, const uint8_t *in, size_t n)
{
	uint32_t bits = (uint32_t)in[0] << 16;

	if (n > 1)
		bits |= (uint32_t)in[1] << 8;
	if (n > 2)
		bits |= in[2];
	buf_char(out, digits[bits >> 18]);
	buf_char(out, digits[bits >> 12 & 63]);
	buf_char(out, n > 1 ? digits[bits >> 6 & 63] : '=');
	buf_char(out, n > 2 ? digits[bits & 63] : '=');
}

void
base64_encode(struct buf *out, const void *bytes, size_t len)
{
	const uint8_t *in = bytes;
	size_t i;

	for (i = 0; i < len; i += 3)
		encode_group(out, in + i, len - i < 3 ? len - i : 3);
}

/* The value of each digit plus one; 0 is none. */
static void
make_values(uint8_t values[256])
{
	size_t i;

	memset(values, 0, 256);
	for (i = 0; i < sizeof(digits) - 1; i++)
		values[(uint8_t)digits[i]] = (uint8_t)(i + 1);
}

/* n digits, 2 to 4; false when one is none or bits are left over. */
static bool
decode_group(struct buf *out, const uint8_t values[256], const char *in,
	     size_t n)
{
	uint32_t bits = 0;
	size_t i;

	for (i = 0; i < 4; i++) {
		if (i < n && !values[(uint8_t)in[i]])
			return false;
		bits = bits << 6 | (i < n ? values[(uint8_t)in[i]] - 1U : 0U);
	}
	for (i = 0; i < n - 1; i++)
		buf_char(out, (char)(uint8_t)(bits >> (16 - 8 * i)));
	return n == 4 || (bits & (n == 3 ? 0xffU : 0xffffU)) == 0;
}

int
base64_decode(struct buf *out, const char *text, size_t len, struct err *err)
{
	uint8_t values[256];
	size_t i, n;
	bool good = len % 4 == 0;

	make_values(values);
	for (i = 0; i < len && good; i += 4) {
		n = 4;
		while (i + 4 == len && n > 2 && text[i + n - 1] == '=')
			n--;
		good = decode_group(out, values, text + i, n);
	}
	return good ? 0 : err_set(err, PLEIN_ERULE, "this is no base64");
}
