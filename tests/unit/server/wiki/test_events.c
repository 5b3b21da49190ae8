/* What one stream hears, and when it hears no more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wiki/events.h"

#define MAX 100

static void
test_events__are_for_who_asked(void **state)
{
	struct events e = { 0 };

	(void)state;
	assert_false(events_admit(&e, "index", 0, MAX));
	assert_false(events_admit(&e, "index", MAX, MAX));
	events_miss(&e);
	assert_false(events_resync(&e, 0));
	events_subscribe(&e, EVENTS_ALL);
	assert_true(events_admit(&e, "index", 0, MAX));
	assert_true(events_admit(&e, NULL, MAX - 1, MAX));
	events_release(&e);
}

static void
test_events__can_be_of_one_page(void **state)
{
	struct events e = { 0 };

	(void)state;
	events_subscribe(&e, "themas/x");
	assert_true(events_admit(&e, "themas/x", 0, MAX));
	assert_false(events_admit(&e, "themas/y", 0, MAX));
	assert_true(events_admit(&e, NULL, 0, MAX));
	/* what it does not want, it does not miss */
	assert_false(events_admit(&e, "themas/y", MAX, MAX));
	assert_false(events_resync(&e, 0));
	events_subscribe(&e, EVENTS_ALL);
	assert_true(events_admit(&e, "themas/y", 0, MAX));
	events_release(&e);
}

static void
test_events__end_at_the_bound_until_all_is_read(void **state)
{
	struct events e = { 0 };

	(void)state;
	events_subscribe(&e, EVENTS_ALL);
	assert_false(events_resync(&e, 0));
	assert_false(events_admit(&e, "index", MAX, MAX));
	assert_false(events_admit(&e, "index", MAX / 2, MAX));
	assert_false(events_resync(&e, 1));
	assert_false(events_admit(&e, "index", 0, MAX));
	assert_true(events_resync(&e, 0));
	assert_false(events_resync(&e, 0));
	assert_true(events_admit(&e, "index", 0, MAX));
	events_release(&e);
}

static void
test_events__a_new_subscription_misses_nothing(void **state)
{
	struct events e = { 0 };

	(void)state;
	events_subscribe(&e, EVENTS_ALL);
	events_miss(&e);
	events_subscribe(&e, "themas/x");
	assert_false(events_resync(&e, 0));
	events_release(&e);
	events_release(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events__are_for_who_asked),
		cmocka_unit_test(test_events__can_be_of_one_page),
		cmocka_unit_test(
			test_events__end_at_the_bound_until_all_is_read),
		cmocka_unit_test(
			test_events__a_new_subscription_misses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
