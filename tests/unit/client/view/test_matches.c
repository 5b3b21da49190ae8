#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "view/matches.h"

static void
expect(const char *typed, const char *addresses)
{
	json_t *titles = json_pack(
		"{s:s, s:s, s:s, s:s}", "themas/common-ground", "Common Ground",
		"themas/open", "Öpen standaarden", "besluiten/grond",
		"Onze grond", "vraagstukken/a", "Common sense");
	struct buf b = BUF_INIT;
	struct vec found;

	matches_find(&found, titles, typed);
	for (size_t i = 0; i < found.len; i++)
		buf_printf(&b, "%s ",
			   ((const struct match *)found.items[i])->address);
	assert_string_equal(b.ptr, addresses);
	matches_release(&found);
	buf_release(&b);
	json_decref(titles);
}

static void
test_matches__best_ones_first(void **state)
{
	(void)state;
	expect("COMMON", "themas/common-ground vraagstukken/a ");
	expect("gro", "themas/common-ground besluiten/grond ");
	expect("op", "themas/open ");
	expect("o", "besluiten/grond themas/open themas/common-ground "
		    "vraagstukken/a ");
	expect("besluiten/", "besluiten/grond ");
	expect("nergens", "");
}

static void
test_matches__all_when_nothing_was_typed(void **state)
{
	(void)state;
	expect("", "themas/common-ground vraagstukken/a besluiten/grond "
		   "themas/open ");
}

static void
test_matches__none_without_titles(void **state)
{
	struct vec found;

	(void)state;
	matches_find(&found, NULL, "a");
	assert_int_equal(found.len, 0);
	matches_release(&found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches__best_ones_first),
		cmocka_unit_test(test_matches__all_when_nothing_was_typed),
		cmocka_unit_test(test_matches__none_without_titles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
