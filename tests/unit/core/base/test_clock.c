#include "plein/clock.h"

#include <stdlib.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_iso(const char *zone, int64_t t, const char *expected)
{
	struct buf out = BUF_INIT;

	assert_int_equal(setenv("TZ", zone, 1), 0);
	tzset();
	buf_str(&out, "@");
	clock_iso(&out, t);
	assert_string_equal(out.ptr + 1, expected);
	buf_release(&out);
}

/* POSIX rules for the zone, so that no zone file is needed. */
#define AMSTERDAM "CET-1CEST,M3.5.0,M10.5.0/3"

static void
test_clock__iso_has_the_offset_of_the_zone_and_season(void **state)
{
	(void)state;
	assert_iso(AMSTERDAM, 1773739560, "2026-03-17T10:26:00+01:00");
	assert_iso(AMSTERDAM, 1784107560, "2026-07-15T11:26:00+02:00");
	assert_iso("UTC0", 0, "1970-01-01T00:00:00+00:00");
	assert_iso("NST3:30", 1773739560, "2026-03-17T05:56:00-03:30");
}

static void
test_clock__iso_survives_dates_far_away(void **state)
{
	(void)state;
	assert_iso("UTC0", -1, "1969-12-31T23:59:59+00:00");
	assert_iso("UTC0", 253402300800, "10000-01-01T00:00:00+00:00");
	assert_iso("UTC0", INT64_MAX, "@9223372036854775807");
}

static void
test_clock__mono_agrees_with_the_system(void **state)
{
	struct timespec ts;
	int64_t before, after;

	(void)state;
	before = clock_mono_ms();
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &ts), 0);
	after = clock_mono_ms();
	assert_true(before <= ts.tv_sec * 1000 + ts.tv_nsec / 1000000);
	assert_true(after >= ts.tv_sec * 1000 + ts.tv_nsec / 1000000);
}

static void
test_clock__wall_is_the_time_of_the_system(void **state)
{
	time_t before = time(NULL);
	int64_t now = clock_wall();

	(void)state;
	assert_true(now >= before - 1 && now <= time(NULL) + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_clock__iso_has_the_offset_of_the_zone_and_season),
		cmocka_unit_test(test_clock__iso_survives_dates_far_away),
		cmocka_unit_test(test_clock__mono_agrees_with_the_system),
		cmocka_unit_test(test_clock__wall_is_the_time_of_the_system),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
