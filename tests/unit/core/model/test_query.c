/* Words people type become values, whatever they type. */
#include "plein/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
assert_match(const char *typed, const char *want)
{
	struct err err = ERR_INIT;
	struct query q;

	if (query_parse(&q, typed, &err))
		fail_msg("%s: %s", typed, err.msg);
	assert_string_equal(q.match.ptr, want);
	query_release(&q);
}

static void
test_query__words_are_beginnings_and_phrases_are_whole(void **state)
{
	(void)state;
	assert_match("inclusie", "\"inclusie\"*");
	assert_match("  open   bron ", "\"open\"* \"bron\"*");
	assert_match("\"open bron\" data", "\"open bron\" \"data\"*");
	assert_match("een\"twee drie", "\"een\"* \"twee drie\"");
	assert_match("Eén", "\"Eén\"*");
}

static void
test_query__nothing_typed_is_an_operator(void **state)
{
	(void)state;
	assert_match("a OR b", "\"a\"* \"OR\"* \"b\"*");
	assert_match("NEAR(a b)", "\"NEAR(a\"* \"b)\"*");
	assert_match("title:x", "\"title:x\"*");
	assert_match("a* -b ^c {d}", "\"a*\"* \"-b\"* \"^c\"* \"{d}\"*");
	assert_match("x ; DROP TABLE text", "\"x\"* \"DROP\"* \"TABLE\"* "
					    "\"text\"*");
	assert_match("a '--", "\"a\"*");
}

static void
test_query__fields_go_by_both_languages(void **state)
{
	struct query q;
	const struct query_field *f;

	(void)state;
	assert_int_equal(query_parse(&q,
				     "type:thema STATUS:concept by:ada "
				     "map:themas trefwoord:\"common ground\" x",
				     NULL),
			 0);
	assert_string_equal(q.kind, "thema");
	assert_string_equal(q.status, "concept");
	assert_string_equal(q.person, "ada");
	assert_string_equal(q.folder, "themas");
	assert_int_equal(q.fields.len, 1);
	f = q.fields.items[0];
	assert_string_equal(f->key, "trefwoorden");
	assert_string_equal(f->value, "common ground");
	assert_string_equal(q.match.ptr, "\"x\"*");
	query_release(&q);
	assert_int_equal(query_parse(&q, "soort:besluit soort:thema", NULL), 0);
	assert_string_equal(q.kind, "thema");
	query_release(&q);
}

static void
test_query__too_little_and_too_much_are_refused(void **state)
{
	static const char *const refused[] = {
		"",
		"   ",
		"\"",
		"\"\"",
		"... !!",
		"type:",
		"a b c d e f g h i j k l m n o p q",
	};
	char long_one[QUERY_MAX + 2];
	struct query q;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		assert_int_equal(query_parse(&q, refused[i], NULL),
				 PLEIN_EUSAGE);
		query_release(&q);
	}
	memset(long_one, 'a', sizeof(long_one));
	long_one[QUERY_MAX + 1] = '\0';
	assert_int_equal(query_parse(&q, long_one, NULL), PLEIN_EUSAGE);
	query_release(&q);
	long_one[QUERY_MAX] = '\0';
	assert_int_equal(query_parse(&q, long_one, NULL), 0);
	query_release(&q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_query__words_are_beginnings_and_phrases_are_whole),
		cmocka_unit_test(test_query__nothing_typed_is_an_operator),
		cmocka_unit_test(test_query__fields_go_by_both_languages),
		cmocka_unit_test(
			test_query__too_little_and_too_much_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
