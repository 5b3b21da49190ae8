/* username.c - see username.h. */
#include "ssh/username.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "plein/utf8.h"

#define ALLOWED "abcdefghijklmnopqrstuvwxyz0123456789._@-"

/* A word, and the door it names. */
static const struct {
	const char *word, *door;
} doors[] = {
	{ "gast", "gast" }, { "guest", "gast" }, { "nieuw", "nieuw" },
	{ "new", "nieuw" }, { "git", "git" },
};

#define N_DOORS (sizeof(doors) / sizeof(doors[0]))

/* C0, DEL, C1, or a byte that belongs to no character. */
static bool
is_bad(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == UINT32_MAX;
}

static bool
has_bad(const char *s, size_t len)
{
	uint32_t cp;

	for (size_t pos = 0; pos < len;) {
		pos += utf8_decode(s + pos, len - pos, &cp);
		if (is_bad(cp))
			return true;
	}
	return false;
}

static const char *
choose_used(const char *raw)
{
	for (size_t i = 0; i < N_DOORS; i++)
		if (strcasecmp(raw, doors[i].word) == 0)
			return doors[i].door;
	return raw[strspn(raw, ALLOWED)] == '\0' ? raw : "";
}

void
username_read(struct username *u, const char *raw)
{
	size_t len = strnlen(raw, USERNAME_MAX + 1);

	memset(u, 0, sizeof(*u));
	u->refused = len > USERNAME_MAX || has_bad(raw, len);
	if (!u->refused)
		(void)strlcpy(u->used, choose_used(raw), sizeof(u->used));
}
