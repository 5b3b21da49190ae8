/* test_jsontext.c - JSON as text, with jansson as the judge. */
#include "plein/jsontext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void
assert_as_jansson(json_t *value_take)
{
	char *want = json_dumps(value_take, JSON_COMPACT | JSON_ENCODE_ANY);
	struct buf got = BUF_INIT;

	assert_non_null(want);
	jsontext_add(&got, value_take);
	assert_string_equal(got.ptr, want);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jsontext__writes_every_kind_as_jansson),
		cmocka_unit_test(test_jsontext__escapes_what_must_be),
		cmocka_unit_test(
			test_jsontext__makes_strings_of_nothing_but_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
