/* Moments as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "base/when.h"

static void
expect(const char *s, int64_t want)
{
	int64_t when = 0;

	if (!when_parse(s, &when) || when != want)
		fail_msg("%s: %lld, not %lld", s, (long long)when,
			 (long long)want);
}

static void
refuse(const char *s)
{
	int64_t when;

	if (when_parse(s, &when))
		fail_msg("%s was taken", s);
}

static int
set_zone(void **state)
{
	(void)state;
	(void)setenv("TZ", "Europe/Amsterdam", 1);
	tzset();
	return 0;
}

static void
test_when__reads_days_and_times_of_the_place(void **state)
{
	(void)state;
	expect("2026-03-12", 1773270000);
	expect("2026-03-12T09:30", 1773304200);
	expect("2026-03-12T09:30:05", 1773304205);
	expect("2026-07-01T00:00", 1782856800); /* summer */
	expect("2024-02-29", 1709161200);
}

static void
expect_end(const char *s, int64_t want)
{
	int64_t when = 0;

	if (!when_parse_end(s, &when) || when != want)
		fail_msg("%s: %lld, not %lld", s, (long long)when,
			 (long long)want);
}

static void
test_when__ends_with_the_last_second(void **state)
{
	int64_t when;

	(void)state;
	expect_end("2026-03-12", 1773270000 + 86400 - 1);
	expect_end("2026-03-12T09:30", 1773304200 + 59);
	expect_end("2026-03-12T09:30:05", 1773304205);
	/* the day on which the clock goes forward, and back */
	expect_end("2026-03-29", 1774738800 + 23 * 3600 - 1);
	expect_end("2026-10-25", 1792879200 + 25 * 3600 - 1);
	expect_end("2026-12-31", 1798671600 + 86400 - 1);
	assert_false(when_parse_end("2026-02-30", &when));
}

static void
test_when__refuses_what_is_no_moment(void **state)
{
	static const char *const no[] = {
		"",
		"gisteren",
		"2026",
		"2026-3-1",
		"2026-02-30",
		"2026-13-01",
		"2025-02-29",
		"2026-03-12T",
		"2026-03-12T24:00",
		"2026-03-12T09:60",
		"2026-03-12 09:30",
		"2026-03-12T09:30:99",
		"2026-03-12x",
		"1969-01-01",
		"2026-00-10",
		"2026-01-00",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		refuse(no[i]);
}

/* In the hour that is skipped a time is moved, not refused. */
static void
test_when__bears_the_night_the_clock_jumps(void **state)
{
	int64_t when;

	(void)state;
	assert_true(when_parse("2026-03-29T02:30", &when));
	assert_true(when_parse("2026-10-25T02:30", &when));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_when__reads_days_and_times_of_the_place),
		cmocka_unit_test(test_when__ends_with_the_last_second),
		cmocka_unit_test(test_when__refuses_what_is_no_moment),
		cmocka_unit_test(test_when__bears_the_night_the_clock_jumps),
	};

	return cmocka_run_group_tests(tests, set_zone, NULL);
}
