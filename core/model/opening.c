/* opening.c - see opening.h. */
#include "plein/opening.h"

#include <stdbool.h>
#include <string.h>

/* What links or footnotes refer to: "[1]: …" */
static bool
holds_definition(const char *s, size_t len)
{
	const char *end = s + len, *at = s;

	while ((at = memchr(at, ']', (size_t)(end - at))))
		if (++at < end && *at == ':')
			return true;
	return false;
}

size_t
opening_len(const char *markdown, size_t len)
{
	size_t n = OPENING_MOST;

	if (len < OPENING_BIG)
		return len;
	while (n > 0 && (markdown[n - 1] != '\n' || markdown[n] != '\n'))
		n--;
	if (!n || holds_definition(markdown + n, len - n))
		return len;
	return n;
}
