/* Pages whose titles fit what is typed. */
#include "base/fitting.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_fitting__the_likeliest_comes_first(void **state)
{
	json_t *titles = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "a/1",
				   "Inopenbaar", "a/2", "Wet open overheid",
				   "a/3", "Open standaarden", "a/4", "Open",
				   "open/5", "Iets anders", "a/6", "Dicht");
	struct fitting f = { 0 };

	(void)state;
	fitting_find(&f, titles, " \xc3\x93pen ", 100);
	assert_int_equal(f.n, 5);
	assert_string_equal(f.rows[0].title, "Open");
	assert_string_equal(f.rows[1].title, "Open standaarden");
	assert_string_equal(f.rows[2].title, "Wet open overheid");
	assert_string_equal(f.rows[3].title, "Inopenbaar");
	assert_string_equal(f.rows[4].address, "open/5");
	fitting_find(&f, titles, "open", 2);
	assert_int_equal(f.n, 2);
	fitting_find(&f, titles, "nergens", 100);
	assert_int_equal(f.n, 0);
	fitting_find(&f, NULL, "open", 100);
	assert_int_equal(f.n, 0);
	fitting_release(&f);
	json_decref(titles);
}

static void
test_fitting__a_word_begins_behind_a_sign(void **state)
{
	(void)state;
	assert_int_equal(fitting_rank("open", "open"), 0);
	assert_int_equal(fitting_rank("openbaar", "open"), 1);
	assert_int_equal(fitting_rank("inopen (open)", "open"), 2);
	assert_int_equal(fitting_rank("inopen", "open"), 3);
	assert_int_equal(fitting_rank("dicht", "open"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fitting__the_likeliest_comes_first),
		cmocka_unit_test(test_fitting__a_word_begins_behind_a_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
