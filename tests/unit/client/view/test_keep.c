/* When a draft goes to the wiki. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/keep.h"

#define NOW 1742205600

static void
test_keep__nothing_is_due_without_a_change(void **state)
{
	struct keep k = { .ms = KEEP_MS };

	(void)state;
	assert_int_equal(keep_due(&k), 0);
	assert_false(keep_has_news(&k));
	keep_change(&k, 5000);
	keep_send(&k, NOW);
	assert_false(keep_answer(&k, true));
	assert_int_equal(keep_due(&k), 0);
}

static void
test_keep__typing_on_does_not_put_it_off(void **state)
{
	struct keep k = { .ms = KEEP_MS };

	(void)state;
	keep_change(&k, 1000);
	keep_change(&k, 2000);
	keep_change(&k, 2400);
	assert_int_equal(keep_due(&k), 1000 + KEEP_MS);
}

static void
test_keep__one_is_under_way_at_a_time(void **state)
{
	struct keep k = { .ms = KEEP_MS };

	(void)state;
	keep_change(&k, 1000);
	keep_send(&k, NOW);
	keep_change(&k, 1100);
	assert_int_equal(keep_due(&k), 0);
	assert_true(keep_has_news(&k));
	(void)keep_answer(&k, true);
	assert_int_equal(keep_due(&k), 1100 + KEEP_MS);
}

static void
test_keep__a_failure_is_told_once(void **state)
{
	struct keep k = { .ms = KEEP_MS };

	(void)state;
	keep_change(&k, 1000);
	keep_send(&k, NOW);
	assert_true(keep_answer(&k, false));
	assert_int_equal(keep_due(&k), 0);
	keep_change(&k, 4000);
	keep_send(&k, NOW);
	assert_false(keep_answer(&k, false));
	keep_change(&k, 8000);
	keep_send(&k, NOW);
	assert_false(keep_answer(&k, true));
	keep_change(&k, 9000);
	keep_send(&k, NOW);
	assert_true(keep_answer(&k, false));
}

static void
test_keep__what_is_saved_is_no_draft(void **state)
{
	struct keep k = { .ms = KEEP_MS };

	(void)state;
	keep_change(&k, 1000);
	keep_skip(&k);
	assert_int_equal(keep_due(&k), 0);
	assert_false(k.kept);
	keep_change(&k, 2000);
	keep_send(&k, NOW);
	assert_true(k.kept);
	keep_drop(&k);
	assert_false(k.kept);
}

static void
test_keep__knows_up_to_when_the_text_is_kept(void **state)
{
	struct keep k = { .ms = KEEP_MS };

	(void)state;
	keep_change(&k, 1000);
	keep_send(&k, NOW);
	assert_int_equal(k.until, 0);
	(void)keep_answer(&k, true);
	assert_int_equal(k.until, NOW);
	keep_change(&k, 9000);
	keep_send(&k, NOW + 60);
	(void)keep_answer(&k, false);
	assert_int_equal(k.until, NOW);
	keep_drop(&k);
	assert_int_equal(k.until, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keep__nothing_is_due_without_a_change),
		cmocka_unit_test(test_keep__typing_on_does_not_put_it_off),
		cmocka_unit_test(test_keep__one_is_under_way_at_a_time),
		cmocka_unit_test(test_keep__a_failure_is_told_once),
		cmocka_unit_test(test_keep__what_is_saved_is_no_draft),
		cmocka_unit_test(test_keep__knows_up_to_when_the_text_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
