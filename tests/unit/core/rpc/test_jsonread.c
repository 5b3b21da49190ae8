/* test_jsonread.c - JSON from text, with jansson as the judge. */
#include "plein/jsonread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/jsontext.h"
#include "plein/utf8.h"

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

/* The same value, or NULL; nothing outside the bytes is touched. */
static json_t *
read_own(const char *text, size_t len)
{
	char *bytes = malloc(len + 2);
	json_error_t why = { 0 };
	json_t *value;

	assert_non_null(bytes);
	bytes[0] = bytes[len + 1] = '!';
	memcpy(bytes + 1, text, len);
	value = jsonread_own(bytes + 1, len, &why);
	assert_true(bytes[0] == '!' && bytes[len + 1] == '!');
	assert_true(value || why.text[0]);
	free(bytes);
	return value;
}

static void
test_jsonread__own_bytes_give_the_same_or_nothing(void **state)
{
	int n_refused = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		json_t *want = jsonread(texts[i], strlen(texts[i]),
					&(json_error_t){ 0 });
		json_t *got = read_own(texts[i], strlen(texts[i]));

		assert_true(!got || json_equal(want, got));
		n_refused += want && !got;
		json_decref(want);
		json_decref(got);
	}
	/* halves of a character, two real numbers, two long ones, one too
	 * deep */
	assert_int_equal(n_refused, 6);
}

static void
test_jsonread__own_bytes_are_understood_as_they_are_written(void **state)
{
	struct buf text = BUF_INIT, line = BUF_INIT;
	json_t *value, *got;

	(void)state;
	for (int c = 1; c < 0x300; c++)
		text.len += utf8_encode((uint32_t)c, buf_room(&text, UTF8_MAX));
	buf_str(&text, "\xe2\x82\xac \xf0\x9f\x99\x82");
	value = json_pack("{s:{s:s#, s:i, s:[b, n]}, s:s}", "result", "text",
			  text.ptr, (int)text.len, "version", -12, "rest", 1,
			  "a\nname", "");
	jsontext_add(&line, value);
	got = read_own(line.ptr, line.len);
	assert_true(json_equal(value, got));
	json_decref(value);
	json_decref(got);
	buf_release(&text);
	buf_release(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jsonread__reads_what_jansson_reads),
		cmocka_unit_test(test_jsonread__looks_at_every_byte),
		cmocka_unit_test(
			test_jsonread__own_bytes_give_the_same_or_nothing),
		cmocka_unit_test(
			test_jsonread__own_bytes_are_understood_as_they_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
