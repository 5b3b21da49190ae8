/* test_turnaway.c - a flood of refusals becomes a few rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "turnaway.h"

static void
expect_first(struct turnaway *t, const char *peer, const char *reason, long n)
{
	const struct turnaway_row *r = turnaway_first(t, TURNAWAY_MS + 5);

	assert_non_null(r);
	assert_string_equal(r->peer, peer);
	assert_string_equal(r->reason, reason);
	assert_int_equal(r->n, n);
	turnaway_told(t);
}

static void
test_turnaway__adds_up_by_address_and_reason(void **state)
{
	struct turnaway t = { .n = 0 };

	(void)state;
	assert_null(turnaway_first(&t, INT64_MAX));
	for (int i = 0; i < 1000; i++)
		turnaway_note(&t, "192.0.2.1", "network", 5 + i);
	turnaway_note(&t, "192.0.2.1", "penalty", 6);
	turnaway_note(&t, "2001:db8::1", "network", 7);
	assert_null(turnaway_first(&t, TURNAWAY_MS + 4));
	expect_first(&t, "192.0.2.1", "network", 1000);
	expect_first(&t, "192.0.2.1", "penalty", 1);
	expect_first(&t, "2001:db8::1", "network", 1);
	assert_null(turnaway_first(&t, INT64_MAX));
	assert_int_equal(t.due, 0);
}

static void
test_turnaway__is_bounded(void **state)
{
	struct turnaway t = { .n = 0 };
	const struct turnaway_row *r;
	char peer[ADDRESS_TEXT];
	size_t rows = 0;
	long all = 0;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		(void)snprintf(peer, sizeof(peer), "192.0.%d.%d", i / 256,
			       i % 256);
		turnaway_note(&t, peer, "network", 1);
	}
	while ((r = turnaway_first(&t, INT64_MAX))) {
		all += r->n;
		if (++rows == TURNAWAY_MOST)
			assert_string_equal(r->peer, "*");
		turnaway_told(&t);
	}
	assert_int_equal(rows, TURNAWAY_MOST);
	assert_int_equal(all, 5000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_turnaway__adds_up_by_address_and_reason),
		cmocka_unit_test(test_turnaway__is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
