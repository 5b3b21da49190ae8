/* recovery.c - see recovery.h. */
#include "proof/recovery.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "plein/mem.h"

#define LETTERS 16
#define BYTES 32

/* 32 of them; without those that are taken for another. */
static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz023456789";

_Static_assert(sizeof(alphabet) == 33, "five bits each");

void
recovery_make(char out[RECOVERY_CODE])
{
	char *p = out;

	if (sodium_init() < 0)
		die("libsodium does not start");
	for (int i = 0; i < LETTERS; i++) {
		if (i > 0 && i % 4 == 0)
			*p++ = '-';
		*p++ = alphabet[randombytes_uniform(32)];
	}
	*p = '\0';
}

static bool
read_letters(const char *code, char out[LETTERS + 1])
{
	size_t n = 0;
	char c;

	for (; *code; code++) {
		c = (char)tolower((unsigned char)*code);
		if (c == '-' || c == ' ')
			continue;
		if (!strchr(alphabet, c) || n == LETTERS)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return n == LETTERS;
}

bool
recovery_hash(const char *handle, const char *code, char out[RECOVERY_HASH])
{
	char letters[LETTERS + 1] = "";
	unsigned char hash[BYTES];

	if (!read_letters(code, letters))
		return false;
	(void)crypto_generichash(hash, sizeof(hash),
				 (const unsigned char *)letters, LETTERS,
				 (const unsigned char *)handle, strlen(handle));
	(void)sodium_bin2hex(out, RECOVERY_HASH, hash, sizeof(hash));
	sodium_memzero(letters, sizeof(letters));
	return true;
}
