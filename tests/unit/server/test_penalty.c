/* Who stays outside, and for how long. */
#include "penalty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const struct penalty_rules rules = { 5000, 60000, 600000 };
static struct penalty p; /* too large for a stack */

static int
setup(void **state)
{
	(void)state;
	penalty_init(&p);
	penalty_rule(&p, &rules);
	return 0;
}

static struct address
from(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text, NULL), 0);
	return a;
}

static void
owe(const char *text, int n, int64_t now)
{
	struct address a = from(text);

	for (int i = 0; i < n; i++)
		penalty_add(&p, &a, 1, now);
}

static bool
holds(const char *text, int64_t now)
{
	struct address a = from(text);

	return penalty_holds(&p, &a, now);
}

static void
test_penalty__many_failures_keep_out_until_they_are_paid(void **state)
{
	(void)state;
	assert_false(holds("192.0.2.1:1", 0));
	owe("192.0.2.1:1", 12, 1000);
	assert_false(holds("192.0.2.1:1", 1000)); /* 60 s: not above */
	owe("192.0.2.1:2", 1, 1000);
	assert_true(holds("192.0.2.1:3", 1000));
	assert_true(holds("192.0.2.1:3", 5999));
	assert_false(holds("192.0.2.1:3", 6000));
	assert_false(holds("192.0.2.2:1", 1000));
	/* what is left is still owed */
	owe("192.0.2.1:1", 1, 6000);
	assert_true(holds("192.0.2.1:1", 6000));
}

static void
test_penalty__one_now_and_then_costs_nothing(void **state)
{
	(void)state;
	for (int64_t t = 0; t < 3600000; t += 5000) {
		owe("192.0.2.1:1", 1, t);
		assert_false(holds("192.0.2.1:1", t));
	}
}

static void
test_penalty__nobody_owes_more_than_the_most(void **state)
{
	(void)state;
	owe("192.0.2.1:1", 100000, 1000);
	assert_true(holds("192.0.2.1:1", 1000 + 539999));
	assert_false(holds("192.0.2.1:1", 1000 + 540000));
}

static void
test_penalty__a_killed_process_costs_more(void **state)
{
	struct address a = from("192.0.2.1:1");

	(void)state;
	penalty_add(&p, &a, PENALTY_DEAREST, 0);
	penalty_add(&p, &a, PENALTY_DEAREST, 0);
	assert_false(holds("192.0.2.1:1", 0));
	penalty_add(&p, &a, PENALTY_DEAREST, 0);
	assert_true(holds("192.0.2.1:1", 0));
}

static void
test_penalty__a_64_is_one_and_ipv4_is_ipv4(void **state)
{
	char text[64];

	(void)state;
	for (int i = 1; i <= 13; i++) {
		(void)snprintf(text, sizeof(text), "[2001:db8::%x]:1", i);
		owe(text, 1, 0);
	}
	assert_true(holds("[2001:db8::ffff]:1", 0));
	assert_false(holds("[2001:db8:0:1::1]:1", 0));
	owe("[::ffff:192.0.2.1]:1", 13, 0);
	assert_true(holds("192.0.2.1:1", 0));
}

static void
test_penalty__who_signs_in_is_forgiven_something(void **state)
{
	struct address a = from("192.0.2.1:1");

	(void)state;
	owe("192.0.2.1:1", 13, 0);
	penalty_forgive(&p, &a, 0);
	assert_false(holds("192.0.2.1:1", 0));
	owe("192.0.2.1:1", 2, 0);
	assert_true(holds("192.0.2.1:1", 0));
	/* no credit for later */
	for (int i = 0; i < 100; i++)
		penalty_forgive(&p, &a, 0);
	owe("192.0.2.1:1", 13, 1);
	assert_true(holds("192.0.2.1:1", 1));
}

static void
test_penalty__the_table_is_bounded(void **state)
{
	char text[64];

	(void)state;
	owe("192.0.2.1:1", 50, 0);
	for (int i = 0; i < 3 * PENALTY_KEPT; i++) {
		(void)snprintf(text, sizeof(text), "10.%d.%d.1:1", i / 250,
			       i % 250);
		owe(text, 1, 0);
	}
	assert_int_equal(p.n, PENALTY_KEPT);
	assert_true(
		holds("192.0.2.1:1", 0)); /* who owes most is not forgotten */
}

static void
test_penalty__can_be_switched_off(void **state)
{
	static const struct penalty_rules off = { 0, 60000, 600000 };

	(void)state;
	owe("192.0.2.1:1", 50, 0);
	assert_true(holds("192.0.2.1:1", 0));
	penalty_rule(&p, &off);
	assert_false(holds("192.0.2.1:1", 0));
	owe("192.0.2.2:1", 50, 0);
	assert_int_equal(p.n, 1);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_penalty__many_failures_keep_out_until_they_are_paid),
		TEST(test_penalty__one_now_and_then_costs_nothing),
		TEST(test_penalty__nobody_owes_more_than_the_most),
		TEST(test_penalty__a_killed_process_costs_more),
		TEST(test_penalty__a_64_is_one_and_ipv4_is_ipv4),
		TEST(test_penalty__who_signs_in_is_forgiven_something),
		TEST(test_penalty__the_table_is_bounded),
		TEST(test_penalty__can_be_switched_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
