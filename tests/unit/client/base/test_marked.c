/* Two versions in one text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/marked.h"

/* `s` with a mark for each byte below it. */
static void
fill(struct marked *m, const char *s, const char *marks)
{
	marked_init(m);
	assert_int_equal(strlen(s), strlen(marks));
	buf_str(&m->text, s);
	buf_str(&m->marks, marks);
}

static void
expect_side(const struct marked *m, enum mark without, const char *text)
{
	struct marked side;

	marked_init(&side);
	marked_side(&side, m, without);
	assert_string_equal(side.text.ptr, text);
	assert_int_equal(side.marks.len, side.text.len);
	marked_release(&side);
}

static void
test_marked__sides_are_the_versions(void **state)
{
	struct marked m;

	(void)state;
	fill(&m, "a[-b-]{+c+}\n[-d-]\n\ne", " [[-[[{{+{{ [[-[[   ");
	expect_side(&m, MARK_NEW, "a[-b-]\n[-d-]\n\ne");
	expect_side(&m, MARK_GONE, "a{+c+}\n\ne");
	assert_int_equal(marked_words(&m, MARK_NEW), 1);
	assert_int_equal(marked_words(&m, MARK_GONE), 2);
	assert_int_equal(marked_words(&m, MARK_BOTH), 2);
	assert_false(marked_differs(&m, 0, 1));
	assert_true(marked_differs(&m, 0, 2));
	marked_release(&m);
}

static void
test_marked__words_are_no_signs(void **state)
{
	struct marked m;

	(void)state;
	fill(&m, ", zie [[a-b]] - en", "++++++++++++++++++");
	assert_int_equal(marked_words(&m, MARK_NEW), 3);
	marked_release(&m);
}

static void
test_marked__sentences_end_outside_what_changed(void **state)
{
	struct marked m;
	size_t to;

	(void)state;
	fill(&m, "Een. {+Twee. Drie.+} Vier\nvijf.",
	     "     {{+++++++++++{{           ");
	to = marked_sentence(&m, 0);
	assert_int_equal(to, 5);
	to = marked_sentence(&m, to);
	assert_memory_equal(m.text.ptr + to, "Vier", 4);
	to = marked_sentence(&m, to);
	assert_memory_equal(m.text.ptr + to, "vijf", 4);
	assert_int_equal(marked_sentence(&m, to), m.text.len);
	marked_release(&m);
}

static void
test_marked__counts_words_not_signs(void **state)
{
	const char *s = ", zie [[open-standaarden]] en - \"dit\".";

	(void)state;
	assert_int_equal(marked_count(s, strlen(s)), 4);
	assert_int_equal(marked_count("", 0), 0);
	assert_int_equal(marked_count("\xc3\xa9\xc3\xa9n", 5), 1);
}

static void
test_marked__lines_have_brackets_of_their_own(void **state)
{
	struct marked m;

	(void)state;
	marked_init(&m);
	marked_add_lines(&m, "een\n\ntwee\n", 10, MARK_NEW);
	marked_add_lines(&m, "drie", 4, MARK_GONE);
	marked_add_lines(&m, "", 0, MARK_GONE);
	assert_string_equal(m.text.ptr, "{+een+}\n\n{+twee+}\n[-drie-]");
	assert_string_equal(m.marks.ptr, "{{+++{{  {{++++{{ [[----[[");
	marked_release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marked__sides_are_the_versions),
		cmocka_unit_test(test_marked__words_are_no_signs),
		cmocka_unit_test(test_marked__lines_have_brackets_of_their_own),
		cmocka_unit_test(test_marked__counts_words_not_signs),
		cmocka_unit_test(
			test_marked__sentences_end_outside_what_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
