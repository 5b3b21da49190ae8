/* When others' work may be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "notices.h"

#define HERE "themas/x"

static void
expect(struct notices *n, int64_t now, bool writing, const char *want)
{
	struct buf out = BUF_INIT;

	notices_take(n, now, writing, &out);
	assert_string_equal(out.ptr, want);
	buf_release(&out);
}

static void
test_notices__are_none_at_first(void **state)
{
	struct notices n = { 0 };

	(void)state;
	assert_int_equal(notices_due(&n), 0);
	notices_key(&n, 500);
	assert_int_equal(notices_due(&n), 0);
	expect(&n, 1000, false, "");
}

static void
test_notices__wait_until_nobody_types(void **state)
{
	struct notices n = { 0 };

	(void)state;
	notices_saved(&n, HERE, "ada");
	assert_true(notices_due(&n) > 0 && notices_due(&n) < 500);
	notices_key(&n, 1000);
	assert_int_equal(notices_due(&n), 1000 + NOTICES_QUIET_MS);
	notices_key(&n, 2500);
	assert_int_equal(notices_due(&n), 2500 + NOTICES_QUIET_MS);
	expect(&n, 5000, false, "New: ada has saved this page.");
	assert_int_equal(notices_due(&n), 0);
}

static void
test_notices__are_apart(void **state)
{
	struct notices n = { 0 };

	(void)state;
	notices_saved(&n, HERE, "ada");
	expect(&n, 5000, true, "Note: ada has saved. You can go on writing.");
	notices_saved(&n, HERE, "bob");
	assert_int_equal(notices_due(&n), 5000 + NOTICES_APART_MS);
	notices_release(&n);
}

static void
test_notices__of_what_is_for_them_go_first(void **state)
{
	struct notices n = { 0 };

	(void)state;
	notices_saved(&n, HERE, "ada");
	notices_called(&n, "bob", true);
	assert_true(notices_due(&n) > 0);
	expect(&n, 5000, true, "New: bob mentioned you in a discussion.");
	assert_int_equal(notices_due(&n), 5000 + NOTICES_APART_MS);
	expect(&n, 15000, false, "New: ada has saved this page.");
	notices_called(&n, "ada", false);
	notices_drop(&n); /* another page is shown */
	expect(&n, 30000, false, "New: ada answered you in a discussion.");
	notices_called(&n, "ada", false);
	notices_called(&n, "bob", true);
	notices_asked(&n, "Meten");
	assert_true(notices_are_theirs(&n));
	expect(&n, 50000, false, "New: 2 remarks for you.");
	expect(&n, 65000, false, "New: a round to answer: Meten.");
	assert_false(notices_are_theirs(&n));
	assert_int_equal(notices_due(&n), 0);
	notices_asked(&n, "Meten");
	notices_asked(&n, "Weten");
	expect(&n, 80000, false, "New: a round to answer: Weten.");
	assert_int_equal(notices_due(&n), 0);
	notices_release(&n);
}

static void
test_notices__that_wait_are_joined(void **state)
{
	struct notices n = { 0 };

	(void)state;
	notices_saved(&n, HERE, "ada");
	notices_saved(&n, HERE, "ada");
	expect(&n, 1, false, "New: ada has saved this page.");
	notices_saved(&n, HERE, "ada");
	notices_saved(&n, HERE, "bob");
	notices_saved(&n, HERE, "bob");
	expect(&n, 2, false, "New: bob and others have saved this page.");
	notices_saved(&n, HERE, "ada");
	notices_saved(&n, HERE, "bob");
	expect(&n, 3, true,
	       "Note: bob and others have saved. You can go on writing.");
}

static void
test_notices__are_about_one_page(void **state)
{
	struct notices n = { 0 };

	(void)state;
	notices_saved(&n, HERE, "ada");
	notices_saved(&n, "themas/y", "bob");
	assert_string_equal(n.address, "themas/y");
	expect(&n, 1, false, "New: bob has saved this page.");
	notices_saved(&n, HERE, "ada");
	notices_drop(&n);
	assert_int_equal(notices_due(&n), 0);
}

/* Who begins to write is news until they saved. */
static void
test_notices__tell_who_begins_to_write(void **state)
{
	struct notices n = { 0 };

	(void)state;
	notices_begun(&n, HERE, "ada", "Bronnen");
	expect(&n, 5000, true, "Note: ada is editing this page too (Bronnen).");
	notices_begun(&n, HERE, "ada", "");
	expect(&n, 25000, false, "New: ada is editing this page.");
	notices_begun(&n, HERE, "ada", "");
	notices_saved(&n, HERE, "bob");
	notices_begun(&n, HERE, "ada", "");
	expect(&n, 45000, false, "New: bob has saved this page.");
	assert_int_equal(notices_due(&n), 0);
	notices_begun(&n, HERE, "ada", "");
	notices_begun(&n, "themas/y", "bob", "");
	expect(&n, 65000, false, "New: bob is editing this page.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notices__are_none_at_first),
		cmocka_unit_test(test_notices__wait_until_nobody_types),
		cmocka_unit_test(test_notices__are_apart),
		cmocka_unit_test(test_notices__of_what_is_for_them_go_first),
		cmocka_unit_test(test_notices__that_wait_are_joined),
		cmocka_unit_test(test_notices__are_about_one_page),
		cmocka_unit_test(test_notices__tell_who_begins_to_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
