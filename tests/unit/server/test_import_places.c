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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_places__two_files_never_share_one),
		cmocka_unit_test(
			test_import_places__what_the_wiki_has_stays_its),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
