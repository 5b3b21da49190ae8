/* What happens to the source for the sake of footnotes. */
#include "layout/footnote.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_kept(const char *s, const char *want)
{
	struct buf out = BUF_INIT;

	footnote_keep(&out, s, strlen(s));
	assert_string_equal(out.ptr ? out.ptr : "", want);
	buf_release(&out);
}

static void
test_footnote__makes_each_note_a_paragraph(void **state)
{
	(void)state;
	assert_kept("a[^1]\n\n[^1]: x\n[^b]: y\n",
		    "a[^1]\n\n\\[^1]: x\n\n\\[^b]: y\n");
	assert_kept("a\n  [^1]: x", "a\n\n  \\[^1]: x");
}

static void
test_footnote__leaves_the_rest_alone(void **state)
{
	(void)state;
	assert_kept("", "");
	assert_kept("a\r\nb", "a\r\nb");
	assert_kept("[^1] en [a]: b\n[^]: x\n[^a b]: x\n[^1]\n",
		    "[^1] en [a]: b\n[^]: x\n[^a b]: x\n[^1]\n");
	assert_kept("    [^1]: x\n", "    [^1]: x\n");
}

static void
test_footnote__leaves_code_alone(void **state)
{
	(void)state;
	assert_kept("```\n[^1]: x\n```\n[^1]: y\n",
		    "```\n[^1]: x\n```\n\n\\[^1]: y\n");
	assert_kept("- ~~~~\n~~~\n[^1]: x\n", "- ~~~~\n~~~\n[^1]: x\n");
}

static void
test_footnote__knows_a_beginning(void **state)
{
	(void)state;
	assert_true(footnote_begins("[^1]: x", 7));
	assert_true(footnote_begins("[^1]:", 5));
	assert_false(footnote_begins("[^1]", 4));
	assert_false(footnote_begins("[^]: x", 6));
	assert_false(footnote_begins("[1]: xx", 7));
	assert_false(footnote_begins("[^", 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_footnote__makes_each_note_a_paragraph),
		cmocka_unit_test(test_footnote__leaves_the_rest_alone),
		cmocka_unit_test(test_footnote__leaves_code_alone),
		cmocka_unit_test(test_footnote__knows_a_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
