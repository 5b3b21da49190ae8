/* Tests of server/wiki/turns.c. */
#include "wiki/turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct job *
job_number(size_t i)
{
	static char jobs[TURNS_WAITING + TURNS_AT_ONCE + 1];

	return (struct job *)(void *)&jobs[i];
}

static void
test_turns__few_run_and_the_others_wait_in_order(void **state)
{
	struct turns t = { 0 };
	struct err err = ERR_INIT;
	size_t i;
	bool now;

	(void)state;
	for (i = 0; i < TURNS_WAITING + TURNS_AT_ONCE; i++) {
		assert_int_equal(turns_take(&t, job_number(i), &now, &err), 0);
		assert_int_equal(now, i < TURNS_AT_ONCE);
	}
	assert_int_equal(turns_take(&t, job_number(i), &now, &err),
			 PLEIN_EBUSY);
	for (i = TURNS_AT_ONCE; i < TURNS_WAITING + TURNS_AT_ONCE; i++)
		assert_ptr_equal(turns_next(&t), job_number(i));
	assert_null(turns_next(&t));
	assert_null(turns_next(&t));
	assert_int_equal(t.running, 0);
	assert_int_equal(turns_take(&t, job_number(0), &now, &err), 0);
	assert_true(now);
	vec_release(&t.waiting, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_turns__few_run_and_the_others_wait_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
