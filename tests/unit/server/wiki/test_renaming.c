/* An address that becomes another one, where it lies and where it is named. */
#include "wiki/renaming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct renaming jan = { "themas/jan-b", "themas/naam-1" };
static const struct renaming of_year = { "besluiten/2026/jan",
					 "besluiten/2026/naam" };

static void
test_renaming__changes_the_last_part_only(void **state)
{
	static const struct renaming bad[] = {
		{ "themas/jan", "themas/jan" },
		{ "themas/jan", "vraagstukken/jan" },
		{ "themas/jan", "themas/Jan" },
		{ "themas/jan", "themas/../x" },
		{ "index", "begin" },
		{ "themas/jan", "themas/jan/x" },
		{ "themas/2026", "themas/jaar" },
		{ "themas/jan", "themas/2026" },
	};

	static const struct renaming numbered = { "besluiten/2026/12",
						  "besluiten/2026/naam" };

	(void)state;
	assert_int_equal(renaming_check(&jan, NULL), 0);
	assert_int_equal(renaming_check(&of_year, NULL), 0);
	assert_int_equal(renaming_check(&numbered, NULL), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_not_equal(renaming_check(&bad[i], NULL), 0);
}

static void
expect_entry(const struct renaming *r, const char *folder, const char *name,
	     bool is_folder, const char *becomes)
{
	struct buf out = BUF_INIT;

	assert_int_equal(renaming_entry(r, folder, name, is_folder, &out),
			 becomes != NULL);
	if (becomes)
		assert_string_equal(out.ptr, becomes);
	buf_release(&out);
}

static void
test_renaming__finds_the_page_and_what_is_its(void **state)
{
	(void)state;
	expect_entry(&jan, "themas/", "jan-b.md", false, "naam-1.md");
	expect_entry(&jan, "bespreking/themas/", "jan-b", true, "naam-1");
	expect_entry(&jan, "bijlagen/themas/", "jan-b", true, "naam-1");
	expect_entry(&jan, "themas/", "jan-bos.md", false, NULL);
	expect_entry(&jan, "themas/", "jan-b", false, NULL);
	expect_entry(&jan, "vraagstukken/", "jan-b.md", false, NULL);
	expect_entry(&jan, "", "jan-b.md", false, NULL);
	expect_entry(&jan, "bijlagen/themas/x/", "jan-b", true, NULL);
	expect_entry(&of_year, "besluiten/2026/", "jan", true, "naam");
	expect_entry(&of_year, "besluiten/2025/", "jan", true, NULL);
}

static void
expect_text(const char *from, const char *text, const char *becomes)
{
	struct buf out = BUF_INIT;

	assert_int_equal(renaming_text(&jan, from, text, strlen(text), &out),
			 strcmp(text, becomes) != 0);
	assert_string_equal(out.ptr, becomes);
	buf_release(&out);
}

static void
test_renaming__finds_it_in_full_and_as_a_link(void **state)
{
	(void)state;
	expect_text(NULL, "hoort_bij: [themas/jan-b, themas/x]",
		    "hoort_bij: [themas/naam-1, themas/x]");
	expect_text(NULL, "Plein-Page: themas/jan-b\n",
		    "Plein-Page: themas/naam-1\n");
	expect_text(NULL, "(../../themas/jan-b.md) [[themas/jan-b]].",
		    "(../../themas/naam-1.md) [[themas/naam-1]].");
	expect_text(NULL, "bijlagen/themas/jan-b/a.png",
		    "bijlagen/themas/naam-1/a.png");
	expect_text("themas/x", "[Jan](jan-b.md) (./jan-b.md)",
		    "[Jan](naam-1.md) (./naam-1.md)");
	expect_text("vraagstukken/x", "(jan-b.md)", "(jan-b.md)");
	expect_text(NULL, "(jan-b.md)", "(jan-b.md)");
}

/* A word, or another address, is not it. */
static void
test_renaming__leaves_what_is_another(void **state)
{
	static const char *const texts[] = {
		"jan-b",	  "themas/jan-bos", "themas/xjan-b",
		"x/hemas/jan-b",  "bthemas/jan-b",  "themas/jan-b-2",
		"vraag/x-jan-b/", "themas/-jan-b",  "",
		"jan-b.md.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_text("vraagstukken/x", texts[i], texts[i]);
	expect_text("themas/x", "jan-b", "jan-b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_renaming__changes_the_last_part_only),
		cmocka_unit_test(test_renaming__finds_the_page_and_what_is_its),
		cmocka_unit_test(test_renaming__finds_it_in_full_and_as_a_link),
		cmocka_unit_test(test_renaming__leaves_what_is_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
