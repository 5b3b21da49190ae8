#include "plein/lineend.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_plain(const char *text, const char *want)
{
	struct buf got = BUF_INIT;

	lineend_plain(&got, text, strlen(text));
	assert_string_equal(got.ptr, want);
	buf_release(&got);
}

static void
assert_adopted(const char *text, const char *base, const char *want)
{
	struct buf got = BUF_INIT;

	lineend_adopt(&got, text, strlen(text), base, strlen(base));
	assert_string_equal(got.ptr, want);
	buf_release(&got);
}

static void
test_lineend__plain_has_no_pairs(void **state)
{
	(void)state;
	assert_plain("", "");
	assert_plain("a\r\n\r\nb", "a\n\nb");
	assert_plain("a\rb\n\r", "a\rb\n\r");
	assert_plain("a\r\r\n", "a\r\n");
}

static void
test_lineend__what_is_plain_stays_plain(void **state)
{
	(void)state;
	assert_adopted("a\nb\n", "a\nc\n", "a\nb\n");
	assert_adopted("a\nb", "", "a\nb");
}

static void
test_lineend__untouched_lines_keep_their_bytes(void **state)
{
	(void)state;
	assert_adopted("a\nb\nc\n", "a\r\nb\nc\r\n", "a\r\nb\nc\r\n");
	assert_adopted("a\nc\n", "a\r\nb\r\nc\n", "a\r\nc\n");
	assert_adopted("a\nb", "a\r\nb", "a\r\nb");
}

static void
test_lineend__new_lines_end_as_most_do(void **state)
{
	(void)state;
	assert_adopted("a\nX\nY\nb\n", "a\r\nb\r\n", "a\r\nX\r\nY\r\nb\r\n");
	assert_adopted("a\nX\nb\nc\n", "a\r\nb\nc\n", "a\r\nX\nb\nc\n");
	assert_adopted("a\nb\nX", "a\r\nb\r\n", "a\r\nb\r\nX");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lineend__plain_has_no_pairs),
		cmocka_unit_test(test_lineend__what_is_plain_stays_plain),
		cmocka_unit_test(
			test_lineend__untouched_lines_keep_their_bytes),
		cmocka_unit_test(test_lineend__new_lines_end_as_most_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
