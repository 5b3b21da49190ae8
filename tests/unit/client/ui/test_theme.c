#include "ui/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int counts[] = { 0, 8, 16, 88, 256 };

#define N_COUNTS (sizeof(counts) / sizeof(counts[0]))

static void
test_theme__has_no_colour_on_a_plain_terminal(void **state)
{
	(void)state;
	for (int i = 0; i < STYLE_N; i++)
		assert_int_equal(theme_entry((enum style)i, 0)->colour, -1);
}

static void
test_theme__stays_within_the_colours_of_the_terminal(void **state)
{
	(void)state;
	for (size_t n = 0; n < N_COUNTS; n++)
		for (int i = 0; i < STYLE_N; i++)
			assert_true(
				theme_entry((enum style)i, counts[n])->colour <
					counts[n] ||
				counts[n] == 0);
}

/* Yellow, cyan and white are unreadable on one background or the other. */
static void
test_theme__never_uses_pale_colours(void **state)
{
	(void)state;
	for (int i = 0; i < STYLE_N; i++) {
		const struct theme_entry *e = theme_entry((enum style)i, 8);

		assert_true(e->colour == -1 || e->colour == 1 ||
			    e->colour == 2 || e->paper);
	}
}

/* A picture is read by a machine: dark on light, on any ground. */
static void
test_theme__gives_pictures_a_ground_of_their_own(void **state)
{
	(void)state;
	for (size_t n = 0; n < N_COUNTS; n++) {
		const struct theme_entry *e =
			theme_entry(STYLE_PICTURE, counts[n]);

		assert_int_equal(e->paper > 0, counts[n] >= 8);
		assert_int_equal(e->reverse, counts[n] < 8);
		assert_true(e->paper <= (counts[n] ? counts[n] : 0));
	}
}

static void
test_theme__tells_what_matters_without_colour(void **state)
{
	(void)state;
	for (size_t n = 0; n < N_COUNTS; n++) {
		assert_true(theme_entry(STYLE_BAR, counts[n])->reverse);
		assert_true(theme_entry(STYLE_FOCUS, counts[n])->reverse);
		assert_true(theme_entry(STYLE_HEADING, counts[n])->bold);
		assert_true(theme_entry(STYLE_LINK, counts[n])->underline);
		assert_true(theme_entry(STYLE_ERROR, counts[n])->bold);
	}
	assert_true(theme_entry(STYLE_ADDED, 0)->bold);
	assert_true(theme_entry(STYLE_REMOVED, 0)->underline);
	assert_true(theme_entry(STYLE_WARNING, 8)->bold);
}

static void
test_theme__has_the_colours_that_were_chosen(void **state)
{
	(void)state;
	assert_int_equal(theme_entry(STYLE_LINK, 256)->colour, 63);
	assert_int_equal(theme_entry(STYLE_ADDED, 256)->colour, 29);
	assert_int_equal(theme_entry(STYLE_REMOVED, 256)->colour, 131);
	assert_int_equal(theme_entry(STYLE_ERROR, 256)->colour, 131);
	assert_int_equal(theme_entry(STYLE_WARNING, 256)->colour, 130);
	assert_int_equal(theme_entry(STYLE_ADDED, 16)->colour, 2);
	assert_int_equal(theme_entry(STYLE_REMOVED, 16)->colour, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_theme__has_no_colour_on_a_plain_terminal),
		cmocka_unit_test(
			test_theme__stays_within_the_colours_of_the_terminal),
		cmocka_unit_test(test_theme__never_uses_pale_colours),
		cmocka_unit_test(
			test_theme__gives_pictures_a_ground_of_their_own),
		cmocka_unit_test(test_theme__tells_what_matters_without_colour),
		cmocka_unit_test(test_theme__has_the_colours_that_were_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
