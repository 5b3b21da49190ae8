#include "plein/policy.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LEAST(r) (~0U << (r))
#define MEMBERS \
	(1U << ROLE_LEZER | 1U << ROLE_BIJDRAGER | 1U << ROLE_REDACTEUR | \
	 1U << ROLE_BEHEERDER)

/* For each right, the set of roles that have it. */
static void
test_policy__rights_are_as_the_table_says(void **state)
{
	static const struct {
		enum right right;
		unsigned has;
	} table[] = {
		{ RIGHT_SIGN_IN, 1U << ROLE_NONE },
		{ RIGHT_KNOW, LEAST(ROLE_BLOCKED) },
		{ RIGHT_REGISTER,
		  1U << ROLE_APPLICANT | 1U << ROLE_NEW | 1U << ROLE_WAITING },
		{ RIGHT_PROVE, 1U << ROLE_SETUP | MEMBERS },
		{ RIGHT_OWN, MEMBERS },
		{ RIGHT_READ, LEAST(ROLE_GAST) },
		{ RIGHT_WRITE, LEAST(ROLE_BIJDRAGER) },
		{ RIGHT_ROOT_FILES, LEAST(ROLE_REDACTEUR) },
		{ RIGHT_ADMIN, LEAST(ROLE_BEHEERDER) },
		{ RIGHT_HOST, LEAST(ROLE_HOST) },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (int r = ROLE_NONE; r <= ROLE_HOST; r++)
			assert_int_equal(
				policy_allows((enum role)r, table[i].right),
				(table[i].has >> r) & 1);
}

static void
test_policy__guests_clone_where_they_may(void **state)
{
	(void)state;
	for (int r = ROLE_NONE; r <= ROLE_HOST; r++) {
		assert_int_equal(policy_may_clone((enum role)r, false),
				 r >= ROLE_LEZER);
		assert_int_equal(policy_may_clone((enum role)r, true),
				 r >= ROLE_GAST);
	}
}

static void
test_policy__roles_need_a_code_from_one_on(void **state)
{
	(void)state;
	for (int r = ROLE_NONE; r <= ROLE_HOST; r++) {
		assert_false(policy_needs_code((enum role)r, ROLE_NONE));
		assert_int_equal(policy_needs_code((enum role)r, ROLE_LEZER),
				 r >= ROLE_LEZER && r <= ROLE_BEHEERDER);
		assert_int_equal(
			policy_needs_code((enum role)r, ROLE_BEHEERDER),
			r == ROLE_BEHEERDER);
	}
}

static void
test_policy__names_of_roles_go_back_and_forth(void **state)
{
	(void)state;
	for (int r = ROLE_BLOCKED; r <= ROLE_BEHEERDER; r++)
		assert_int_equal(role_of(role_name((enum role)r)), r);
	assert_string_equal(role_name(ROLE_REDACTEUR), "redacteur");
}

static void
test_policy__no_word_makes_a_host_or_nothing(void **state)
{
	static const char *const words[] = {
		"host", "none", "", "Lezer", "beheer", "lezer ", "admin",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_int_equal(role_of(words[i]), ROLE_NONE);
}

static void
test_policy__each_right_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = RIGHT_SIGN_IN; a <= RIGHT_HOST; a++)
		for (int b = RIGHT_SIGN_IN; b < a; b++)
			assert_string_not_equal(right_name((enum right)a),
						right_name((enum right)b));
	assert_string_equal(right_name(RIGHT_ROOT_FILES), "root-files");
}

static void
test_policy__root_files_and_templates_ask_for_more(void **state)
{
	(void)state;
	assert_int_equal(policy_right_of("README.md"), RIGHT_ROOT_FILES);
	assert_int_equal(policy_right_of("bronnen.yml"), RIGHT_ROOT_FILES);
	assert_int_equal(policy_right_of(".mailmap"), RIGHT_ROOT_FILES);
	assert_int_equal(policy_right_of("sjablonen/thema.md"),
			 RIGHT_ROOT_FILES);
	assert_int_equal(policy_right_of("index.md"), RIGHT_WRITE);
	assert_int_equal(policy_right_of("themas/sjablonen.md"), RIGHT_WRITE);
	assert_int_equal(policy_right_of("bijlagen/themas/a/b.png"),
			 RIGHT_WRITE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_policy__rights_are_as_the_table_says),
		cmocka_unit_test(test_policy__guests_clone_where_they_may),
		cmocka_unit_test(test_policy__roles_need_a_code_from_one_on),
		cmocka_unit_test(test_policy__names_of_roles_go_back_and_forth),
		cmocka_unit_test(test_policy__no_word_makes_a_host_or_nothing),
		cmocka_unit_test(test_policy__each_right_has_a_name_of_its_own),
		cmocka_unit_test(
			test_policy__root_files_and_templates_ask_for_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
