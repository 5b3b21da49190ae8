/* Faults keep their order and their names, up to a number of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wiki/verdict.h"

static void
test_verdict__each_rule_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < FAULT_N; i++)
		assert_int_equal(fault_of(fault_name((enum fault_rule)i)), i);
	assert_int_equal(fault_of("anders"), FAULT_N);
	assert_int_equal(fault_of(NULL), FAULT_N);
}

static void
test_verdict__travels_as_json(void **state)
{
	struct fault f = { .rule = FAULT_SIZE,
			   .commit = { "abc" },
			   .path = (char *)"themas/\xff.md",
			   .number = 11,
			   .most = 10 };
	struct verdict v;
	json_t *j, *want;

	(void)state;
	verdict_init(&v);
	assert_true(verdict_is_fine(&v));
	assert_true(verdict_add(&v, &f));
	assert_false(verdict_is_fine(&v));
	j = verdict_json(&v);
	want = json_pack("{s:[{s:s,s:s,s:s,s:n,s:i,s:i}],s:b}", "faults",
			 "rule", "size", "commit", "abc", "path",
			 "themas/<FF>.md", "detail", "number", 11, "most", 10,
			 "more", 0);
	assert_true(json_equal(j, want));
	json_decref(j);
	json_decref(want);
	verdict_release(&v);
}

static void
test_verdict__says_when_there_are_more(void **state)
{
	struct fault f = { .rule = FAULT_PATH };
	struct verdict v;

	(void)state;
	verdict_init(&v);
	for (int i = 0; i < VERDICT_MOST; i++)
		assert_true(verdict_add(&v, &f));
	assert_false(v.more);
	assert_false(verdict_add(&v, &f));
	assert_true(v.more);
	assert_int_equal(v.faults.len, VERDICT_MOST);
	verdict_release(&v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdict__each_rule_has_a_name_of_its_own),
		cmocka_unit_test(test_verdict__travels_as_json),
		cmocka_unit_test(test_verdict__says_when_there_are_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
