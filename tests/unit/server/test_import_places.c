/* Every file of an import has one place, the same each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "import_places.h"

static void
expect(struct import_places *p, const char *source, const char *target)
{
	struct import_place *place = import_places_find(p, source);

	assert_string_equal(place->source, source);
	if (target)
		assert_string_equal(place->target, target);
	else
		assert_null(place->target);
	assert_ptr_equal(import_places_find(p, source), place);
}

static void
test_import_places__two_files_never_share_one(void **state)
{
	struct import_places *p = import_places_new("hulp");

	(void)state;
	expect(p, "docs/A b.md", "hulp/docs-a-b.md");
	expect(p, "docs/a-b.md", "hulp/docs-a-b-2.md");
	expect(p, "docs-a-b.md", "hulp/docs-a-b-3.md");
	expect(p, "x/y.png", "bijlagen/hulp/x/y.png");
	expect(p, "X/Y.png", "bijlagen/hulp/x/y-2.png");
	expect(p, "Makefile", NULL);
	import_places_free(p);
	import_places_free(NULL);
}

static void
test_import_places__what_the_wiki_has_stays_its(void **state)
{
	struct import_places *p = import_places_new("hulp");

	(void)state;
	import_places_take(p, "index.md");
	import_places_take(p, "README.md");
	import_places_take(p, ".mailmap");
	import_places_take(p, "themas/a.md");
	import_places_take(p, "themas/a.md");
	expect(p, "index.md", "hulp/index-x.md");
	expect(p, "README.md", "hulp/readme.md");
	expect(p, ".mailmap", NULL);
	expect(p, "bronnen.yml", "bronnen.yml");
	expect(p, "themas/a.md", "themas/a-2.md");
	expect(p, "themas/b.md", "themas/b.md");
	import_places_free(p);
}

static void
test_import_places__a_file_that_moves_keeps_what_was_its_own(void **state)
{
	struct import_places *p = import_places_new("hulp");
	struct import_place *from, *to;

	(void)state;
	from = import_places_find(p, "docs/A b.md");
	to = import_places_follow(p, &from, "docs/a-b.md");
	assert_null(from); /* it stays where it is */
	assert_string_equal(to->target, "hulp/docs-a-b.md");
	assert_string_equal(to->source, "docs/a-b.md");
	from = to;
	to = import_places_follow(p, &from, "themas/a.md");
	assert_ptr_equal(from, import_places_find(p, "docs/a-b.md"));
	assert_string_equal(to->target, "themas/a.md");
	import_places_leave(p, from, to);
	assert_int_equal(to->former.len, 1);
	assert_string_equal(to->former.items[0], "hulp/docs-a-b.md");
	expect(p, "docs/a-b.md", "hulp/docs-a-b-2.md"); /* another file */
	from = to;
	to = import_places_follow(p, &from, "docs/A B.md"); /* and back */
	assert_string_equal(to->target, "hulp/docs-a-b.md");
	import_places_leave(p, from, to);
	assert_int_equal(to->former.len, 1);
	assert_string_equal(to->former.items[0], "themas/a.md");
	expect(p, "Themas/A.md", "themas/a-2.md");
	import_places_free(p);
}

static void
test_import_places__follow_knows_what_has_no_place(void **state)
{
	struct import_places *p = import_places_new("hulp");
	struct import_place *from = import_places_find(p, "Makefile"), *to;

	(void)state;
	to = import_places_follow(p, &from, "bouw.md");
	assert_string_equal(to->target, "hulp/bouw.md");
	assert_non_null(from);
	from = to;
	to = import_places_follow(p, &from, "Makefile.");
	assert_null(to->target);
	assert_ptr_equal(import_places_find(p, "bouw.md"), from);
	import_places_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_places__two_files_never_share_one),
		cmocka_unit_test(
			test_import_places__what_the_wiki_has_stays_its),
		cmocka_unit_test(
			test_import_places__a_file_that_moves_keeps_what_was_its_own),
		cmocka_unit_test(
			test_import_places__follow_knows_what_has_no_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
