/* Tests of server/wiki/attempts.c. */
#include "wiki/attempts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const struct conf_tries rule = { 5, 8, 15 };

#define MINUTES(n) ((int64_t)(n)*60000)

static void
test_attempts__five_of_an_account_in_fifteen_minutes(void **state)
{
	struct attempts *a = attempts_new();

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(attempts_begin(a, &rule, "toos", "192.0.2.1",
						MINUTES(100 + i)),
				 0);
	/* also from elsewhere */
	assert_int_equal(
		attempts_begin(a, &rule, "toos", "192.0.2.9", MINUTES(105)),
		MINUTES(10));
	assert_int_equal(
		attempts_begin(a, &rule, "toos", "192.0.2.1", MINUTES(115) - 1),
		1);
	assert_int_equal(
		attempts_begin(a, &rule, "piet", "192.0.2.1", MINUTES(105)), 0);
	assert_int_equal(
		attempts_begin(a, &rule, "toos", "192.0.2.1", MINUTES(115)), 0);
	attempts_free(a);
}

static void
test_attempts__an_address_has_more_and_a_network_is_one(void **state)
{
	struct attempts *a = attempts_new();
	char who[16], peer[32];

	(void)state;
	for (int i = 0; i < 8; i++) {
		(void)snprintf(who, sizeof(who), "p%d", i);
		(void)snprintf(peer, sizeof(peer), "2001:db8::%x", i + 1);
		assert_int_equal(attempts_begin(a, &rule, who, peer, 1), 0);
	}
	assert_int_equal(attempts_begin(a, &rule, "p9", "2001:db8::ffff:1", 1),
			 MINUTES(15));
	assert_int_equal(attempts_begin(a, &rule, "p9", "2001:db8:0:1::1", 1),
			 0);
	assert_int_equal(attempts_begin(a, &rule, "p9", "192.0.2.1", 1), 0);
	attempts_free(a);
}

static void
test_attempts__a_right_one_forgets_the_wrong_ones(void **state)
{
	struct attempts *a = attempts_new();

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(attempts_begin(a, &rule, "toos", "::1", 1), 0);
	attempts_right(a, "toos", "::1");
	/* four wrong ones of the address are left, of eight */
	for (int i = 0; i < 4; i++)
		assert_int_equal(attempts_begin(a, &rule, "toos", "::1", 1), 0);
	assert_int_equal(attempts_begin(a, &rule, "toos", "::1", 1),
			 MINUTES(15));
	assert_int_equal(attempts_begin(a, &rule, "toos", "192.0.2.1", 1), 0);
	attempts_right(a, "nobody", "192.0.2.1");
	attempts_free(a);
}

/* An account is no address, whatever somebody types as a name. */
static void
test_attempts__a_name_is_no_address(void **state)
{
	struct attempts *a = attempts_new();

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)attempts_begin(a, &rule, "192.0.2.1", "192.0.2.7", 1);
	assert_int_equal(attempts_begin(a, &rule, "toos", "192.0.2.1", 1), 0);
	attempts_free(a);
}

static void
test_attempts__keeps_no_more_than_it_may(void **state)
{
	struct attempts *a = attempts_new();
	char who[16], peer[32];

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)attempts_begin(a, &rule, "first", "::1", 1);
	for (int i = 0; i < ATTEMPTS_KEPT; i++) {
		(void)snprintf(who, sizeof(who), "p%d", i);
		(void)snprintf(peer, sizeof(peer), "10.%d.%d.1", i / 256,
			       i % 256);
		(void)attempts_begin(a, &rule, who, peer, 2);
	}
	assert_int_equal(attempts_begin(a, &rule, "first", "::1", 3), 0);
	attempts_free(a);
	assert_int_equal(attempts_begin(NULL, &rule, "x", "::1", 1), 0);
	attempts_right(NULL, "x", "::1");
	attempts_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_attempts__five_of_an_account_in_fifteen_minutes),
		cmocka_unit_test(
			test_attempts__an_address_has_more_and_a_network_is_one),
		cmocka_unit_test(
			test_attempts__a_right_one_forgets_the_wrong_ones),
		cmocka_unit_test(test_attempts__a_name_is_no_address),
		cmocka_unit_test(test_attempts__keeps_no_more_than_it_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
