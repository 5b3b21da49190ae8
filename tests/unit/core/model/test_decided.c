/* Decisions as their fields say them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/decided.h"

static void
test_decided__is_read(void **state)
{
	static const char text[] =
		"---\ndatum: 12-2-2021\ngremium: \"BALV\"\nplaats: Den Haag\n"
		"mandaat: statuten\nuitkomst: aangenomen\nherzien_voor: "
		"\"2027-02-01\"\nofficieel: de VNG\nhoort_bij: "
		"[themas/x, vergaderingen/2021/v]\n---\nTekst.\n";
	struct decided d;

	(void)state;
	decided_read(&d, text, strlen(text));
	assert_string_equal(d.date, "2021-02-12");
	assert_string_equal(d.review, "2027-02-01");
	assert_string_equal(d.ends, "");
	assert_string_equal(d.body, "BALV");
	assert_string_equal(d.place, "Den Haag");
	assert_string_equal(d.mandate, "statuten");
	assert_string_equal(d.outcome, "aangenomen");
	assert_string_equal(d.official, "de VNG");
	assert_string_equal(d.meeting, "vergaderingen/2021/v");
	decided_release(&d);
	decided_read(&d, "Niets.", 6);
	assert_string_equal(d.date, "");
	assert_null(d.body);
	decided_release(&d);
}

static void
test_decided__what_a_template_asks_is_no_answer(void **state)
{
	static const char text[] =
		"---\nplaats: \"[plaats]\"\nmandaat: \"[waarop het berust]\"\n"
		"uitkomst: \"[ingestemd, aangehouden]\"\nofficieel: \"\"\n"
		"gremium: \"[x] en y\"\n---\n";
	struct decided d;

	(void)state;
	decided_read(&d, text, strlen(text));
	assert_null(d.place);
	assert_null(d.mandate);
	assert_null(d.outcome);
	assert_null(d.official);
	assert_string_equal(d.body, "[x] en y");
	decided_release(&d);
}

static void
test_decided__what_was_none(void **state)
{
	(void)state;
	assert_true(decided_holds("aangenomen"));
	assert_true(decided_holds("Ingestemd"));
	assert_false(decided_holds("Aangehouden tot juni"));
	assert_false(decided_holds("afgewezen"));
	assert_false(decided_holds("niet ingestemd"));
	assert_false(decided_holds("[ingestemd, aangehouden, afgewezen]"));
	assert_false(decided_holds(""));
	assert_false(decided_holds("  "));
	assert_false(decided_holds(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decided__is_read),
		cmocka_unit_test(
			test_decided__what_a_template_asks_is_no_answer),
		cmocka_unit_test(test_decided__what_was_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
