/* test_lookalike.c - names that are taken for one another. */
#include "plein/lookalike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *a, *b;
	bool alike;
} rows[] = {
	{ "ict.duinstad", "ict-duinstad", true },
	{ "ict.duinstad", "ictduinstad", true },
	{ "jan", "jan", true },
	{ "jan0", "jano", true },
	{ "w1llem", "willem", true },
	{ "wiilem", "willem", true },
	{ "marnix", "mamix", true },
	{ "arno", "amo", true },
	{ "arno", "arm0", false },
	{ "vvim", "wim", true },
	{ "jan", "jans", false },
	{ "jan", "ja", false },
	{ "r", "rn", false },
	{ "m", "rn", true },
	{ "griffie.hoogland", "griffie.hoogeland", false },
	{ "raadslid.4", "raadslid.5", false },
};

static void
test_lookalike__is_what_a_reader_confuses(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (lookalike(rows[i].a, rows[i].b) != rows[i].alike)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
		if (lookalike(rows[i].b, rows[i].a) != rows[i].alike)
			fail_msg("%s and %s", rows[i].b, rows[i].a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lookalike__is_what_a_reader_confuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
