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
		{ RIGHT_REGISTER, 1U << ROLE_APPLICANT | 1U << ROLE_NEW |
					  1U << ROLE_GAST |
					  1U << ROLE_WAITING },
		{ RIGHT_PROVE, 1U << ROLE_SETUP | MEMBERS },
		{ RIGHT_OWN, MEMBERS },
		{ RIGHT_PROFILE, 1U << ROLE_WAITING | MEMBERS },
		{ RIGHT_READ, LEAST(ROLE_GAST) },
		{ RIGHT_WRITE, LEAST(ROLE_BIJDRAGER) },
		{ RIGHT_ROOT_FILES, LEAST(ROLE_REDACTEUR) },
		{ RIGHT_MODERATE, LEAST(ROLE_REDACTEUR) },
		{ RIGHT_STEWARD, LEAST(ROLE_BEHEERDER) },
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

/* What an account of each kind is in a space, without and with a role there. */
static void
test_policy__roles_in_a_space_are_as_the_table_says(void **state)
{
	static const struct {
		enum role wiki;
		enum role open, closed; /* nothing was given */
		bool takes; /* what was given counts */
	} table[] = {
		{ ROLE_NONE, ROLE_NONE, ROLE_NONE, false },
		{ ROLE_BLOCKED, ROLE_BLOCKED, ROLE_BLOCKED, false },
		{ ROLE_APPLICANT, ROLE_APPLICANT, ROLE_APPLICANT, false },
		{ ROLE_NEW, ROLE_NEW, ROLE_NEW, false },
		{ ROLE_SETUP, ROLE_SETUP, ROLE_SETUP, false },
		{ ROLE_GAST, ROLE_GAST, ROLE_NONE, false },
		{ ROLE_WAITING, ROLE_WAITING, ROLE_NONE, false },
		{ ROLE_LEZER, ROLE_LEZER, ROLE_NONE, true },
		{ ROLE_BIJDRAGER, ROLE_LEZER, ROLE_NONE, true },
		{ ROLE_REDACTEUR, ROLE_LEZER, ROLE_NONE, true },
		{ ROLE_BEHEERDER, ROLE_LEZER, ROLE_NONE, true },
		{ ROLE_HOST, ROLE_HOST, ROLE_HOST, false },
	};

	(void)state;
	assert_int_equal(sizeof(table) / sizeof(table[0]), ROLE_HOST + 1);
	for (int i = 0; i <= ROLE_HOST; i++) {
		enum role wiki = table[i].wiki;

		assert_int_equal(policy_role_in(wiki, ROLE_NONE, false),
				 table[i].open);
		assert_int_equal(policy_role_in(wiki, ROLE_NONE, true),
				 table[i].closed);
		for (int g = ROLE_LEZER; g <= ROLE_BEHEERDER; g++) {
			assert_int_equal(
				policy_role_in(wiki, (enum role)g, false),
				table[i].takes ? g : (int)table[i].open);
			assert_int_equal(
				policy_role_in(wiki, (enum role)g, true),
				table[i].takes ? g : (int)table[i].closed);
		}
	}
}

/* Every role in the wiki, with every role in a space, for every right. */
static void
test_policy__a_right_goes_by_the_role_where_it_counts(void **state)
{
	static const struct {
		enum right right;
		bool of_space;
	} table[] = {
		{ RIGHT_SIGN_IN, false },   { RIGHT_KNOW, false },
		{ RIGHT_REGISTER, false },  { RIGHT_PROVE, false },
		{ RIGHT_OWN, false },	    { RIGHT_PROFILE, false },
		{ RIGHT_READ, true },	    { RIGHT_WRITE, true },
		{ RIGHT_ROOT_FILES, true }, { RIGHT_MODERATE, true },
		{ RIGHT_ADMIN, false },	    { RIGHT_HOST, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (int w = ROLE_NONE; w <= ROLE_HOST; w++)
			for (int h = ROLE_NONE; h <= ROLE_HOST; h++)
				assert_int_equal(
					policy_may((enum role)w, (enum role)h,
						   table[i].right),
					policy_allows(
						(enum role)(table[i].of_space
								    ? h
								    : w),
						table[i].right));
	for (int w = ROLE_NONE; w <= ROLE_HOST; w++)
		for (int h = ROLE_NONE; h <= ROLE_HOST; h++)
			assert_int_equal(policy_may((enum role)w, (enum role)h,
						    RIGHT_STEWARD),
					 w >= ROLE_BEHEERDER ||
						 h >= ROLE_BEHEERDER);
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
	assert_int_equal(policy_right_of("bijlagen/sjablonen/thema/b.png"),
			 RIGHT_ROOT_FILES);
	assert_int_equal(policy_right_of("bespreking/sjablonen/thema/x.md"),
			 RIGHT_WRITE);
	assert_int_equal(policy_right_of("bijlagen/themas/a/b.png"),
			 RIGHT_WRITE);
}

static void
test_policy__a_municipality_speaks_for_itself(void **state)
{
	static const struct {
		bool editor;
		const char *organisation, *path;
		bool may;
	} table[] = {
		{ false, NULL, "themas/x.md", true },
		{ false, NULL, "voortgangen/x.md", true },
		{ false, NULL, "voortgang/duinstad.md", false },
		{ false, "", "voortgang/duinstad.md", false },
		{ false, "Gemeente Duinstad", "voortgang/duinstad.md", true },
		{ false, "duinstad", "voortgang/duinstad.md", true },
		{ false, "Duin", "voortgang/duinstad.md", false },
		{ false, "Duinstad-Noord", "voortgang/duinstad.md", false },
		{ false, "Duinstad", "voortgang/2026/duinstad/index.md",
		  false },
		{ true, NULL, "voortgang/duinstad.md", true },
		{ false, "Waterdam", "bijlagen/voortgang/duinstad/a.txt",
		  false },
		{ false, "Duinstad", "bijlagen/voortgang/duinstad/a.txt",
		  true },
		{ false, "Waterdam", "bespreking/voortgang/duinstad/x.md",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(policy_speaks_for(table[i].editor,
						   table[i].organisation,
						   table[i].path),
				 table[i].may);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_policy__a_municipality_speaks_for_itself),
		cmocka_unit_test(test_policy__rights_are_as_the_table_says),
		cmocka_unit_test(
			test_policy__roles_in_a_space_are_as_the_table_says),
		cmocka_unit_test(
			test_policy__a_right_goes_by_the_role_where_it_counts),
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
