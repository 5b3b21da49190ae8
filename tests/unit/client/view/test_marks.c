#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "plein/textdiff.h"
#include "view/marks.h"

static void
assert_marked(const char *was, const char *is, const char *expected)
{
	long effort = TEXTDIFF_EFFORT;
	struct prose out;

	prose_init(&out);
	marks_compare(&out, was, strlen(was), is, strlen(is), &effort);
	assert_string_equal(out.text.ptr, expected);
	prose_release(&out);
}

static void
test_marks__show_words_that_came_and_went(void **state)
{
	(void)state;
	assert_marked("een lange adem van gemeenten\n",
		      "een lange adem en geld van gemeenten\n",
		      "een lange adem {+en geld +}van gemeenten");
	assert_marked("een lange adem van\n", "een adem van\n",
		      "een [-lange -]adem van");
	assert_marked("- [ ] uitstapkosten noemen bij de voorwaarden\n",
		      "- [ ] uitstapkosten opnemen in de voorwaarden\n",
		      "- [ ] uitstapkosten [-noemen bij-]{+opnemen in+} de "
		      "voorwaarden");
	assert_marked("gelijk\n", "gelijk\n", "gelijk");
	assert_marked("", "", "");
}

static void
test_marks__give_every_line_brackets_of_its_own(void **state)
{
	(void)state;
	assert_marked("", "een\n\ntwee\n", "{+een+}\n\n{+twee+}");
	assert_marked("een\ntwee", "", "[-een-]\n[-twee-]");
}

static void
test_marks__take_texts_with_little_in_common_as_a_whole(void **state)
{
	(void)state;
	assert_marked("Common Ground: wat is het?, vng.nl, 2019\n",
		      "Een bron uit later jaren over iets anders\n",
		      "[-Common Ground: wat is het?, vng.nl, 2019-]\n"
		      "{+Een bron uit later jaren over iets anders+}");
}

static void
test_marks__do_not_see_where_lines_end(void **state)
{
	(void)state;
	assert_marked("een twee drie vier\n", "een twee\ndrie vier\n",
		      "een twee\ndrie vier");
}

static void
test_marks__have_their_styles(void **state)
{
	long effort = TEXTDIFF_EFFORT;
	struct prose out;
	size_t end;

	(void)state;
	prose_init(&out);
	marks_compare(&out, "aa bb cc", 8, "aa dd cc", 8, &effort);
	assert_string_equal(out.text.ptr, "aa [-bb-]{+dd+} cc");
	assert_int_equal(prose_n_runs(&out), 4);
	assert_int_equal(prose_run(&out, 1, &end)->style, STYLE_REMOVED);
	assert_int_equal(end, strlen("aa [-bb-]"));
	assert_int_equal(prose_run(&out, 2, &end)->style, STYLE_ADDED);
	prose_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks__show_words_that_came_and_went),
		cmocka_unit_test(
			test_marks__give_every_line_brackets_of_its_own),
		cmocka_unit_test(
			test_marks__take_texts_with_little_in_common_as_a_whole),
		cmocka_unit_test(test_marks__do_not_see_where_lines_end),
		cmocka_unit_test(test_marks__have_their_styles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
