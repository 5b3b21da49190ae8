/* Who made it and when: what may be claimed by git. */
#include "plein/claim.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW 1700000000

static bool
is_toos(void *ctx, const char *handle)
{
	(void)ctx;
	return strcmp(handle, "toos") == 0;
}

static const struct claim_rules rules = { "jan",     "stad.example", NOW,
					  NOW - 100, is_toos,	     NULL };

static struct claim
make_claim(void)
{
	return (struct claim){ "Jan de Vries", "jan@stad.example",
			       "Jan",	       "jan@laptop.example",
			       "bijgewerkt\n", NOW - 5000,
			       NOW - 50 };
}

static enum claim_fault
check(struct claim c)
{
	return claim_check(&c, &rules);
}

static void
test_claim__the_senders_own_work_is_fine(void **state)
{
	struct claim c = make_claim();

	(void)state;
	assert_int_equal(check(c), CLAIM_FINE);
	c.author_mail = "jan@STAD.example"; /* domains ignore case */
	assert_int_equal(check(c), CLAIM_FINE);
}

static void
test_claim__an_address_that_is_not_theirs_is_refused(void **state)
{
	static const char *const mails[] = {
		"jan@elders.example",
		"toos@stad.example",
		"Jan@stad.example",
		"jan@stad.example.evil",
		"x@jan@stad.example",
		"jan",
		"",
		"@stad.example",
		"jan@",
		"jan@stad.exampl",
		"jan @stad.example",
		"plein@stad.example",
		"jan@stad.example@x",
	};
	struct claim c = make_claim();

	(void)state;
	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++) {
		c.author_mail = mails[i];
		if (check(c) != CLAIM_AUTHOR)
			fail_msg("\"%s\" passes", mails[i]);
	}
}

static void
test_claim__a_co_author_needs_a_trailer_and_an_account(void **state)
{
	static const struct {
		const char *mail, *message;
		enum claim_fault want;
	} rows[] = {
		{ "toos@stad.example",
		  "samen\n\nCo-authored-by: Toos <toos@stad.example>\n",
		  CLAIM_FINE },
		{ "toos@stad.example",
		  "samen\n\nTekst.\n\nSigned-off-by: x <y>\n"
		  "co-authored-BY: T <toos@stad.example> \n\n",
		  CLAIM_FINE },
		{ "toos@stad.example",
		  "samen\n\nCo-authored-by: T <toos@stad.example>",
		  CLAIM_FINE },
		{ "toos@stad.example",
		  "samen\n\nCo-authored-by: T <xtoos@stad.example>\n",
		  CLAIM_AUTHOR },
		{ "toos@stad.example",
		  "samen\n\nCo-authored-by: T <toos@stad.examples>\n",
		  CLAIM_AUTHOR },
		{ "toos@stad.example",
		  "samen\n\nCo-authored-by: T <toos@stad.example>\n\nSlot.\n",
		  CLAIM_AUTHOR },
		{ "toos@stad.example",
		  "samen\n\n Co-authored-by: T <toos@stad.example>\n",
		  CLAIM_AUTHOR },
		{ "toos@stad.example", "Co-authored-by:<toos@stad.example>",
		  CLAIM_FINE },
		{ "piet@stad.example",
		  "samen\n\nCo-authored-by: P <piet@stad.example>\n",
		  CLAIM_AUTHOR },
		{ "toos@stad.example", "", CLAIM_AUTHOR },
		{ "toos@stad.example", "\n\n\n", CLAIM_AUTHOR },
	};
	struct claim c = make_claim();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		c.author_mail = rows[i].mail;
		c.message = rows[i].message;
		if (check(c) != rows[i].want)
			fail_msg("row %zu: %d", i, (int)check(c));
	}
}

static void
test_claim__nobody_signs_as_the_wiki(void **state)
{
	struct claim c = make_claim();

	(void)state;
	c.committer_mail = "plein@stad.example";
	assert_int_equal(check(c), CLAIM_COMMITTER);
	c.committer_mail = "Plein@vroeger.example";
	assert_int_equal(check(c), CLAIM_COMMITTER);
	c.committer_mail = "pleintje@stad.example";
	assert_int_equal(check(c), CLAIM_FINE);
	assert_true(claim_is_service("plein@x"));
	assert_false(claim_is_service("plein"));
	assert_false(claim_is_service("jan@plein"));
}

static void
test_claim__dates_lie_between_the_parents_and_now(void **state)
{
	struct claim c = make_claim();

	(void)state;
	c.when = NOW + CLAIM_AHEAD;
	assert_int_equal(check(c), CLAIM_FINE);
	c.when++;
	assert_int_equal(check(c), CLAIM_FUTURE);
	c.when = INT64_MAX;
	assert_int_equal(check(c), CLAIM_FUTURE);
	c.when = NOW - 100;
	assert_int_equal(check(c), CLAIM_FINE);
	c.when--;
	assert_int_equal(check(c), CLAIM_ORDER);
	c.when = NOW;
	c.author_when = 0; /* the author's date is free in the past */
	assert_int_equal(check(c), CLAIM_FINE);
	c.author_when = NOW + CLAIM_AHEAD + 1;
	assert_int_equal(check(c), CLAIM_FUTURE);
}

static void
test_claim__names_can_be_shown(void **state)
{
	static const char *const bad[] = { "J\x1b[31m",	    "J\xff",
					   "J\xe2\x80\xae", "J\tV",
					   "J\rV",	    "J\nV" };
	struct claim c;
	char many[CLAIM_NAME_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		c = make_claim();
		c.author = bad[i];
		assert_int_equal(check(c), CLAIM_NAME);
		c = make_claim();
		c.committer = bad[i];
		assert_int_equal(check(c), CLAIM_NAME);
		c = make_claim();
		c.committer_mail = bad[i];
		assert_int_equal(check(c), CLAIM_NAME);
	}
	c = make_claim();
	c.author = "";
	assert_int_equal(check(c), CLAIM_NAME);
	memset(many, 'x', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	c.author = many;
	assert_int_equal(check(c), CLAIM_NAME);
	c.author = many + 1;
	assert_int_equal(check(c), CLAIM_FINE);
}

static void
test_claim__messages_can_be_shown(void **state)
{
	static char many[CLAIM_MESSAGE_MAX + 2];
	struct claim c = make_claim();

	(void)state;
	c.message = "weg\x1b]0;x\x07";
	assert_int_equal(check(c), CLAIM_TEXT);
	c.message = "latijn \xe9\n";
	assert_int_equal(check(c), CLAIM_TEXT);
	memset(many, 'x', sizeof(many) - 1);
	c.message = many;
	assert_int_equal(check(c), CLAIM_TEXT);
	c.message = many + 1;
	assert_int_equal(check(c), CLAIM_FINE);
	c.message = "";
	assert_int_equal(check(c), CLAIM_FINE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_claim__the_senders_own_work_is_fine),
		cmocka_unit_test(
			test_claim__an_address_that_is_not_theirs_is_refused),
		cmocka_unit_test(
			test_claim__a_co_author_needs_a_trailer_and_an_account),
		cmocka_unit_test(test_claim__nobody_signs_as_the_wiki),
		cmocka_unit_test(
			test_claim__dates_lie_between_the_parents_and_now),
		cmocka_unit_test(test_claim__names_can_be_shown),
		cmocka_unit_test(test_claim__messages_can_be_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
