/* When to start again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "restart.h"

static void
test_restart__is_at_once_for_the_first_nine(void **state)
{
	struct restart r;

	(void)state;
	restart_init(&r);
	for (int64_t now = 1000; now < 1000 + RESTART_STARTS - 1; now++) {
		restart_started(&r, now);
		assert_int_equal(restart_time(&r, now), now);
	}
}

static void
test_restart__waits_after_ten_starts_in_ten_seconds(void **state)
{
	struct restart r;
	int64_t now = 5;

	(void)state;
	restart_init(&r);
	for (int i = 0; i < RESTART_STARTS; i++)
		restart_started(&r, now += 100);
	assert_int_equal(restart_time(&r, now + 1), now + 1 + RESTART_WAIT_MS);
	/* Still failing five seconds later: still within the span. */
	now += RESTART_WAIT_MS;
	restart_started(&r, now);
	assert_int_equal(restart_time(&r, now), now + RESTART_WAIT_MS);
}

static void
test_restart__slow_deaths_do_not_count(void **state)
{
	struct restart r;
	int64_t now = 0;

	(void)state;
	restart_init(&r);
	for (int i = 0; i < 5 * RESTART_STARTS; i++) {
		restart_started(&r, now += RESTART_SPAN_MS / 5);
		assert_int_equal(restart_time(&r, now), now);
	}
}

static void
test_restart__an_answer_wipes_the_slate(void **state)
{
	struct restart r;

	(void)state;
	restart_init(&r);
	for (int i = 0; i < RESTART_STARTS; i++)
		restart_started(&r, 100);
	restart_answered(&r);
	assert_int_equal(restart_time(&r, 101), 101);
	for (int i = 0; i < RESTART_STARTS - 1; i++)
		restart_started(&r, 102);
	assert_int_equal(restart_time(&r, 103), 103);
	restart_started(&r, 104);
	assert_int_equal(restart_time(&r, 105), 105 + RESTART_WAIT_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_restart__is_at_once_for_the_first_nine),
		cmocka_unit_test(
			test_restart__waits_after_ten_starts_in_ten_seconds),
		cmocka_unit_test(test_restart__slow_deaths_do_not_count),
		cmocka_unit_test(test_restart__an_answer_wipes_the_slate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
