/* Tests of core/model/headings.c; those of client/layout count more. */
#include "plein/headings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"

static size_t
count(const char *markdown)
{
	return headings_count(markdown, strlen(markdown));
}

static void
test_headings__are_lines_of_their_own(void **state)
{
	(void)state;
	assert_int_equal(count(""), 0);
	assert_int_equal(count("Geen #kop.\n"), 0);
	assert_int_equal(count("# Een\n\nTwee\n---\n\n    # code\n"), 2);
	assert_int_equal(count("- # in een punt\n"), 0);
	assert_int_equal(count("<div>\n# Een\n"), 1);
}

static void
test_headings__are_ruled_out_at_a_glance(void **state)
{
	static const char *const without[] = { "", "Een zin.\n\nNog een.",
					       "a - b\n- c\n", "a = b\n" };
	static const char *const with[] = { "a # b", "Een\n===  \n", "a\n-",
					    "a\rb" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_false(headings_possible(without[i], strlen(without[i])));
		assert_true(headings_possible(with[i], strlen(with[i])));
	}
}

/* A table whose rows lack their cells. */
static void
test_headings__of_a_trick_are_none(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	buf_str(&text, "# Een\n\n");
	for (int i = 0; i < 20000; i++)
		buf_str(&text, "|a");
	buf_char(&text, '\n');
	for (int i = 0; i < 20000; i++)
		buf_str(&text, "|---");
	for (int i = 0; i < 20000; i++)
		buf_str(&text, "\n|");
	assert_int_equal(headings_count(text.ptr, text.len), 0);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings__are_lines_of_their_own),
		cmocka_unit_test(test_headings__are_ruled_out_at_a_glance),
		cmocka_unit_test(test_headings__of_a_trick_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
