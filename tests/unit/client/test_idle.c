/* When a session in which nothing is typed is warned, and ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "idle.h"

#define MINUTE INT64_C(60000)

static void
test_idle__never_is_never(void **state)
{
	struct idle i;

	(void)state;
	idle_init(&i, 0, 1000);
	assert_true(idle_due(&i) == 0);
	assert_int_equal(idle_look(&i, INT64_MAX), IDLE_NOTHING);
}

static void
test_idle__warns_once_then_ends(void **state)
{
	struct idle i;

	(void)state;
	idle_init(&i, 60 * MINUTE, 1000);
	assert_true(idle_due(&i) == 1000 + 55 * MINUTE);
	assert_int_equal(idle_look(&i, 999 + 55 * MINUTE), IDLE_NOTHING);
	assert_int_equal(idle_look(&i, 1000 + 55 * MINUTE), IDLE_WARN);
	assert_int_equal(idle_minutes(&i), 5);
	assert_true(idle_due(&i) == 1000 + 60 * MINUTE);
	assert_int_equal(idle_look(&i, 1000 + 55 * MINUTE), IDLE_NOTHING);
	assert_int_equal(idle_look(&i, 1000 + 60 * MINUTE), IDLE_END);
	assert_int_equal(idle_look(&i, 1000 + 61 * MINUTE), IDLE_END);
}

static void
test_idle__a_key_begins_anew(void **state)
{
	struct idle i;

	(void)state;
	idle_init(&i, 60 * MINUTE, 0);
	assert_int_equal(idle_look(&i, 55 * MINUTE), IDLE_WARN);
	idle_touch(&i, 59 * MINUTE);
	assert_int_equal(idle_look(&i, 60 * MINUTE), IDLE_NOTHING);
	assert_int_equal(idle_look(&i, 114 * MINUTE), IDLE_WARN);
}

/* Asleep for longer than all of it: the warning comes first all the same. */
static void
test_idle__of_a_short_time_half_is_warned(void **state)
{
	struct idle i;

	(void)state;
	idle_init(&i, MINUTE, 0);
	assert_true(idle_due(&i) == MINUTE / 2);
	assert_int_equal(idle_minutes(&i), 1);
	assert_int_equal(idle_look(&i, 10 * MINUTE), IDLE_WARN);
	assert_int_equal(idle_look(&i, 10 * MINUTE), IDLE_END);
}

static void
test_idle__is_what_the_supervisor_said(void **state)
{
	(void)state;
	assert_int_equal(unsetenv(CLIENT_IDLE_ENV), 0);
	assert_true(idle_setting() == 0);
	assert_int_equal(setenv(CLIENT_IDLE_ENV, "720", 1), 0);
	assert_true(idle_setting() == 720 * MINUTE);
	assert_int_equal(setenv(CLIENT_IDLE_ENV, "0", 1), 0);
	assert_true(idle_setting() == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_idle__never_is_never),
		cmocka_unit_test(test_idle__warns_once_then_ends),
		cmocka_unit_test(test_idle__a_key_begins_anew),
		cmocka_unit_test(test_idle__of_a_short_time_half_is_warned),
		cmocka_unit_test(test_idle__is_what_the_supervisor_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
