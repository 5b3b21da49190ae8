/*
 * jsontext.c - see jsontext.h. Strings are valid UTF-8 already, jansson takes
 * no others: only what must be escaped is looked for.
 */
#include "plein/jsontext.h"

#include <endian.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"

#define EACH_BYTE 0x0101010101010101u
#define HIGH_BITS 0x8080808080808080u
#define EIGHT sizeof(uint64_t)

/* How a byte is written; NULL: as it is, or as a number. */
static const char *const names[UCHAR_MAX + 1] = {
	['"'] = "\\\"", ['\\'] = "\\\\", ['\b'] = "\\b", ['\f'] = "\\f",
	['\n'] = "\\n", ['\r'] = "\\r",	 ['\t'] = "\\t",
};

/* High bit set where a byte is zero; bits above the first may be wrong. */
static uint64_t
find_zero(uint64_t word)
{
	return (word - EACH_BYTE) & ~word & HIGH_BITS;
}

static bool
is_plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Of eight bytes, how many from the first on; the lowest bit is never wrong. */
static size_t
count_plain(const char *s)
{
	uint64_t word, found;

	memcpy(&word, s, sizeof(word));
	word = le64toh(word);
	found = find_zero(word ^ (EACH_BYTE * '"')) |
		find_zero(word ^ (EACH_BYTE * '\\')) |
		find_zero(word & (EACH_BYTE * 0xe0));
	return found ? (size_t)__builtin_ctzll(found) / 8 : sizeof(word);
}

/* The last eight overlap those before them, which are plain. */
size_t
jsontext_plain(const char *s, size_t len)
{
	size_t n = 0, here;

	for (; len - n >= EIGHT; n += EIGHT) {
		here = count_plain(s + n);
		if (here < EIGHT)
			return n + here;
	}
	if (len >= EIGHT)
		return len - EIGHT + count_plain(s + len - EIGHT);
	while (n < len && is_plain(s[n]))
		n++;
	return n;
}

static void
add_escaped(struct buf *out, unsigned char c)
{
	if (names[c])
		buf_str(out, names[c]);
	else
		buf_printf(out, "\\u%04X", (unsigned)c);
}

/* As it is, between quotes: what most strings are. */
static void
add_plain(struct buf *out, const char *s, size_t len)
{
	char *at = buf_room(out, len + 2);

	at[0] = '"';
	memcpy(at + 1, s, len);
	at[len + 1] = '"';
	at[len + 2] = '\0';
	out->len += len + 2;
}

void
jsontext_add_string(struct buf *out, const char *s, size_t len)
{
	size_t n = jsontext_plain(s, len);

	if (n == len) {
		add_plain(out, s, len);
		return;
	}
	buf_char(out, '"');
	for (size_t at = 0; at < len; at += n + 1) {
		n = jsontext_plain(s + at, len - at);
		buf_add(out, s + at, n);
		if (at + n < len)
			add_escaped(out, (unsigned char)s[at + n]);
	}
	buf_char(out, '"');
}

static void
add_array(struct buf *out, const json_t *array)
{
	size_t i, n = json_array_size(array);

	buf_char(out, '[');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_char(out, ',');
		jsontext_add(out, json_array_get(array, i));
	}
	buf_char(out, ']');
}

static void
add_object(struct buf *out, const json_t *object)
{
	/* jansson's iterator changes nothing, but is not const */
	json_t *o = (json_t *)object;
	void *at;
	const char *key;
	bool first = true;

	buf_char(out, '{');
	for (at = json_object_iter(o); at; at = json_object_iter_next(o, at)) {
		if (!first)
			buf_char(out, ',');
		first = false;
		key = json_object_iter_key(at);
		jsontext_add_string(out, key, strlen(key));
		buf_char(out, ':');
		jsontext_add(out, json_object_iter_value(at));
	}
	buf_char(out, '}');
}

void
jsontext_add_integer(struct buf *out, json_int_t value)
{
	char text[3 * sizeof(value) + 2], *at = text + sizeof(text);
	unsigned long long rest = (unsigned long long)value;

	if (value < 0)
		rest = 0 - rest;
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (value < 0)
		*--at = '-';
	buf_add(out, at, (size_t)(text + sizeof(text) - at));
}

/* How many digits such a number has is jansson's business. */
static void
add_real(struct buf *out, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	if (text == NULL)
		die("out of memory (JSON)");
	buf_str(out, text);
	free(text);
}

void
jsontext_add(struct buf *out, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		add_object(out, value);
		break;
	case JSON_ARRAY:
		add_array(out, value);
		break;
	case JSON_STRING:
		jsontext_add_string(out, json_string_value(value),
				    json_string_length(value));
		break;
	case JSON_INTEGER:
		jsontext_add_integer(out, json_integer_value(value));
		break;
	case JSON_REAL:
		add_real(out, value);
		break;
	case JSON_TRUE:
		buf_str(out, "true");
		break;
	case JSON_FALSE:
		buf_str(out, "false");
		break;
	case JSON_NULL:
		buf_str(out, "null");
		break;
	}
}

char *
jsontext_dump(const json_t *value)
{
	struct buf text = BUF_INIT;

	jsontext_add(&text, value);
	return buf_take(&text);
}

size_t
jsontext_size(const json_t *value)
{
	struct buf text = BUF_INIT;
	size_t len;

	jsontext_add(&text, value);
	len = text.len;
	buf_release(&text);
	return len;
}

json_t *
jsontext_string(const char *s, size_t len)
{
	return utf8_is_valid(s, len) ? json_stringn_nocheck(s, len) : NULL;
}

static void
free_wiped(void *memory)
{
	if (memory != NULL)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

void
jsontext_wipe(void)
{
	json_set_alloc_funcs(malloc, free_wiped);
}
