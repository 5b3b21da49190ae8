#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "edit/column.h"

static int
columns(const char *s)
{
	return column_of(s, strlen(s));
}

static void
test_column__counts_what_is_drawn(void **state)
{
	(void)state;
	assert_int_equal(columns(""), 0);
	assert_int_equal(columns("abc"), 3);
	assert_int_equal(columns("caf\xc3\xa9"), 4);
	assert_int_equal(columns("cafe\xcc\x81"), 4);
	assert_int_equal(columns("\xe6\xbc\xa2x"), 3);
}

static void
test_column__a_tab_is_one_blank(void **state)
{
	(void)state;
	assert_int_equal(columns("a\tb"), 3);
	assert_int_equal(column_fit("a\tb", 3, 2), 2);
}

static void
test_column__marked_bytes_are_as_wide_as_their_marks(void **state)
{
	(void)state;
	assert_int_equal(columns("\x1b"), 4);
	assert_int_equal(columns("a\xff"), 5);
	assert_int_equal(column_fit("a\x1b"
				    "b",
				    3, 4),
			 1);
	assert_int_equal(column_fit("a\x1b"
				    "b",
				    3, 5),
			 2);
}

static void
test_column__a_lone_mark_is_as_wide_as_its_name(void **state)
{
	(void)state;
	assert_int_equal(columns("\xcc\x81"), 6);
	assert_int_equal(columns("a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"),
			 7);
}

static void
test_column__fits_whole_graphemes(void **state)
{
	(void)state;
	assert_int_equal(column_fit("e\xcc\x81x", 4, 1), 3);
	assert_int_equal(column_fit("\xe6\xbc\xa2x", 4, 1), 0);
	assert_int_equal(column_fit("\xe6\xbc\xa2x", 4, 2), 3);
	assert_int_equal(column_fit("abc", 3, 0), 0);
	assert_int_equal(column_fit("abc", 3, -1), 0);
	assert_int_equal(column_fit("abc", 3, INT_MAX), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_column__counts_what_is_drawn),
		cmocka_unit_test(test_column__a_tab_is_one_blank),
		cmocka_unit_test(
			test_column__marked_bytes_are_as_wide_as_their_marks),
		cmocka_unit_test(
			test_column__a_lone_mark_is_as_wide_as_its_name),
		cmocka_unit_test(test_column__fits_whole_graphemes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
