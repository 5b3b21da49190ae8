/*
 * entity.c - what people type by name or number; md4c leaves all of it to us.
 * What they decode to still goes through the output filter.
 */
#include "layout/entity.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/utf8.h"

#define NAME_MAX_LEN 31
#define REPLACEMENT 0xfffd
#define SOFT_HYPHEN "&shy;"

struct name {
	char name[NAME_MAX_LEN + 1];
	uint32_t cp[2]; /* the second one is 0 for nearly all */
};

static const struct name names[] = {
#define E(name, first, second) { #name, { first, second } },
#include "layout/entity.def"
};

static int
compare_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct name *)item)->name);
}

static const struct name *
find_name(const char *s, size_t len)
{
	char key[NAME_MAX_LEN + 1] = "";

	if (len > NAME_MAX_LEN)
		return NULL;
	memcpy(key, s, len);
	return bsearch(key, names, sizeof(names) / sizeof(names[0]),
		       sizeof(names[0]), compare_name);
}

/* CommonMark: at most seven digits, and no surrogates, NUL or beyond. */
static uint32_t
read_number(const char *s)
{
	char *end;
	int base = *s == 'x' || *s == 'X' ? 16 : 10;
	unsigned long n = strtoul(base == 16 ? s + 1 : s, &end, base);

	if (*end != ';' || n == 0 || n > 0x10ffff)
		return REPLACEMENT;
	return n >= 0xd800 && n <= 0xdfff ? REPLACEMENT : (uint32_t)n;
}

static void
add_character(struct buf *out, uint32_t cp)
{
	char bytes[UTF8_MAX];

	buf_add(out, bytes, utf8_encode(cp, bytes));
}

static void
decode_number(struct buf *out, const char *s, size_t len)
{
	char number[16] = "";

	if (len < sizeof(number)) {
		memcpy(number, s, len);
		add_character(out, read_number(number));
	} else {
		add_character(out, REPLACEMENT);
	}
}

void
entity_decode(struct buf *out, const char *s, size_t len)
{
	const struct name *name = NULL;
	bool entity = len > 2 && s[0] == '&' && s[len - 1] == ';';

	if (len == strlen(SOFT_HYPHEN) && memcmp(s, SOFT_HYPHEN, len) == 0)
		return; /* it may be broken here, and we do not */
	if (entity && s[1] == '#') {
		decode_number(out, s + 2, len - 2);
		return;
	}
	if (entity)
		name = find_name(s + 1, len - 2);
	if (!name) {
		buf_add(out, s, len);
		return;
	}
	add_character(out, name->cp[0]);
	if (name->cp[1])
		add_character(out, name->cp[1]);
}
