/* A page of an import remembers where it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import_former.h"
#include "plein/mem.h"
#include "plein/page.h"

static bool
add(struct buf *text, const char *before, const char *one, const char *two)
{
	struct vec former = VEC_INIT;
	bool added;

	buf_reset(text);
	buf_str(text, before);
	if (one)
		vec_push(&former, (char *)one);
	if (two)
		vec_push(&former, (char *)two);
	added = import_former_add(text, "themas/nu.md", &former);
	vec_release(&former, NULL);
	return added;
}

static void
test_import_former__is_one_field_and_no_byte_more(void **state)
{
	static const struct {
		const char *before, *one, *two, *after;
	} rows[] = {
		{ "# Nu\n", "hulp/a.md", NULL,
		  "---\naliassen: [hulp/a]\n---\n# Nu\n" },
		{ "---\ntitel: X\n---\ny\n", "hulp/a.md",
		  "vergaderingen/2026/b/index.md",
		  "---\ntitel: X\naliassen: [hulp/a, vergaderingen/2026/b]\n"
		  "---\ny\n" },
		{ "---\naliassen:\n  - hulp/a # eigen\n---\n", "hulp/a.md",
		  NULL, "---\naliassen:\n  - hulp/a # eigen\n---\n" },
		{ "---\naliassen: [hulp/x]\n---\n", "hulp/a.md", NULL,
		  "---\naliassen: [hulp/x, hulp/a]\n---\n" },
	};
	struct buf text = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(
			add(&text, rows[i].before, rows[i].one, rows[i].two));
		assert_string_equal(text.ptr, rows[i].after);
	}
	buf_release(&text);
}

static void
test_import_former__leaves_what_it_cannot_change(void **state)
{
	struct buf text = BUF_INIT;
	char *full = mem_alloc(PAGE_MAX + 1);

	(void)state;
	assert_false(add(&text, "# Nu\n", NULL, NULL));
	assert_string_equal(text.ptr, "# Nu\n");
	assert_false(add(&text, "---\n{a: b}\n---\nx\n", "hulp/a.md", NULL));
	assert_string_equal(text.ptr, "---\n{a: b}\n---\nx\n");
	memset(full, 'x', PAGE_MAX);
	assert_false(add(&text, full, "hulp/a.md", NULL));
	assert_string_equal(text.ptr, full);
	free(full);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_import_former__is_one_field_and_no_byte_more),
		cmocka_unit_test(
			test_import_former__leaves_what_it_cannot_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
