/* Tests of server/ssh/limits.c and stage.c: both are only numbers. */
#include "ssh/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ssh/stage.h"

static const struct conn_limits few = {
	.banner_ms = 100,
	.auth_ms = 300,
	.talk_ms = 900,
	.probes = 3,
	.failures = 2,
	.login_bytes = 1000,
	.hangup_ms = 50,
};

static void
expect(struct meter m, const char *want)
{
	const char *got = limits_broken(&few, &m, 0);

	if (want == NULL)
		assert_null(got);
	else
		assert_string_equal(got, want);
}

static void
test_limits__hold_at_the_limit_and_break_behind_it(void **state)
{
	(void)state;
	expect((struct meter){ .probes = 3 }, NULL);
	expect((struct meter){ .probes = 4 }, "probes");
	expect((struct meter){ .failures = 1 }, NULL);
	expect((struct meter){ .failures = 2 }, "proofs");
	expect((struct meter){ .others = LIMITS_OTHERS }, NULL);
	expect((struct meter){ .others = LIMITS_OTHERS + 1 }, "methods");
	expect((struct meter){ .unruly = true }, "answers");
	expect((struct meter){ .bytes = 1000 }, NULL);
	expect((struct meter){ .bytes = 1001 }, "bytes");
	expect((struct meter){ .refusals = LIMITS_REFUSALS }, NULL);
	expect((struct meter){ .refusals = LIMITS_REFUSALS + 1 }, "requests");
}

static void
test_limits__notice_packets_that_nobody_answered(void **state)
{
	(void)state;
	expect((struct meter){ .packets = LIMITS_SILENT + 5, .answered = 5 },
	       NULL);
	expect((struct meter){ .packets = LIMITS_SILENT + 6, .answered = 5 },
	       "silent");
}

static void
test_limits__of_signing_in_end_with_it(void **state)
{
	const struct meter m = {
		.probes = 99, .failures = 99, .bytes = 1 << 30, .packets = 9999
	};

	(void)state;
	assert_null(limits_broken(&few, &m, 1));
}

static void
test_stage__follows_only_the_table(void **state)
{
	(void)state;
	for (int from = STAGE_KEX; from <= STAGE_DONE; from++)
		for (int to = STAGE_KEX; to <= STAGE_DONE; to++) {
			bool skip = (from == STAGE_OPEN && to == STAGE_RUN) ||
				    (from == STAGE_AUTH && to == STAGE_OPEN);
			bool want =
				from != STAGE_DONE &&
				(to == from + 1 || to == STAGE_DONE || skip);

			assert_int_equal(stage_may_follow((enum stage)from,
							  (enum stage)to),
					 want);
		}
}

static void
test_stage__has_no_timer_while_a_session_runs(void **state)
{
	(void)state;
	assert_int_equal(stage_deadline(STAGE_KEX, &few, 1000, 1000), 1100);
	assert_int_equal(stage_deadline(STAGE_AUTH, &few, 1000, 1090), 1300);
	assert_int_equal(stage_deadline(STAGE_TALK, &few, 1000, 1090), 1990);
	assert_int_equal(stage_deadline(STAGE_RUN, &few, 1000, 1090), -1);
	assert_int_equal(stage_deadline(STAGE_CLOSE, &few, 1000, 5000), 5050);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_limits__hold_at_the_limit_and_break_behind_it),
		cmocka_unit_test(
			test_limits__notice_packets_that_nobody_answered),
		cmocka_unit_test(test_limits__of_signing_in_end_with_it),
		cmocka_unit_test(test_stage__follows_only_the_table),
		cmocka_unit_test(test_stage__has_no_timer_while_a_session_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
