/* Lines of Markdown: headings, items, rows; and none of them within code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/mdline.h"

static void
test_mdline__headings_items_and_rows(void **state)
{
	static const char text[] = "---\ntitel: x\n---\n# Een\n\n##\tnee\n"
				   "## Twee  \r\n- punt\n| a | b\\|c |\nx";
	struct vec cells = VEC_INIT;
	struct mdscan m;
	struct mdline l;
	const char *s;
	size_t n;

	(void)state;
	mdscan_begin(&m, text, strlen(text));
	assert_true(mdscan_next(&m, &l));
	assert_int_equal(l.level, 1);
	assert_true(mdline_says(&l, "EEN"));
	assert_true(mdscan_next(&m, &l));
	assert_true(mdline_is_blank(&l));
	assert_true(mdscan_next(&m, &l));
	assert_int_equal(l.level, 0);
	assert_true(mdscan_next(&m, &l));
	assert_int_equal(l.level, 2);
	assert_true(mdline_says(&l, "twee"));
	assert_true(mdscan_next(&m, &l));
	assert_true(mdline_item(&l, &s, &n));
	assert_memory_equal(s, "punt", n);
	assert_false(mdline_cells(&l, &cells));
	assert_true(mdscan_next(&m, &l));
	assert_true(mdline_cells(&l, &cells));
	assert_int_equal(cells.len, 2);
	assert_string_equal(cells.items[1], "b|c");
	assert_true(mdscan_next(&m, &l));
	assert_int_equal(l.to, strlen(text));
	assert_false(mdscan_next(&m, &l));
	vec_release(&cells, free);
}

static void
test_mdline__code_is_none_of_them(void **state)
{
	static const char text[] = "```\n# a\n- b\n~~~\n```\n# c\n";
	struct mdscan m;
	struct mdline l;
	int levels = 0;

	(void)state;
	mdscan_begin(&m, text, strlen(text));
	while (mdscan_next(&m, &l)) {
		levels += l.level;
		if (!l.level)
			assert_true(l.code);
	}
	assert_int_equal(levels, 1);
}

static void
test_mdline__a_row_is_read_as_it_was_written(void **state)
{
	const char *cells[] = { "a1", NULL, "x | y", "" };
	struct vec got = VEC_INIT;
	struct buf row = BUF_INIT;
	struct mdscan m;
	struct mdline l;

	(void)state;
	mdline_row(&row, cells, 4);
	assert_string_equal(row.ptr, "| a1 | | x \\| y | |\n");
	mdscan_begin(&m, row.ptr, row.len);
	assert_true(mdscan_next(&m, &l));
	assert_true(mdline_cells(&l, &got));
	assert_int_equal(got.len, 4);
	assert_string_equal(got.items[2], "x | y");
	vec_release(&got, free);
	buf_release(&row);
}

static void
test_mdline__what_fits(void **state)
{
	(void)state;
	assert_true(mdline_fits("woorden | meer"));
	assert_false(mdline_fits("  "));
	assert_false(mdline_fits("een\ntwee"));
	assert_false(mdline_fits("een\ttwee"));
	assert_false(mdline_fits("een\x1b"));
	assert_true(mdline_fits_below("een\n\n### drie\n", 2));
	assert_false(mdline_fits_below("een\n## twee\n", 2));
	assert_false(mdline_fits_below("\n \n", 2));
	assert_false(mdline_fits_below("---\n## twee\n---\nx\n", 2));
	assert_false(mdline_fits_below("```\nopen\n", 2));
	assert_true(mdline_fits_below("```\n# dicht\n```\n", 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mdline__headings_items_and_rows),
		cmocka_unit_test(test_mdline__code_is_none_of_them),
		cmocka_unit_test(test_mdline__a_row_is_read_as_it_was_written),
		cmocka_unit_test(test_mdline__what_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
