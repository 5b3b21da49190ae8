/* test_jsontext.c - JSON as text, with jansson as the judge. */
#include "plein/jsontext.h"
#include "plein/rpc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void
assert_as_jansson(json_t *value_take)
{
	char *want = json_dumps(value_take, JSON_COMPACT | JSON_ENCODE_ANY);
	struct buf got = BUF_INIT;

	assert_non_null(want);
	jsontext_add(&got, value_take);
	assert_string_equal(got.ptr, want);
	assert_int_equal(jsontext_size(value_take), strlen(want));
	buf_release(&got);
	free(want);
	json_decref(value_take);
}

static void
test_jsontext__writes_every_kind_as_jansson(void **state)
{
	(void)state;
	assert_as_jansson(json_pack(
		"{s:i, s:f, s:b, s:b, s:n, s:s, s:[i, [], {}], s:{s:s}}", "n",
		-12, "r", 0.1, "t", 1, "f", 0, "nil", "", "", "list", 3, "o",
		"a", "b"));
	assert_as_jansson(json_integer(INT64_MIN));
	assert_as_jansson(json_array());
	assert_as_jansson(json_object());
}

static void
test_jsontext__escapes_what_must_be(void **state)
{
	char all[128];
	int c;

	(void)state;
	for (c = 0; c < 128; c++)
		all[c] = (char)c;
	assert_as_jansson(json_stringn(all, sizeof(all)));
	assert_as_jansson(
		json_string("caf\xc3\xa9 \xf0\x9f\x99\x82 / \"x\"\n"));
	assert_as_jansson(json_pack("{s:i}", "\"\\\n\x01", 1));
	assert_as_jansson(json_string("\n"));
}

/* What must be escaped is found wherever it stands among others. */
static void
test_jsontext__looks_at_every_byte(void **state)
{
	static const char odd[] = "\"\\\n\x1f";
	char text[24];

	(void)state;
	for (size_t len = 1; len < sizeof(text); len++)
		for (size_t at = 0; at < len; at++)
			for (const char *c = odd; *c; c++) {
				memset(text, '~', len);
				text[at] = *c;
				assert_int_equal(jsontext_plain(text, len), at);
				text[at] = '!';
				assert_int_equal(jsontext_plain(text, len),
						 len);
			}
}

static void
test_jsontext__makes_strings_of_nothing_but_utf8(void **state)
{
	json_t *text = jsontext_string("caf\xc3\xa9\0x", 7);

	(void)state;
	assert_int_equal(json_string_length(text), 7);
	assert_memory_equal(json_string_value(text), "caf\xc3\xa9\0x", 7);
	json_decref(text);
	assert_null(jsontext_string("\xc3", 1));
	assert_null(jsontext_string("\xed\xa0\x80", 3));
}

#define SECRET_LEN 80
#define SECRET_TAIL 20 /* malloc writes over the first bytes of what is free */

/* Made anew each time, so that it stands nowhere else. */
static void
make_secret(char out[SECRET_LEN])
{
	for (int i = 0; i < SECRET_LEN - 1; i++)
		out[i] = (char)('a' + (i * i + 3 * i) % 23);
	out[SECRET_LEN - 1] = '\0';
}

/* Where what malloc() gives out begins; NULL when that is not known. */
static char *
find_heap(void)
{
	char line[256], *heap = NULL;
	FILE *maps = fopen("/proc/self/maps", "r");

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps))
		if (strstr(line, "[heap]"))
			heap = (char *)strtoul(line, NULL, 16);
	assert_int_equal(fclose(maps), 0);
	return heap;
}

static bool
stands_there(const char *heap, const char *secret)
{
	return heap && memmem(heap, (size_t)((char *)sbrk(0) - heap),
			      secret + SECRET_LEN - 1 - SECRET_TAIL,
			      SECRET_TAIL) != NULL;
}

/* Last: what is made before it is freed after it. */
static void
test_jsontext__what_was_freed_is_wiped(void **state)
{
	char secret[SECRET_LEN], *heap = find_heap();
	struct buf line = BUF_INIT;
	struct rpc_msg m;
	int code;

	(void)state;
	jsontext_wipe();
	make_secret(secret);
	rpc_request(&line, 1, "password.set",
		    json_pack("{s:s}", "password", secret));
	assert_int_equal(rpc_parse(&m, line.ptr, line.len - 1, &code, NULL), 0);
	rpc_msg_release(&m);
	buf_wipe(&line);
	assert_false(stands_there(heap, secret));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jsontext__writes_every_kind_as_jansson),
		cmocka_unit_test(test_jsontext__escapes_what_must_be),
		cmocka_unit_test(test_jsontext__looks_at_every_byte),
		cmocka_unit_test(
			test_jsontext__makes_strings_of_nothing_but_utf8),
		cmocka_unit_test(test_jsontext__what_was_freed_is_wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
