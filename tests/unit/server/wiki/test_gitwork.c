/* How git ended, and what is noted of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "wiki/gitwork.h"

static void
test_gitwork__is_stopped_by_us_only(void **state)
{
	static const struct {
		int status;
		bool ended, refused;
		enum gitwork_end how;
	} rows[] = {
		{ 0, false, false, GITWORK_WELL },
		{ 128, false, false, GITWORK_BADLY },
		{ -1, false, false, GITWORK_BADLY }, /* they hung up */
		{ -1, true, false, GITWORK_STOPPED },
		{ 143, true, false, GITWORK_STOPPED },
		{ 0, true, false, GITWORK_WELL }, /* it was done already */
		{ 1, false, true, GITWORK_REFUSED },
		{ 0, false, true, GITWORK_REFUSED }, /* some of its refs */
		{ -1, true, true, GITWORK_STOPPED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (gitwork_judge(rows[i].status, rows[i].ended,
				  rows[i].refused) != rows[i].how)
			fail_msg("row %zu", i);
}

static void
expect_record(struct audit_record *r_take, const char *act, const char *detail,
	      const char *result)
{
	assert_string_equal(r_take->field[AUDIT_ACT], act);
	assert_string_equal(r_take->field[AUDIT_WHO], "jan");
	assert_string_equal(r_take->field[AUDIT_DOOR], "git");
	assert_string_equal(r_take->field[AUDIT_FROM], "::1");
	assert_string_equal(r_take->field[AUDIT_DETAIL], detail);
	assert_string_equal(r_take->field[AUDIT_RESULT], result);
	audit_record_free(r_take);
}

static void
test_gitwork__its_records_say_how_it_went(void **state)
{
	const struct instruction push = { .conn = 3,
					  .account = "jan",
					  .space = "agenda",
					  .key = "SHA256:k",
					  .peer = "::1",
					  .push = true,
					  .since = INT64_MAX },
				 clone = { .conn = 4,
					   .account = "jan",
					   .space = "zorg",
					   .peer = "::1",
					   .since = INT64_MAX };
	struct vec list = VEC_INIT;
	const struct gitwork *g;

	(void)state;
	g = gitwork_add(&list, &push);
	assert_null(gitwork_add(&list, &push));
	expect_record(gitwork_began(g), "git.push", "space=agenda key=SHA256:k",
		      "ok");
	expect_record(gitwork_ended(g, GITWORK_REFUSED), "git.push.end",
		      "space=agenda key=SHA256:k seconds=0", "denied");
	g = gitwork_add(&list, &clone);
	expect_record(gitwork_began(g), "git.clone", "space=zorg", "ok");
	expect_record(gitwork_ended(g, GITWORK_WELL), "git.clone.end",
		      "space=zorg seconds=0", "ok");
	expect_record(gitwork_ended(g, GITWORK_BADLY), "git.clone.end",
		      "space=zorg seconds=0", "io");
	expect_record(gitwork_ended(g, GITWORK_STOPPED), "git.clone.end",
		      "space=zorg seconds=0", "closed");
	vec_release(&list, gitwork_free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gitwork__is_stopped_by_us_only),
		cmocka_unit_test(test_gitwork__its_records_say_how_it_went),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
