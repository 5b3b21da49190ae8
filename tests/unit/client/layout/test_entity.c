#include "layout/entity.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define REPLACEMENT "\xEF\xBF\xBD"

static void
assert_decodes(const char *s, const char *want)
{
	struct buf got = BUF_INIT;

	entity_decode(&got, s, strlen(s));
	assert_string_equal(got.ptr, want);
	buf_release(&got);
}

static void
test_entity__decodes_names(void **state)
{
	(void)state;
	assert_decodes("&amp;", "&");
	assert_decodes("&lt;", "<");
	assert_decodes("&gt;", ">");
	assert_decodes("&quot;", "\"");
	assert_decodes("&apos;", "'");
	assert_decodes("&nbsp;", "\xC2\xA0");
	assert_decodes("&eacute;", "\xC3\xA9");
	assert_decodes("&Eacute;", "\xC3\x89");
	assert_decodes("&euml;", "\xC3\xAB");
	assert_decodes("&iuml;", "\xC3\xAF");
	assert_decodes("&euro;", "\xE2\x82\xAC");
	assert_decodes("&hellip;", "\xE2\x80\xA6");
	assert_decodes("&Lambda;", "\xCE\x9B");
	assert_decodes("&frac13;", "\xE2\x85\x93");
	assert_decodes("&CounterClockwiseContourIntegral;", "\xE2\x88\xB3");
	assert_decodes("&Afr;", "\xF0\x9D\x94\x84");
	assert_decodes("&bne;", "=\xE2\x83\xA5"); /* two characters */
	assert_decodes("&zwj;", "&zwj;"); /* unknown on purpose */
}

/* The table is searched by halves, so its order matters. */
static void
test_entity__finds_the_first_and_the_last_name(void **state)
{
	(void)state;
	assert_decodes("&AElig;", "\xC3\x86");
	assert_decodes("&zscr;", "\xF0\x9D\x93\x8F");
}

static void
test_entity__decodes_numbers(void **state)
{
	(void)state;
	assert_decodes("&#233;", "\xC3\xA9");
	assert_decodes("&#xE9;", "\xC3\xA9");
	assert_decodes("&#X1f600;", "\xF0\x9F\x98\x80");
}

static void
test_entity__replaces_numbers_that_are_no_character(void **state)
{
	(void)state;
	assert_decodes("&#0;", REPLACEMENT);
	assert_decodes("&#xD800;", REPLACEMENT);
	assert_decodes("&#1114112;", REPLACEMENT);
	assert_decodes("&#99999999999999999999;", REPLACEMENT);
	assert_decodes("&#x;", REPLACEMENT);
}

/* Nothing is broken there, so there is nothing to see. */
static void
test_entity__drops_a_soft_hyphen(void **state)
{
	(void)state;
	assert_decodes("&shy;", "");
}

static void
test_entity__leaves_the_rest_alone(void **state)
{
	(void)state;
	assert_decodes("&nosuchthing;", "&nosuchthing;");
	assert_decodes("&amp", "&amp");
	assert_decodes("&;", "&;");
	assert_decodes("", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entity__decodes_names),
		cmocka_unit_test(
			test_entity__finds_the_first_and_the_last_name),
		cmocka_unit_test(test_entity__decodes_numbers),
		cmocka_unit_test(
			test_entity__replaces_numbers_that_are_no_character),
		cmocka_unit_test(test_entity__drops_a_soft_hyphen),
		cmocka_unit_test(test_entity__leaves_the_rest_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
