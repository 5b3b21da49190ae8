/* Which line has the focus, and which are on screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/scroll.h"

static bool
is_even(const void *ctx, size_t i)
{
	(void)ctx;
	return i % 2 == 0;
}

static struct scroll
make(size_t n, int rows)
{
	struct scroll s = { .n = n, .rows = rows };

	scroll_fit(&s);
	return s;
}

static void
expect(const struct scroll *s, size_t at, size_t top)
{
	assert_int_equal(s->at, at);
	assert_int_equal(s->top, top);
}

static void
test_scroll__steps_and_follows(void **state)
{
	struct scroll s = make(10, 4);

	(void)state;
	for (int i = 0; i < 3; i++)
		scroll_step(&s, 1);
	expect(&s, 3, 0);
	scroll_step(&s, 1);
	expect(&s, 4, 1);
	scroll_step(&s, -1);
	expect(&s, 3, 1);
	for (int i = 0; i < 20; i++)
		scroll_step(&s, 1);
	expect(&s, 9, 6);
	assert_false(scroll_has_more(&s));
	for (int i = 0; i < 20; i++)
		scroll_step(&s, -1);
	expect(&s, 0, 0);
	assert_true(scroll_has_more(&s));
}

static void
test_scroll__skips_lines_without_focus(void **state)
{
	struct scroll s = { .n = 10, .rows = 4, .can_focus = is_even };

	(void)state;
	scroll_fit(&s);
	scroll_step(&s, 1);
	expect(&s, 2, 0);
	scroll_to(&s, 7);
	assert_int_equal(s.at, 8);
	scroll_to(&s, 9);
	assert_int_equal(s.at, 8);
	scroll_end(&s);
	expect(&s, 8, 6);
}

static void
test_scroll__jumps_show_what_follows(void **state)
{
	struct scroll s = make(100, 10);

	(void)state;
	scroll_jump(&s, 9);
	expect(&s, 9, 0); /* it was in sight */
	scroll_jump(&s, 50);
	expect(&s, 50, 48);
	scroll_jump(&s, 20);
	expect(&s, 20, 18);
	scroll_jump(&s, 1);
	expect(&s, 1, 0);
	scroll_jump(&s, 99);
	expect(&s, 99, 90);
}

static void
test_scroll__pages_keep_two_lines(void **state)
{
	struct scroll s = make(100, 10);

	(void)state;
	scroll_page(&s, 1);
	expect(&s, 8, 8);
	scroll_page(&s, 1);
	expect(&s, 16, 16);
	scroll_page(&s, -1);
	expect(&s, 8, 8);
	for (int i = 0; i < 30; i++)
		scroll_page(&s, 1);
	expect(&s, 99, 90);
	for (int i = 0; i < 30; i++)
		scroll_page(&s, -1);
	expect(&s, 0, 0);
}

static void
test_scroll__keeps_the_focus_inside_when_all_shrinks(void **state)
{
	struct scroll s = make(100, 10);

	(void)state;
	scroll_to(&s, 90);
	s.n = 5;
	scroll_fit(&s);
	expect(&s, 4, 0);
	s.rows = 2;
	scroll_fit(&s);
	expect(&s, 4, 3);
	s.n = 0;
	scroll_fit(&s);
	expect(&s, 0, 0);
	scroll_step(&s, 1);
	scroll_page(&s, 1);
	scroll_end(&s);
	expect(&s, 0, 0);
	assert_false(scroll_has_more(&s));
}

/* The focus is on screen after any key, at any size. */
static void
test_scroll__focus_is_always_on_screen(void **state)
{
	(void)state;
	for (size_t n = 1; n < 30; n++)
		for (int rows = 1; rows < 12; rows++) {
			struct scroll s = make(n, rows);

			for (int i = 0; i < 60; i++) {
				if (i % 7 == 3)
					scroll_page(&s, i % 2 ? 1 : -1);
				else
					scroll_step(&s, i < 40 ? 1 : -1);
				assert_true(s.at < n && s.at >= s.top);
				assert_true(s.at < s.top + (size_t)rows);
			}
		}
}

static void
test_scroll__knows_what_moves(void **state)
{
	struct scroll s = make(100, 10);

	(void)state;
	assert_true(scroll_move(&s, CMD_DOWN));
	expect(&s, 1, 0);
	assert_true(scroll_move(&s, CMD_UP));
	expect(&s, 0, 0);
	assert_true(scroll_move(&s, CMD_LAST));
	expect(&s, 99, 90);
	assert_true(scroll_move(&s, CMD_PAGE_UP));
	assert_true(s.at < 99);
	assert_true(scroll_move(&s, CMD_FIRST));
	assert_false(scroll_move(&s, CMD_NEXT_ITEM));
	assert_true(scroll_move_item(&s, CMD_NEXT_ITEM));
	expect(&s, 1, 0);
	assert_true(scroll_move_item(&s, CMD_PREVIOUS_ITEM));
	expect(&s, 0, 0);
	assert_false(scroll_move_item(&s, CMD_OPEN));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scroll__steps_and_follows),
		cmocka_unit_test(test_scroll__skips_lines_without_focus),
		cmocka_unit_test(test_scroll__jumps_show_what_follows),
		cmocka_unit_test(test_scroll__pages_keep_two_lines),
		cmocka_unit_test(
			test_scroll__keeps_the_focus_inside_when_all_shrinks),
		cmocka_unit_test(test_scroll__focus_is_always_on_screen),
		cmocka_unit_test(test_scroll__knows_what_moves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
