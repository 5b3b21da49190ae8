/* Which page a name means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/titles.h"

static json_t *titles;

static int
make_titles(void **state)
{
	(void)state;
	titles = json_pack("{s:s, s:s, s:s}", "themas/common-ground",
			   "Common Ground", "index", "Werkwiki",
			   "besluiten/ideeen", "Ideeën over data");
	return 0;
}

static int
drop_titles(void **state)
{
	(void)state;
	json_decref(titles);
	return 0;
}

static void
expect(const char *name, const char *address)
{
	const char *found, *title = titles_find(titles, name, &found);

	if (!address) {
		assert_null(title);
		return;
	}
	assert_non_null(title);
	assert_string_equal(found, address);
}

static void
test_titles__find_by_address_slug_and_title(void **state)
{
	(void)state;
	expect("themas/common-ground", "themas/common-ground");
	expect("common-ground", "themas/common-ground");
	expect("common ground", "themas/common-ground");
	expect("COMMON GROUND", "themas/common-ground");
	expect("ideeen over data", "besluiten/ideeen");
	expect("index", "index");
}

static void
test_titles__do_not_guess(void **state)
{
	const char *found;

	(void)state;
	expect("ground", NULL);
	expect("", NULL);
	expect("themas/", NULL);
	assert_null(titles_find(NULL, "index", &found));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles__find_by_address_slug_and_title),
		cmocka_unit_test(test_titles__do_not_guess),
	};

	return cmocka_run_group_tests(tests, make_titles, drop_titles);
}
