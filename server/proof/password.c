/* password.c - see password.h. The form of a hash is libsodium's. */
#include "proof/password.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "plein/utf8.h"

#define OPS crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEM crypto_pwhash_MEMLIMIT_INTERACTIVE

_Static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH, "room for a hash");

/* Of the same cost as the real ones; a test compares. */
static const char nobodys[] =
	"$argon2id$v=19$m=65536,t=2,p=1$WoHJGWlu7KruGETn6H1THw$"
	"GLqQR/t2lopdBiuJDbY4gee+skg2Xb5pxd3f/XS5FB8";

static size_t
count_characters(const char *s, size_t len)
{
	size_t n = 0, pos = 0;
	uint32_t cp;

	for (; pos < len; n++)
		pos += utf8_decode(s + pos, len - pos, &cp);
	return n;
}

int
password_check(const char *password, struct err *err)
{
	size_t len = strnlen(password, PASSWORD_MAX + 1);

	if (len > PASSWORD_MAX)
		return err_rule(err, PLEIN_ERULE, "password-long", 0,
				"a password has at most %d bytes",
				PASSWORD_MAX);
	if (count_characters(password, len) < PASSWORD_MIN)
		return err_rule(err, PLEIN_ERULE, "password-short", 0,
				"a password has at least %d characters",
				PASSWORD_MIN);
	return 0;
}

int
password_hash(char out[PASSWORD_HASH], const char *password, struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, PLEIN_EIO, "libsodium does not start");
	memset(out, 0, PASSWORD_HASH);
	if (crypto_pwhash_str(out, password, strlen(password), OPS, MEM) != 0)
		return err_set(err, PLEIN_EBUSY, "no memory for a password");
	return 0;
}

bool
password_matches(const char *hash, const char *password)
{
	bool good;

	if (sodium_init() < 0)
		return false;
	good = crypto_pwhash_str_verify(hash ? hash : nobodys, password,
					strlen(password)) == 0;
	return good && hash;
}

void
password_wipe(char *text)
{
	if (text)
		sodium_memzero(text, strlen(text));
}
