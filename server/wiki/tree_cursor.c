/* tree_cursor.c - see tree_cursor.h. */
#include "wiki/tree_cursor.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "plein/page.h"

/* FNV-1a: against accidents; who writes his own cursor harms himself. */
#define DIGEST_START UINT64_C(0xcbf29ce484222325)
#define DIGEST_PRIME UINT64_C(0x100000001b3)

static uint64_t
digest_byte(uint64_t digest, unsigned char byte)
{
	return (digest ^ byte) * DIGEST_PRIME;
}

static uint64_t
digest_rows(const struct agenda *a)
{
	uint64_t digest = DIGEST_START;
	const char *p;

	for (size_t i = 0; i < a->n_rows; i++) {
		p = a->rows[i].page ? a->rows[i].page->address : "";
		for (; *p; p++)
			digest = digest_byte(digest, (unsigned char)*p);
		digest = digest_byte(digest, '\n');
		digest = digest_byte(digest, (unsigned char)a->rows[i].depth);
	}
	return digest;
}

void
tree_cursor_write(const struct agenda *a, size_t at, char text[TREE_CURSOR_MAX])
{
	(void)snprintf(text, TREE_CURSOR_MAX, "%zu-%016" PRIx64, at,
		       digest_rows(a));
}

static bool
parse_cursor(const char *text, size_t *at, uint64_t *digest)
{
	char *end;

	*at = strtoul(text, &end, 10);
	if (end == text || *end != '-')
		return false;
	text = end + 1;
	*digest = strtoull(text, &end, 16);
	return end == text + 16 && *end == '\0';
}

int
tree_cursor_read(const struct agenda *a, const char *text, size_t *at,
		 struct err *err)
{
	uint64_t digest;

	if (!parse_cursor(text, at, &digest))
		return err_set(err, PLEIN_EUSAGE, "after is no cursor");
	if (digest != digest_rows(a) || *at > a->n_rows)
		return err_set(err, PLEIN_ECONFLICT,
			       "the agenda has changed since");
	return 0;
}
