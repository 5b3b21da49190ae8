/*
 * jsonread.c - jansson looks at every byte several times. Here a string is
 * looked through eight bytes at a time for what ends it, and what it stands
 * for is written over it: it never becomes longer. Whatever is wrong, or rare
 * (real numbers, halves of characters, depth), is left to jansson, which
 * begins again: it alone decides what is no JSON.
 */
#include "plein/jsonread.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define DEPTH_MAX 32
#define DIGITS_MAX 18 /* of a number that surely fits */

struct reader {
	char *at, *end;
	int depth;
	char *text; /* of the string that was read, with a NUL behind it */
	size_t len; /* of it */
};

static json_t *
read_value(struct reader *r);

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' ||
				  *r->at == '\t' || *r->at == '\r'))
		r->at++;
}

/* Past this character, and blanks before it. */
static bool
take(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

/* The value of a hexadecimal digit, or -1. */
static int
digit_value(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)((found - digits) % 16) : -1;
}

/* The four digits behind "\u". */
static bool
read_code(struct reader *r, char **to)
{
	uint32_t cp = 0;

	if (r->end - r->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		int value = digit_value(*r->at++);

		if (value < 0)
			return false;
		cp = cp * 16 + (uint32_t)value;
	}
	if (cp == 0 || (cp >= 0xd800 && cp < 0xe000))
		return false;
	*to += utf8_encode(cp, *to);
	return true;
}

/* What it stands for comes at *to, which is moved behind it. */
static bool
read_escape(struct reader *r, char **to)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	const char *found;
	char c;

	if (r->end - r->at < 2)
		return false;
	c = r->at[1];
	r->at += 2;
	if (c == 'u')
		return read_code(r, to);
	found = c ? strchr(names, c) : NULL;
	if (!found)
		return false;
	*(*to)++ = values[found - names];
	return true;
}

/* Behind the quote: what it holds is r->text. */
static bool
read_text(struct reader *r)
{
	char *to = r->at;
	size_t n;

	r->text = r->at;
	for (;;) {
		n = jsontext_plain(r->at, (size_t)(r->end - r->at));
		if (to != r->at)
			memmove(to, r->at, n);
		to += n;
		r->at += n;
		if (r->at == r->end)
			return false;
		if (*r->at == '"')
			break;
		if (*r->at != '\\' || !read_escape(r, &to))
			return false;
	}
	r->at++;
	*to = '\0'; /* the quote's place, or before it */
	r->len = (size_t)(to - r->text);
	return utf8_is_valid(r->text, r->len);
}

static json_t *
read_string(struct reader *r)
{
	if (!take(r, '"') || !read_text(r))
		return NULL;
	return json_stringn_nocheck(r->text, r->len);
}

static bool
read_member(struct reader *r, json_t *object)
{
	const char *key;
	json_t *value;

	if (!take(r, '"') || !read_text(r) || json_object_get(object, r->text))
		return false;
	key = r->text;
	value = take(r, ':') ? read_value(r) : NULL;
	return value && json_object_set_new_nocheck(object, key, value) == 0;
}

static bool
read_item(struct reader *r, json_t *array)
{
	json_t *value = read_value(r);

	return value && json_array_append_new(array, value) == 0;
}

/* Behind the bracket: members or items up to the one that closes it. */
static json_t *
read_all(struct reader *r, json_t *into_take, char close,
	 bool (*read_one)(struct reader *r, json_t *into))
{
	bool good = r->depth < DEPTH_MAX, more = good && !take(r, close);

	r->depth++;
	while (more) {
		good = read_one(r, into_take);
		more = good && take(r, ',');
		if (good && !more)
			good = take(r, close);
	}
	r->depth--;
	if (good)
		return into_take;
	json_decref(into_take);
	return NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static json_t *
read_number(struct reader *r)
{
	bool negative = *r->at == '-';
	char *from = r->at + negative, *s = from;
	json_int_t n = 0;

	while (s < r->end && is_digit(*s) && s - from < DIGITS_MAX)
		n = n * 10 + (*s++ - '0');
	if (s == from || (*from == '0' && s > from + 1))
		return NULL;
	if (s < r->end && (is_digit(*s) || strchr(".eE", *s)))
		return NULL;
	r->at = s;
	return json_integer(negative ? -n : n);
}

static bool
take_word(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
		return false;
	r->at += len;
	return true;
}

static json_t *
read_word(struct reader *r)
{
	if (take_word(r, "true"))
		return json_true();
	if (take_word(r, "false"))
		return json_false();
	return take_word(r, "null") ? json_null() : NULL;
}

static json_t *
read_value(struct reader *r)
{
	skip_blanks(r);
	if (r->at == r->end)
		return NULL;
	if (*r->at == '"')
		return read_string(r);
	if (take(r, '{'))
		return read_all(r, json_object(), '}', read_member);
	if (take(r, '['))
		return read_all(r, json_array(), ']', read_item);
	if (*r->at == '-' || is_digit(*r->at))
		return read_number(r);
	return read_word(r);
}

/* The value that is all there is, or NULL. */
static json_t *
read_whole(char *s, size_t len)
{
	struct reader r = { .at = s, .end = s + len };
	json_t *value = read_value(&r);

	skip_blanks(&r);
	if (r.at == r.end)
		return value;
	json_decref(value);
	return NULL;
}

json_t *
jsonread(const char *s, size_t len, json_error_t *why)
{
	char *copy = mem_strndup(s, len);
	json_t *value = read_whole(copy, len);

	explicit_bzero(copy, len); /* it may be a password */
	free(copy);
	if (value)
		return value;
	return json_loadb(s, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
			  why);
}

json_t *
jsonread_own(char *s, size_t len, json_error_t *why)
{
	json_t *value = read_whole(s, len);

	if (!value) {
		why->position = 0;
		(void)snprintf(why->text, sizeof(why->text),
			       "not as this program writes it");
	}
	return value;
}
