/* Words added and taken away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/tally.h"

static void
expect(const char *before, const char *after, size_t added, size_t removed)
{
	struct tally t =
		tally_words(before, strlen(before), after, strlen(after));

	assert_int_equal(t.added, added);
	assert_int_equal(t.removed, removed);
}

static void
test_tally__counts_words(void **state)
{
	(void)state;
	expect("", "", 0, 0);
	expect("", "een twee", 2, 0);
	expect("een twee", " ", 0, 2);
	expect("een twee drie", "een vier drie", 1, 1);
	expect("een een", "een een een", 1, 0);
	expect("voor", "voorbij", 1, 1);
	expect("een twee drie vier", "een tweeden drie vier", 1, 1);
	expect("a b", "a b a b", 2, 0);
	expect("een twee.", "een twee, (drie).", 1, 0);
	expect("ab cd", "ab xcd", 1, 1);
	expect("cd ab", "cdx ab", 1, 1);
	expect("een", "- ## een -- \xc3\xa9", 1, 0);
	assert_int_equal(tally_count("- [ ] een, twee!", 16), 2);
}

static void
test_tally__moving_and_wrapping_is_no_change(void **state)
{
	(void)state;
	expect("een twee", "twee\n\n een\t", 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tally__counts_words),
		cmocka_unit_test(test_tally__moving_and_wrapping_is_no_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
