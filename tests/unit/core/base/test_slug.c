#include "plein/path.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEN "0123456789"

static void
assert_slug(const char *title, const char *expected)
{
	struct buf out = BUF_INIT;

	buf_str(&out, "x/");
	slug_from_title(&out, title);
	assert_string_equal(out.ptr + 2, expected);
	if (expected[0] != '\0')
		assert_true(slug_is_valid(expected, strlen(expected)));
	buf_release(&out);
}

static void
test_slug__title_becomes_plain_words(void **state)
{
	(void)state;
	assert_slug("Common Ground", "common-ground");
	assert_slug("  Data: delen -- en privacy! ", "data-delen-en-privacy");
	assert_slug("Agenda 2024/2028", "agenda-2024-2028");
	assert_slug("a", "a");
}

static void
test_slug__dutch_letters_and_signs_follow_the_rules(void **state)
{
	(void)state;
	assert_slug("Caf\xc3\xa9 co\xc3\xb6rdinatie na\xc3\xafve idee\xc3\xabn",
		    "cafe-coordinatie-naive-ideeen");
	assert_slug("Thema's", "themas");
	assert_slug("Thema\xe2\x80\x99s", "themas");
	assert_slug("Wonen & werken", "wonen-en-werken");
	assert_slug("R&D", "r-en-d");
	assert_slug("Dijk \xc4\xb3sberg", "dijk-ijsberg");
	assert_slug("\xc4\xb2sselmeer", "ijsselmeer");
}

static void
test_slug__nothing_left_gives_nothing(void **state)
{
	(void)state;
	assert_slug("", "");
	assert_slug("!!! ---", "");
	assert_slug("\xe6\xbc\xa2\xe5\xad\x97", "");
	assert_slug("\xff\xfe\033[2J", "2j");
}

static void
test_slug__long_titles_end_at_a_word(void **state)
{
	(void)state;
	assert_slug(TEN TEN TEN TEN TEN TEN TEN, TEN TEN TEN TEN TEN TEN);
	assert_slug(TEN TEN TEN " " TEN TEN TEN " x", TEN TEN TEN);
	assert_slug(TEN TEN TEN " " TEN TEN "012345678",
		    TEN TEN TEN "-" TEN TEN "012345678");
}

static void
test_slug__validity_follows_the_grammar(void **state)
{
	static const char *const bad[] = {
		"",	     "-",
		"a-",	     "-a",
		"a--b",	     "A",
		"a_b",	     "a.b",
		"a b",	     "caf\xc3\xa9",
		"con",	     "nul",
		"aux",	     "com1",
		"index",     "bijlagen",
		"sjablonen", TEN TEN TEN TEN TEN TEN "a"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (slug_is_valid(bad[i], strlen(bad[i])))
			fail_msg("%s", bad[i]);
	assert_false(slug_is_valid("a\0b", 3));
	assert_true(slug_is_valid("index-2", 7));
	assert_true(slug_is_valid("2026-03-19-cie", 14));
	assert_true(slug_is_valid(TEN TEN TEN TEN TEN TEN, SLUG_MAX));
	assert_true(slug_is_valid("abcdef", 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slug__title_becomes_plain_words),
		cmocka_unit_test(
			test_slug__dutch_letters_and_signs_follow_the_rules),
		cmocka_unit_test(test_slug__nothing_left_gives_nothing),
		cmocka_unit_test(test_slug__long_titles_end_at_a_word),
		cmocka_unit_test(test_slug__validity_follows_the_grammar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
