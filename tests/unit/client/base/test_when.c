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

/* 12 March 2026, 09:30 there. */
#define NOW 1773304200

static void
expect_day(const char *s, const char *day)
{
	int64_t begin, end, want, want_end;

	assert_true(when_parse(day, &want));
	assert_true(when_parse_end(day, &want_end));
	if (!when_read(s, NOW, &begin, &end) || begin != want ||
	    end != want_end)
		fail_msg("%s is not %s", s, day);
}

static void
test_when__reads_days_as_people_say_them(void **state)
{
	static const char *const no[] = { "",	       "1",	    "1 xyz",
					  "32-1-2026", "30-2-2026", "1-13-2026",
					  "morgen",    "1-2-2026x", "feb",
					  "1 fe",      "-1-2" };
	int64_t begin, end;

	(void)state;
	expect_day("1-2-2026", "2026-02-01");
	expect_day("01/02/26", "2026-02-01");
	expect_day("1 feb", "2026-02-01");
	expect_day("1 februari 2025", "2025-02-01");
	expect_day("3 maart", "2026-03-03");
	expect_day("3 Mar", "2026-03-03");
	expect_day("3 mrt", "2026-03-03");
	expect_day("5 mei", "2025-05-05");
	expect_day("5 oct", "2025-10-05");
	expect_day("29-2", "2024-02-29");
	expect_day("vandaag", "2026-03-12");
	expect_day("Yesterday", "2026-03-11");
	expect_day("eergisteren", "2026-03-10");
	expect_day("2026-01-05", "2026-01-05");
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (when_read(no[i], NOW, &begin, &end))
			fail_msg("%s was taken", no[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_when__reads_days_and_times_of_the_place),
		cmocka_unit_test(test_when__ends_with_the_last_second),
		cmocka_unit_test(test_when__refuses_what_is_no_moment),
		cmocka_unit_test(test_when__bears_the_night_the_clock_jumps),
		cmocka_unit_test(test_when__reads_days_as_people_say_them),
	};

	return cmocka_run_group_tests(tests, set_zone, NULL);
}
