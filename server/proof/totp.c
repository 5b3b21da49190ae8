/* totp.c - see totp.h. */
#include "proof/totp.h"

#include <ctype.h>
#include <liboath/oath.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define SECRET_BYTES 20

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void
totp_secret(char out[TOTP_SECRET])
{
	unsigned i;

	if (sodium_init() < 0)
		die("libsodium does not start");
	for (i = 0; i < TOTP_SECRET - 1; i++)
		out[i] = base32[randombytes_uniform(32)];
	out[i] = '\0';
}

int
totp_code(const char *secret, int64_t step, char out[TOTP_DIGITS + 1],
	  struct err *err)
{
	char *raw = NULL;
	size_t len = 0;
	int rc = oath_base32_decode(secret, strlen(secret), &raw, &len);

	if (rc == OATH_OK)
		rc = oath_totp_generate(raw, len, step * TOTP_SECONDS,
					TOTP_SECONDS, 0, TOTP_DIGITS, out);
	if (raw)
		sodium_memzero(raw, len);
	free(raw);
	return rc == OATH_OK
		       ? 0
		       : err_set(err, PLEIN_EIO, "code: %s", oath_strerror(rc));
}

/* Six digits and blanks, nothing else. */
static bool
read_digits(const char *code, char out[TOTP_DIGITS + 1])
{
	size_t n = 0;

	for (; *code; code++) {
		if (*code == ' ')
			continue;
		if (*code < '0' || *code > '9' || n == TOTP_DIGITS)
			return false;
		out[n++] = *code;
	}
	out[n] = '\0';
	return n == TOTP_DIGITS;
}

/* All three are computed, whichever it is. */
int64_t
totp_step(const char *secret, const char *code, int64_t now)
{
	char typed[TOTP_DIGITS + 1], right[TOTP_DIGITS + 1];
	int64_t step = now / TOTP_SECONDS, found = -1;

	if (!read_digits(code, typed))
		return -1;
	for (int64_t s = step - 1; s <= step + 1; s++)
		if (totp_code(secret, s, right, NULL) == 0 &&
		    sodium_memcmp(typed, right, TOTP_DIGITS) == 0)
			found = s;
	sodium_memzero(typed, sizeof(typed));
	sodium_memzero(right, sizeof(right));
	return found;
}

static void
add_escaped(struct buf *out, const char *s)
{
	for (; *s; s++)
		if (isalnum((unsigned char)*s) || strchr("-._", *s))
			buf_char(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned char)*s);
}

void
totp_uri(struct buf *out, const char *domain, const char *handle,
	 const char *secret)
{
	buf_str(out, "otpauth://totp/");
	add_escaped(out, handle);
	buf_printf(out, "?secret=%s&issuer=", secret);
	add_escaped(out, domain);
}
