/* Tests of server/wiki/part.c. */
#include "wiki/part.h"
#include "wiki/call.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t
fill(struct part *p, const char *text)
{
	size_t n = 0;

	while (part_add(p, json_string(text)))
		n++;
	return n;
}

static void
test_part__takes_as_many_rows_as_fit(void **state)
{
	struct call c = { 0 };
	struct part p;
	char *text;

	(void)state;
	part_init(&p, 100);
	assert_int_equal(fill(&p, "1234567"), 10); /* 7, quotes, comma */
	part_answer(&p, &c, "weiter");
	assert_string_equal(
		json_string_value(json_object_get(call_result(&c), "next")),
		"weiter");
	text = json_dumps(json_object_get(call_result(&c), "rows"),
			  JSON_COMPACT);
	assert_int_equal(strlen(text), 101); /* and the brackets */
	free(text);
	call_release(&c);
}

/* As it travels: what must be escaped takes more. */
static void
test_part__counts_bytes_of_the_message(void **state)
{
	struct call c = { 0 };
	struct part p;

	(void)state;
	part_init(&p, 100);
	assert_int_equal(fill(&p, "\"\"\"\"\"\"\""), 5);
	part_answer(&p, &c, NULL);
	assert_null(json_object_get(call_result(&c), "next"));
	call_release(&c);
}

static void
test_part__takes_one_row_at_least(void **state)
{
	struct call c = { 0 };
	struct part p;

	(void)state;
	part_init(&p, 4);
	assert_int_equal(fill(&p, "longer than that"), 1);
	part_answer(&p, &c, NULL);
	call_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_part__takes_as_many_rows_as_fit),
		cmocka_unit_test(test_part__counts_bytes_of_the_message),
		cmocka_unit_test(test_part__takes_one_row_at_least),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
