/* What a filter holds, as drawers ask for it, and the query it makes. */
#include "view/narrow.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW 1000000000

/* As somebody answers: what to filter by, then its value. */
static void
answer(struct narrow *n, const char *part, const char *value)
{
	struct request r;

	assert_false(narrow_run(n, CMD_FILTER, part, &r));
	assert_true(r.kind == REQUEST_ASK || r.kind == REQUEST_FIELD);
	request_release(&r);
	assert_true(narrow_run(n, CMD_FILTER, value, &r));
	request_release(&r);
}

static void
expect_query(const struct narrow *n, const char *words, const char *query)
{
	json_t *params = narrow_query(n, words, NOW);

	assert_string_equal(args_text(params, "query"), query);
	json_decref(params);
}

static void
test_narrow__puts_fields_before_the_words(void **state)
{
	struct narrow n;

	(void)state;
	narrow_init(&n, (1u << NARROW_N) - 1);
	expect_query(&n, "a \"b", "a \"b");
	assert_null(narrow_query(&n, " ", NOW));
	answer(&n, "0", "thema");
	answer(&n, "2", "gert \"type:x");
	expect_query(&n, "a \"b", "type:\"thema\" door:\"gert type:x\" a \"b");
	expect_query(&n, "", "type:\"thema\" door:\"gert type:x\" ");
	narrow_release(&n);
}

static void
test_narrow__counts_a_period_from_now(void **state)
{
	struct narrow n;
	json_t *params;

	(void)state;
	narrow_init(&n, (1u << NARROW_N) - 1);
	assert_true(narrow_knows_old(&n));
	answer(&n, "3", "7");
	assert_false(narrow_knows_old(&n));
	params = narrow_query(&n, "a", NOW);
	assert_int_equal(json_integer_value(json_object_get(params, "since")),
			 NOW - 7 * 24 * 60 * 60);
	json_decref(params);
	narrow_release(&n);
}

static void
test_narrow__forgets_a_question_that_was_left(void **state)
{
	struct narrow n;
	struct request r;

	(void)state;
	narrow_init(&n, (1u << NARROW_N) - 1);
	assert_false(narrow_run(&n, CMD_FILTER, "0", &r));
	request_release(&r);
	assert_false(narrow_run(&n, CMD_FILTER, NULL, &r)); /* f once more */
	request_release(&r);
	assert_false(narrow_run(&n, CMD_FILTER, "1", &r));
	request_release(&r);
	assert_true(narrow_run(&n, CMD_FILTER, "concept", &r));
	assert_string_equal(narrow_value(&n, NARROW_STATUS), "concept");
	assert_string_equal(narrow_value(&n, NARROW_KIND), "");
	assert_true(narrow_run(&n, CMD_FILTER, "", &r));
	assert_true(narrow_is_empty(&n));
	narrow_release(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_narrow__puts_fields_before_the_words),
		cmocka_unit_test(test_narrow__counts_a_period_from_now),
		cmocka_unit_test(test_narrow__forgets_a_question_that_was_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
