#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "view/paragraph.h"

static void
assert_painted(int cols, int rows, const char *text, int used,
	       const char *expected)
{
	struct canvas *c = canvas_new(4, cols);
	struct buf out = BUF_INIT;

	assert_int_equal(paragraph_paint(c, 0, 2, rows, STYLE_PLAIN, text),
			 used);
	canvas_cursor(c, 3, 0);
	canvas_dump(c, &out);
	*strstr(out.ptr, "\xe2\x96\xae") = '\0';
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
	canvas_free(c);
}

static void
test_paragraph__wraps_and_says_how_many_lines(void **state)
{
	(void)state;
	assert_painted(12, 2, "een", 1, "  een\n\n\n");
	assert_painted(12, 2, "een twee drie", 2, "  een twee\n  drie\n\n");
	assert_painted(12, 3, "", 0, "\n\n\n");
}

static void
test_paragraph__ends_in_an_ellipsis_when_cut(void **state)
{
	(void)state;
	assert_painted(12, 2, "een twee drie vier vijf", 2,
		       "  een twee\n  drie vie\xe2\x80\xa6\n\n");
	assert_painted(12, 1, "een twee drie", 1,
		       "  een twee\xe2\x80\xa6\n\n\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paragraph__wraps_and_says_how_many_lines),
		cmocka_unit_test(test_paragraph__ends_in_an_ellipsis_when_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
