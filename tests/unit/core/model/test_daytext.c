/* Days as fields hold them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/daytext.h"

static void
test_daytext__both_ways_people_write(void **state)
{
	static const struct {
		const char *s, *day;
	} days[] = {
		{ "2026-06-01", "2026-06-01" },
		{ "1-6-2026", "2026-06-01" },
		{ "2026-6-1", "2026-06-01" },
		{ "29-2-2024", "2024-02-29" },
		{ "29-2-2025", "" },
		{ "2026-13-01", "" },
		{ "2026-00-10", "" },
		{ "1-6-26", "" },
		{ "2026-06", "" },
		{ "voor de zomer", "" },
		{ "", "" },
		{ "2026-06-01T10", "" },
		{ "-6-2026", "" },
		{ "20260-6-1", "" },
	};
	char out[DAYTEXT_LEN + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		assert_int_equal(
			daytext_read(days[i].s, strlen(days[i].s), out),
			days[i].day[0] != '\0');
		assert_string_equal(out, days[i].day);
	}
	assert_false(daytext_read(NULL, 0, out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_daytext__both_ways_people_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
