/* Tests of core/base/netmask.c. */
#include "plein/netmask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_netmask__holds_what_begins_alike(void **state)
{
	static const struct {
		const char *mask, *address;
		bool held;
	} rows[] = {
		{ "192.0.2.0/24", "192.0.2.0", true },
		{ "192.0.2.0/24", "192.0.2.255", true },
		{ "192.0.2.0/24", "192.0.3.0", false },
		{ "192.0.2.0/24", "::ffff:192.0.2.9", true },
		{ "192.0.2.0/24", "::192.0.2.9", false },
		{ "192.0.2.128/25", "192.0.2.127", false },
		{ "192.0.2.128/25", "192.0.2.128", true },
		{ "192.0.2.7", "192.0.2.7", true },
		{ "192.0.2.7", "192.0.2.6", false },
		{ "192.0.2.6/31", "192.0.2.7", true },
		{ "0.0.0.0/0", "203.0.113.9", true },
		{ "0.0.0.0/0", "2001:db8::1", false },
		{ "2001:db8::/32", "2001:db8:ffff::1", true },
		{ "2001:db8::/32", "2001:db9::1", false },
		{ "2001:db8::/33", "2001:db8:8000::", false },
		{ "2001:db8::1", "2001:db8::1", true },
		{ "2001:db8::1", "2001:db8::2", false },
		{ "::/0", "192.0.2.1", true },
		{ "192.0.2.0/24", "", false },
		{ "::/0", "geen", false },
	};
	struct netmask m;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(netmask_parse(&m, rows[i].mask));
		if (netmask_holds(&m, rows[i].address) != rows[i].held)
			fail_msg("%s %s", rows[i].mask, rows[i].address);
	}
}

static void
test_netmask__refuses_what_is_none(void **state)
{
	static const char *const wrong[] = {
		"",
		"/",
		"/24",
		"192.0.2.0/",
		"192.0.2.0/33",
		"192.0.2.0/-1",
		"192.0.2.0/ 8",
		"192.0.2.0/08",
		"192.0.2.0/24x",
		"192.0.2/24",
		"192.0.2.1/24", /* bits that do not count */
		"2001:db8::1/64",
		"2001:db8::/129",
		"2001:db8::/1000",
		"example.nl",
		"[2001:db8::]/32",
		"2001:0db8:0000:0000:0000:0000:0000:0000:0000:0000:0000/64",
	};
	struct netmask m;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (netmask_parse(&m, wrong[i]))
			fail_msg("%s", wrong[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_netmask__holds_what_begins_alike),
		cmocka_unit_test(test_netmask__refuses_what_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
