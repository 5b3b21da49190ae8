#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/item.h"

static void
expect(const char *line, size_t len, const char *next)
{
	struct item item = item_of(line, strlen(line));
	struct buf b = BUF_INIT;

	assert_int_equal(item_len(&item), len);
	item_next(&item, line, &b);
	assert_string_equal(b.ptr, next);
	buf_release(&b);
}

static void
test_item__knows_lists_quotes_and_boxes(void **state)
{
	(void)state;
	expect("- een", 2, "- ");
	expect("  * een", 4, "  * ");
	expect("1. een", 3, "2. ");
	expect("9) een", 3, "10) ");
	expect("- [x] klaar", 6, "- [ ] ");
	expect("> woord", 2, "> ");
	expect("> - a", 4, "> - ");
	expect("   tekst", 3, "   ");
	expect("", 0, "");
}

static void
test_item__what_looks_like_one_is_text(void **state)
{
	(void)state;
	expect("-een", 0, "");
	expect("1.een", 0, "");
	expect("1234567890. een", 0, "");
	expect("-", 0, "");
	expect("12", 0, "");
	expect("- [] a", 2, "- ");
	expect("[ ] a", 0, "");
}

static void
test_item__is_one_with_a_sign_or_a_quote(void **state)
{
	struct item item = item_of("  tekst", 7);

	(void)state;
	assert_false(item_is_one(&item));
	item = item_of("> ", 2);
	assert_true(item_is_one(&item));
	item = item_of("- ", 2);
	assert_true(item_is_one(&item));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_item__knows_lists_quotes_and_boxes),
		cmocka_unit_test(test_item__what_looks_like_one_is_text),
		cmocka_unit_test(test_item__is_one_with_a_sign_or_a_quote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
