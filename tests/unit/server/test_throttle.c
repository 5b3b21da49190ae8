/* Who may wait at the door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "throttle.h"

static const struct throttle_limits small = { 4, 2 };

static struct address
address_of(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text, NULL), 0);
	return a;
}

static bool
admit(struct throttle *t, long id, const char *from, long *evict)
{
	struct address a = address_of(from);

	return throttle_admit(t, id, &a, false, evict);
}

static void
test_throttle__bounds_one_network(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "192.0.2.1:1", &evict));
	assert_true(admit(&t, 2, "192.0.2.1:2", &evict));
	assert_false(admit(&t, 3, "192.0.2.1:3", &evict));
	assert_int_equal(evict, 0);
	assert_true(admit(&t, 4, "192.0.2.2:1", &evict));
	throttle_leave(&t, 1);
	assert_true(admit(&t, 5, "192.0.2.1:4", &evict));
	assert_int_equal(evict, 0);
}

static void
test_throttle__takes_a_64_for_one_network(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "[2001:db8:0:1::1]:1", &evict));
	assert_true(admit(&t, 2, "[2001:db8:0:1:ffff::2]:1", &evict));
	assert_false(admit(&t, 3, "[2001:db8:0:1::3]:1", &evict));
	assert_true(admit(&t, 4, "[2001:db8:0:2::1]:1", &evict));
}

static void
test_throttle__counts_mapped_addresses_as_ipv4(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "[::ffff:192.0.2.1]:1", &evict));
	assert_true(admit(&t, 2, "192.0.2.1:1", &evict));
	assert_false(admit(&t, 3, "192.0.2.1:2", &evict));
	assert_true(admit(&t, 4, "[::ffff:192.0.2.2]:1", &evict));
}

static void
test_throttle__exempts_loopback_from_the_share(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "127.0.0.1:1", &evict));
	assert_true(admit(&t, 2, "127.0.0.1:2", &evict));
	assert_true(admit(&t, 3, "[::1]:3", &evict));
	assert_true(admit(&t, 4, "[::1]:4", &evict));
	assert_int_equal(evict, 0);
	/* … but not from the total. */
	assert_true(admit(&t, 5, "[::1]:5", &evict));
	assert_int_equal(evict, 1);
	/* A neighbour of ::1 is not loopback. */
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "[::2]:1", &evict));
	assert_true(admit(&t, 2, "[::2]:1", &evict));
	assert_false(admit(&t, 3, "[::2]:1", &evict));
}

static void
test_throttle__evicts_the_least_progress_then_the_oldest(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "192.0.2.1:1", &evict));
	assert_true(admit(&t, 2, "192.0.2.2:1", &evict));
	assert_true(admit(&t, 3, "192.0.2.3:1", &evict));
	assert_true(admit(&t, 4, "192.0.2.4:1", &evict));
	throttle_stage(&t, 1, 2);
	throttle_stage(&t, 2, 1);
	assert_true(admit(&t, 5, "192.0.2.5:1", &evict));
	assert_int_equal(evict, 3);
	throttle_stage(&t, 4, 2);
	throttle_stage(&t, 5, 2);
	assert_true(admit(&t, 6, "192.0.2.6:1", &evict));
	assert_int_equal(evict, 2);
	/* The newcomer of just now has least. */
	assert_true(admit(&t, 7, "192.0.2.7:1", &evict));
	assert_int_equal(evict, 6);
}

static void
test_throttle__never_takes_progress_back(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	assert_true(admit(&t, 1, "192.0.2.1:1", &evict));
	assert_true(admit(&t, 2, "192.0.2.2:1", &evict));
	assert_true(admit(&t, 3, "192.0.2.3:1", &evict));
	assert_true(admit(&t, 4, "192.0.2.4:1", &evict));
	throttle_stage(&t, 1, 2);
	throttle_stage(&t, 1, 1);
	for (long id = 2; id <= 4; id++)
		throttle_stage(&t, id, 1);
	assert_true(admit(&t, 5, "192.0.2.5:1", &evict));
	assert_int_equal(evict, 2);
}

static void
test_throttle__ignores_strangers(void **state)
{
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	throttle_stage(&t, 9, 1);
	throttle_leave(&t, 9);
	assert_true(admit(&t, 1, "192.0.2.1:1", &evict));
	throttle_leave(&t, 9);
	assert_int_equal(t.n, 1);
}

static void
test_throttle__holds_what_it_was_told(void **state)
{
	static const struct throttle_limits hundred = { 100, 20 };
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &hundred);
	for (long id = 1; id <= 100; id++) {
		assert_true(admit(&t, id, "127.0.0.1:1", &evict));
		assert_int_equal(evict, 0);
	}
	for (long id = 1; id <= 1000; id++) {
		assert_true(admit(&t, 100 + id, "127.0.0.1:1", &evict));
		assert_int_equal(evict, id);
		assert_int_equal(t.n, 100);
	}
}

static void
test_throttle__lets_an_exempt_network_have_more(void **state)
{
	struct throttle t;
	struct address a = address_of("192.0.2.1:1");
	long evict;

	(void)state;
	throttle_init(&t, &small);
	for (long id = 1; id <= 4; id++)
		assert_true(throttle_admit(&t, id, &a, true, &evict));
	assert_int_equal(evict, 0);
	assert_false(admit(&t, 5, "192.0.2.1:1", &evict));
	assert_true(throttle_admit(&t, 6, &a, true, &evict));
	assert_int_equal(evict, 1); /* the total holds for all */
}

static void
test_throttle__takes_other_limits(void **state)
{
	static const struct throttle_limits smaller = { 2, 1 };
	static const struct throttle_limits most = { 1000000, 1 };
	struct throttle t;
	long evict;

	(void)state;
	throttle_init(&t, &small);
	for (long id = 1; id <= 4; id++)
		assert_true(admit(&t, id, "127.0.0.1:1", &evict));
	throttle_limit(&t, &smaller);
	assert_int_equal(t.n, 4); /* who is in stays */
	assert_true(admit(&t, 5, "192.0.2.1:1", &evict));
	assert_int_equal(evict, 1);
	assert_false(admit(&t, 6, "192.0.2.1:1", &evict));
	throttle_limit(&t, &most);
	for (long id = 10; id < 3000; id++)
		assert_true(admit(&t, id, "127.0.0.1:1", &evict));
	assert_int_equal(t.n, THROTTLE_MOST);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_throttle__bounds_one_network),
		cmocka_unit_test(test_throttle__takes_a_64_for_one_network),
		cmocka_unit_test(
			test_throttle__counts_mapped_addresses_as_ipv4),
		cmocka_unit_test(
			test_throttle__exempts_loopback_from_the_share),
		cmocka_unit_test(
			test_throttle__evicts_the_least_progress_then_the_oldest),
		cmocka_unit_test(test_throttle__never_takes_progress_back),
		cmocka_unit_test(test_throttle__ignores_strangers),
		cmocka_unit_test(test_throttle__holds_what_it_was_told),
		cmocka_unit_test(
			test_throttle__lets_an_exempt_network_have_more),
		cmocka_unit_test(test_throttle__takes_other_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
