/* test_jsonread.c - JSON from text, with jansson as the judge. */
#include "plein/jsonread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The same value, or none, with the same reason. */
static void
assert_as_jansson(const char *text, size_t len)
{
	json_error_t why = { 0 }, said = { 0 };
	json_t *want = json_loadb(
		text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	json_t *got = jsonread(text, len, &said);

	if (!want != !got || (want && !json_equal(want, got)))
		fail_msg("%.*s", (int)len, text);
	if (!want)
		assert_string_equal(said.text, why.text);
	json_decref(want);
	json_decref(got);
}

static const char *const texts[] = {
	"{}",
	"[]",
	" { \"a\" : [ 1 , -2,\ttrue,false , null ] ,\r\n\"b\":{\"c\":\"d\"} } ",
	"\"\"",
	"\"a plain text of more than eight bytes\"",
	"\"line\\nline\\r\\t\\b\\f\\\\\\/\\\"\"",
	"\"\\u0001\\u00e9\\u20AC\\uD83D\\uDE42\"",
	"\"caf\xc3\xa9 \xf0\x9f\x99\x82\"",
	"0",
	"-0",
	"123456789012345678",
	"-123456789012345678",
	"9223372036854775807",
	"-9223372036854775808",
	"1.5",
	"-2e3",
	"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
	"]]]]]]]]]]]",
	/* No JSON. */
	"",
	" ",
	"{",
	"[1,]",
	"[1 2]",
	"{\"a\":1,}",
	"{\"a\":1,\"a\":2}",
	"{\"a\"}",
	"{a:1}",
	"{\"a\":1}x",
	"\"open",
	"\"open\\",
	"\"\\x\"",
	"\"\\u00\"",
	"\"\\u00g0\"",
	"\"\\u0000\"",
	"\"\\uD83D\"",
	"\"tab\there\"",
	"\"bad \xc3(\"",
	"\"bad \xed\xa0\x80\"",
	"\"bad \xc0\xaf longer than eight\"",
	"01",
	"-",
	"1.",
	"12345678901234567890",
	"truth",
	"nul",
	"{\"a\\u0000\":1}",
};

static void
test_jsonread__reads_what_jansson_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_as_jansson(texts[i], strlen(texts[i]));
	assert_as_jansson("\"a\0b\"", 5);
}

/* Every byte, at every place of a word, and cut short at every place. */
static void
test_jsonread__looks_at_every_byte(void **state)
{
	char text[24] = "\"abcdefghijklmnopq\"";
	const char good[] = "{\"a\":[1,\"\\u20AC\\n\",{\"b\":null}],\"c\":-12}";

	(void)state;
	for (size_t at = 1; at < 18; at++) {
		for (int c = 0; c < 256; c++) {
			char kept = text[at];

			text[at] = (char)c;
			assert_as_jansson(text, 19);
			text[at] = kept;
		}
	}
	for (size_t len = 0; len < sizeof(good); len++)
		assert_as_jansson(good, len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jsonread__reads_what_jansson_reads),
		cmocka_unit_test(test_jsonread__looks_at_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
