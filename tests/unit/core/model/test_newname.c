/* Files from elsewhere get a name the wiki knows. */
#include "plein/newname.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/path.h"

static void
expect(const char *path, const char *want)
{
	struct buf out = BUF_INIT;
	bool made = newname_make(&out, path, "begrippen");

	if (made != (want != NULL) || strcmp(out.ptr, want ? want : "") != 0)
		fail_msg("%s became \"%s\"", path, out.ptr);
	if (made)
		assert_int_not_equal(path_kind_of(out.ptr), PATH_BAD);
	buf_release(&out);
}

static void
test_newname__what_is_right_stays(void **state)
{
	static const char *const same[] = {
		"index.md",
		"README.md",
		"bronnen.yml",
		"themas/common-ground.md",
		"vergaderingen/2026/eerste/index.md",
		"bijlagen/themas/a/b.png",
		"bespreking/themas/a/k3f/20260317T092600Z-jan-0a1b.md",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		expect(same[i], same[i]);
}

static void
test_newname__pages_go_to_a_folder_as_one_slug(void **state)
{
	(void)state;
	expect("Themas/Common Ground.md", "themas/common-ground.md");
	expect("themas/Wat & hoe?.markdown", "themas/wat-en-hoe.md");
	expect("docs/Setup.md", "begrippen/docs-setup.md");
	expect("docs/Setup/README.md", "begrippen/docs-setup.md");
	expect("docs/Setup/index.MD", "begrippen/docs-setup.md");
	expect("Readme.md", "begrippen/readme.md");
	expect("Begrippen/Index.md", "begrippen/index-x.md");
	expect("Caf\xc3\xa9.md", "begrippen/cafe.md");
	expect("con.md", "begrippen/con-x.md");
	expect("vergaderingen/2026/Foo Bar.md",
	       "vergaderingen/2026-foo-bar.md");
	expect("a/b/c/d/e/f/g/h/i/j/k.md",
	       "begrippen/a-b-c-d-e-f-g-h-i-j-k.md");
	expect("x\x1b[31m y.md", "begrippen/x-31m-y.md");
}

static void
test_newname__other_files_become_attachments(void **state)
{
	(void)state;
	expect("docs/img/Foto 1.PNG", "bijlagen/begrippen/docs-img/foto-1.png");
	expect("logo.svg", "bijlagen/begrippen/algemeen/logo.svg");
	expect("themas/cg/plaat.jpeg", "bijlagen/themas/cg/plaat.jpeg");
	expect("themas/plaat.jpeg", "bijlagen/themas/algemeen/plaat.jpeg");
}

static void
test_newname__some_have_no_place(void **state)
{
	static const char *const none[] = {
		"Makefile",
		".gitignore",
		".github/x.md",
		"docs/.hidden.md",
		"x.",
		"!!!.md",
		"a//b.md",
		"x.e\xc3\xa9",
		"x.averylongextension",
		"",
		"/x.md",
		"x.p g",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		expect(none[i], NULL);
}

static void
test_newname__long_names_are_cut_at_a_word(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_true(newname_make(&out,
				 "een heel lange naam voor een pagina die niet "
				 "in zestig letters past.md",
				 "begrippen"));
	assert_string_equal(out.ptr,
			    "begrippen/een-heel-lange-naam-voor-een-pagina-die-"
			    "niet-in-zestig.md");
	buf_release(&out);
}

static void
test_newname__what_there_is_one_of_goes_elsewhere(void **state)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "index.md", "begrippen/index-x.md" },
		{ "README.md", "begrippen/readme.md" },
		{ "bronnen.yml", "bijlagen/begrippen/algemeen/bronnen.yml" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_reset(&out);
		assert_true(newname_elsewhere(&out, rows[i].path, "begrippen"));
		assert_string_equal(out.ptr, rows[i].want);
	}
	assert_false(newname_elsewhere(&out, ".mailmap", "begrippen"));
	buf_release(&out);
}

static void
test_newname__numbers_keep_the_kind(void **state)
{
	static const struct {
		const char *path;
		unsigned n;
		const char *want;
	} rows[] = {
		{ "begrippen/a.md", 2, "begrippen/a-2.md" },
		{ "index.md", 2, "index-2.md" },
		{ "bijlagen/themas/a/b.png", 17, "bijlagen/themas/a/b-17.png" },
		{ "begrippen/"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  ".md",
		  2,
		  "begrippen/"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2"
		  ".md" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_reset(&out);
		newname_number(&out, rows[i].path, rows[i].n);
		assert_string_equal(out.ptr, rows[i].want);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newname__what_is_right_stays),
		cmocka_unit_test(
			test_newname__pages_go_to_a_folder_as_one_slug),
		cmocka_unit_test(test_newname__other_files_become_attachments),
		cmocka_unit_test(test_newname__some_have_no_place),
		cmocka_unit_test(test_newname__long_names_are_cut_at_a_word),
		cmocka_unit_test(
			test_newname__what_there_is_one_of_goes_elsewhere),
		cmocka_unit_test(test_newname__numbers_keep_the_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
