/* How much two words are alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plein/distance.h"

static void
test_distance__counts_what_differs(void **state)
{
	(void)state;
	assert_int_equal(distance_of("opsaan", "opslaan"), 1);
	assert_int_equal(distance_of("opslaan", "opsaan"), 1);
	assert_int_equal(distance_of("inclusie", "incluzief"), 2);
	assert_int_equal(distance_of("", "abc"), 3);
	assert_int_equal(distance_of("abc", ""), 3);
	assert_int_equal(distance_of("abc", "abc"), 0);
	assert_int_equal(distance_of("", ""), 0);
}

static void
test_distance__long_words_are_far(void **state)
{
	static const char longest[] = "abcdefghijklmnopqrstuvwx";

	(void)state;
	assert_int_equal(distance_of(longest, longest), 0);
	assert_int_equal(distance_of("abcdefghijklmnopqrstuvwxy", longest),
			 DISTANCE_FAR);
	assert_int_equal(distance_of("a", "bcdefghijklmnop"), DISTANCE_FAR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance__counts_what_differs),
		cmocka_unit_test(test_distance__long_words_are_far),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
