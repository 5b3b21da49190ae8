/*
 * entity.c - what people type by name or number; md4c leaves all of it to us.
 * What they decode to still goes through the output filter.
 */
#include "layout/entity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/utf8.h"

#define NAME_MAX_LEN 31
#define REPLACEMENT 0xfffd
#define SOFT_HYPHEN "&shy;"

/* The names behind each other: most are much shorter than the longest. */
static const struct spellings {
#define E(name, first, second) char of_##name[sizeof(#name)];
#include "layout/entity.def"
} spellings = {
#define E(name, first, second) #name,
#include "layout/entity.def"
};

static const struct name {
	uint32_t first;
	uint16_t second; /* 0 for nearly all */
	uint16_t at; /* where it is spelled */
} names[] = {
#define E(name, first, second) \
	{ first, second, offsetof(struct spellings, of_##name) },
#include "layout/entity.def"
};

_Static_assert(sizeof(spellings) <= UINT16_MAX, "at is too short");

static int
compare_name(const void *key, const void *item)
{
	const struct name *name = item;

	return strcmp(key, (const char *)&spellings + name->at);
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
	add_character(out, name->first);
	if (name->second)
		add_character(out, name->second);
}
