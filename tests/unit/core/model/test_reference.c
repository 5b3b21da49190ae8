#include "plein/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct row {
	const char *from, *target;
	const char *want; /* NULL: outside */
};

static void
assert_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf got = BUF_INIT;
		bool inside =
			reference_resolve(&got, rows[i].from, rows[i].target);

		if (inside != (rows[i].want != NULL))
			fail_msg("%s: %s", rows[i].target,
				 inside ? got.ptr : "outside");
		if (inside)
			assert_string_equal(got.ptr, rows[i].want);
		buf_release(&got);
	}
}

#define ASSERT_ROWS(rows) assert_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void
test_reference__follows_paths_from_the_file_of_the_page(void **state)
{
	static const struct row rows[] = {
		{ "themas/a", "b.md", "themas/b" },
		{ "themas/a", "./b.md", "themas/b" },
		{ "themas/a", "../doelstellingen/c.md", "doelstellingen/c" },
		{ "themas/a", "/begrippen/d.md", "begrippen/d" },
		{ "themas/a", "b", "themas/b" },
		{ "index", "themas/a.md", "themas/a" },
		{ "vergaderingen/2026/x", "../y/index.md",
		  "vergaderingen/2026/y" },
		{ "vergaderingen/2026/x", "../../../themas/a.md", "themas/a" },
		{ "themas/a", "../index.md", "index" },
		{ "themas/a", "/", "index" },
		{ "themas/a", "../vergaderingen/2026/x/index.md",
		  "vergaderingen/2026/x" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_reference__leaves_out_fragment_and_query(void **state)
{
	static const struct row rows[] = {
		{ "themas/a", "b.md#kop", "themas/b" },
		{ "themas/a", "b.md?x=1#kop", "themas/b" },
		{ "themas/a", "#kop", "themas/a" },
		{ "themas/a", "", "themas/a" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_reference__takes_wiki_links_from_the_top(void **state)
{
	static const struct row rows[] = {
		{ "themas/a", "[[begrippen/d]]", "begrippen/d" },
		{ "themas/a", "[[begrippen/d.md]]", "begrippen/d" },
		{ "themas/a", "[[/begrippen/d]]", "begrippen/d" },
		{ "themas/a", "[[open-standaarden]]", "open-standaarden" },
		{ "themas/a", "[[begrippen/d#kop]]", "begrippen/d" },
		{ "themas/a", "[[open-standaarden#kop]]", "open-standaarden" },
		{ "themas/a", "[[C# of F#]]", "C# of F#" },
		{ "themas/a", "[[Een titel: met tekens]]",
		  "Een titel: met tekens" },
		{ "themas/a", "[[../../x]]", NULL },
		{ "themas/a", "[[#kop]]", NULL },
		{ "themas/a", "[[/]]", NULL },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_reference__says_what_leads_outside(void **state)
{
	static const struct row rows[] = {
		{ "themas/a", "https://example.org/themas/b.md", NULL },
		{ "themas/a", "HTTP://example.org", NULL },
		{ "themas/a", "mailto:a@example.org", NULL },
		{ "themas/a", "javascript:alert(1)", NULL },
		{ "themas/a", "//example.org/x", NULL },
		{ "themas/a", "../../x.md", NULL },
		{ "index", "../x.md", NULL },
		{ "themas/a", "b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b", NULL },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_reference__follows_paths_from_the_file_of_the_page),
		cmocka_unit_test(test_reference__leaves_out_fragment_and_query),
		cmocka_unit_test(test_reference__takes_wiki_links_from_the_top),
		cmocka_unit_test(test_reference__says_what_leads_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
