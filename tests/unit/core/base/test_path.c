#include "plein/path.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEN "0123456789"
#define SIXTY TEN TEN TEN TEN TEN TEN

static void
assert_refused(const char *path, size_t len)
{
	struct err err = ERR_INIT;

	if (path_check(path, len, &err) != PLEIN_ERULE)
		fail_msg("\"%.*s\" was not refused", (int)len, path);
	assert_int_equal(err.code, PLEIN_ERULE);
	assert_true(err.msg[0] != '\0');
}

static void
test_path__check_refuses_names_that_harm_somewhere(void **state)
{
	static const char *const bad[] = {
		"",
		"/",
		"/a",
		"a/",
		"a//b",
		".",
		"..",
		"../a",
		"a/../b",
		"a/./b",
		"a.",
		"a./b",
		"a ",
		" a",
		"a/ b",
		"-rf",
		"a/-o",
		".git",
		".GIT/config",
		"a/.gitmodules",
		".gitattributes",
		".Gitignore",
		"git~1",
		"con",
		"CON.txt",
		"a/nul.md",
		"Aux",
		"prn .x",
		"com1",
		"LPT9.md",
		"a\\b",
		"a:b",
		"a*",
		"a?",
		"a<b",
		"a|b",
		"a\"b",
		"a\nb",
		"a\tb",
		"a\033[0m",
		"a\x7f",
		"e\xcc\x81", /* not NFC */
		"a\xff",
		"\xc3",
		"a\xe2\x80\xae"
		"b", /* override */
		".g\xe2\x80\x8cit", /* HFS+ ignores the joiner */
		"a\xcd\x8f"
		"b", /* grapheme joiner, ignorable */
		"com\xc2\xb9", /* superscript one: a device to Windows */
		"a/b/c/d/e/f/g/h/i",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_refused(bad[i], strlen(bad[i]));
	assert_refused("a\0b", 3);
}

static void
test_path__check_allows_ordinary_names(void **state)
{
	static const char *const good[] = {
		"index.md",
		"README.md",
		".mailmap",
		"themas/common-ground.md",
		"a/b/c/d/e/f/g/h",
		"caf\xc3\xa9.md",
		"Verslag (concept) 2.md",
		"console.md",
		"com10",
		"com",
		"a.git",
		"x/\xe6\xbc\xa2",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (path_check(good[i], strlen(good[i]), NULL) != 0)
			fail_msg("\"%s\" was refused", good[i]);
}

static void
test_path__check_counts_bytes_exactly(void **state)
{
	char path[PATH_MAX_LEN + 2];

	(void)state;
	memset(path, 'a', sizeof(path));
	assert_int_equal(path_check(path, PATH_PART_MAX, NULL), 0);
	assert_refused(path, PATH_PART_MAX + 1);
	for (size_t i = 100; i < PATH_MAX_LEN; i += 100)
		path[i] = '/';
	assert_int_equal(path_check(path, PATH_MAX_LEN, NULL), 0);
	assert_refused(path, PATH_MAX_LEN + 1);
}

static const struct {
	const char *path;
	enum path_kind kind;
} kinds[] = {
	{ "index.md", PATH_PAGE },
	{ "themas/common-ground.md", PATH_PAGE },
	{ "sjablonen/besluit.md", PATH_PAGE },
	{ "vergaderingen/2026/2026-03-19-cie/index.md", PATH_PAGE },
	{ "themas/" SIXTY ".md", PATH_PAGE },
	{ "themas/" SIXTY "a.md", PATH_BAD },
	{ "themas/index.md", PATH_BAD },
	{ "themas/sjablonen.md", PATH_BAD },
	{ "themas/con.md", PATH_BAD },
	{ "themas/X.md", PATH_BAD },
	{ "themas/a--b.md", PATH_BAD },
	{ "themas/a-.md", PATH_BAD },
	{ "themas/a.MD", PATH_BAD },
	{ "themas/a.txt", PATH_BAD },
	{ "themas/a", PATH_BAD },
	{ "themas/.md", PATH_BAD },
	{ "themas/caf\xc3\xa9.md", PATH_BAD },
	{ "themas/a/b.md", PATH_BAD },
	{ "themas/2026/index.md", PATH_BAD },
	{ "themas/202/x/index.md", PATH_BAD },
	{ "themas/2026/x/y.md", PATH_BAD },
	{ "themas/2026/x/index.md/z", PATH_BAD },
	{ "elders/a.md", PATH_BAD },
	{ "a.md", PATH_BAD },
	{ "themas", PATH_BAD },
	{ "../themas/a.md", PATH_BAD },
	{ "", PATH_BAD },
	{ "bronnen.yml", PATH_ROOT_FILE },
	{ "README.md", PATH_ROOT_FILE },
	{ ".mailmap", PATH_ROOT_FILE },
	{ "readme.md", PATH_BAD },
	{ "themas/README.md", PATH_BAD },
	{ "bijlagen/index/logo.png", PATH_ATTACHMENT },
	{ "bijlagen/themas/a/nota-1.pdf", PATH_ATTACHMENT },
	{ "bijlagen/vergaderingen/2026/x/stuk.pdf", PATH_ATTACHMENT },
	{ "bijlagen/themas/a/nota.PDF", PATH_BAD },
	{ "bijlagen/themas/a/nota", PATH_BAD },
	{ "bijlagen/themas/a/nota.", PATH_BAD },
	{ "bijlagen/themas/a/nota.tar.gz", PATH_BAD },
	{ "bijlagen/themas/a.pdf", PATH_BAD },
	{ "bijlagen/elders/a/b.pdf", PATH_BAD },
	{ "bijlagen", PATH_BAD },
	{ "bespreking/themas/a/k3f/20260317T092600Z-t.j-de-vries-0a1b2c.md",
	  PATH_REMARK },
	{ "bespreking/index/k3f/20260317T092600Z-jan-0a1b.md", PATH_REMARK },
	{ "bespreking/vergaderingen/2026/x/k3f/20260317T092600Z-jan-0a1b.md",
	  PATH_REMARK },
	{ "bespreking/themas/a/k3f/20260317T092600Z-plein-0a1b.md",
	  PATH_REMARK },
	{ "bespreking/themas/a/k3f/20260317T092600Z-gast-0a1b.md", PATH_BAD },
	{ "bespreking/themas/a/k3f/20260317T092600Z-jan-0g1b.md", PATH_BAD },
	{ "bespreking/themas/a/k3f/20260317T092600Z-jan.md", PATH_BAD },
	{ "bespreking/themas/a/k3f/20260317T092600Z-.md", PATH_BAD },
	{ "bespreking/themas/a/k3f/2026-03-17-jan-0a1b.md", PATH_BAD },
	{ "bespreking/themas/a/k3f/20260317T092600Z.md", PATH_BAD },
	{ "bespreking/themas/a/K3F/20260317T092600Z-jan-0a1b.md", PATH_BAD },
	{ "bespreking/themas/a/20260317T092600Z-jan-0a1b.md", PATH_BAD },
};

static void
test_path__kind_follows_the_grammar(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (path_kind_of(kinds[i].path) != kinds[i].kind)
			fail_msg("%s is %d", kinds[i].path,
				 (int)path_kind_of(kinds[i].path));
}

static void
test_path__every_folder_holds_pages(void **state)
{
	char path[80];
	size_t n = 0;

	(void)state;
	for (; path_folders[n] != NULL; n++) {
		(void)snprintf(path, sizeof(path), "%s/x.md", path_folders[n]);
		assert_int_equal(path_kind_of(path), PATH_PAGE);
	}
	assert_int_equal(n, 15);
}

static const struct {
	const char *address, *path;
} addresses[] = {
	{ "index", "index.md" },
	{ "themas/x", "themas/x.md" },
	{ "vergaderingen/2026", "vergaderingen/2026.md" },
	{ "vergaderingen/2026/x", "vergaderingen/2026/x/index.md" },
};

static void
test_path__address_and_path_are_inverse(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(addresses) / sizeof(*addresses); i++) {
		buf_reset(&out);
		assert_int_equal(
			path_from_address(addresses[i].address, &out, NULL), 0);
		assert_string_equal(out.ptr, addresses[i].path);
		assert_int_equal(path_kind_of(out.ptr), PATH_PAGE);
		buf_reset(&out);
		path_to_address(addresses[i].path, &out);
		assert_string_equal(out.ptr, addresses[i].address);
	}
	buf_release(&out);
}

static void
test_path__address_may_end_in_md_and_is_appended(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	buf_str(&out, ">");
	assert_int_equal(path_from_address("themas/x.md", &out, NULL), 0);
	assert_string_equal(out.ptr, ">themas/x.md");
	buf_release(&out);
}

static void
test_path__bad_addresses_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"/",
		"x",
		".md",
		"themas",
		"themas/",
		"/themas/x",
		"themas/../x",
		"themas/index",
		"themas/X",
		"themas/x.md.md",
		"themas/x/index",
		"themas/2026/x/index",
		"themas/2026/x/y",
		"README",
		"bijlagen/themas/a/b.pdf",
		"-x",
		"themas/\033",
		"themas/" SIXTY "a",
		"a/b/c/d/e/f/g/h/i/j",
	};
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (path_from_address(bad[i], &out, &err) != PLEIN_ERULE)
			fail_msg("\"%s\" was not refused", bad[i]);
	assert_int_equal(out.len, 0);
	assert_int_equal(err.code, PLEIN_ERULE);
}

static void
test_path__very_long_address_is_refused(void **state)
{
	char address[4000];
	struct buf out = BUF_INIT;

	(void)state;
	memset(address, 'a', sizeof(address));
	memcpy(address, "themas/", 7);
	address[sizeof(address) - 1] = '\0';
	assert_int_equal(path_from_address(address, &out, NULL), PLEIN_ERULE);
	assert_int_equal(path_kind_of(address), PATH_BAD);
}

static void
test_path__handles_and_spaces_have_their_limits(void **state)
{
	static const struct {
		const char *s;
		bool handle, space;
	} rows[] = {
		{ "jan", true, true },
		{ "j.de-vries2", true, false },
		{ "agenda", true, true },
		{ "a-b-c", true, true },
		{ "01234567890123456789012345678901", true, true },
		{ "012345678901234567890123456789012", false, false },
		{ "", false, false },
		{ "-a", false, false },
		{ "a-", false, false },
		{ "a..b", false, false },
		{ "a.-b", false, false },
		{ "Jan", false, false },
		{ "a b", false, false },
		{ "a/b", false, false },
		{ "..", false, false },
		{ "jos\xc3\xa9", false, false },
		{ "gast", false, true },
		{ "plein", false, true }, /* signs what is saved */
		{ "guest", false, true },
		{ "nieuw", false, true },
		{ "new", false, true },
		{ "git", false, true },
		{ "root", false, true },
		{ "beheer", false, true },
		{ "nul", true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (handle_is_valid(rows[i].s) != rows[i].handle)
			fail_msg("handle %s", rows[i].s);
		if (space_is_valid(rows[i].s) != rows[i].space)
			fail_msg("space %s", rows[i].s);
	}
}

static void
test_path__a_remark_names_its_author(void **state)
{
	static const struct {
		const char *path, *handle;
	} rows[] = {
		{ "bespreking/themas/a/k3f/20260317T092600Z-jan-0a1b.md",
		  "jan" },
		{ "bespreking/index/k3f/20260317T092600Z-j.de-vries-0a1b.md",
		  "j.de-vries" },
	};
	struct buf handle = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(path_kind_of(rows[i].path), PATH_REMARK);
		buf_reset(&handle);
		path_remark_author(rows[i].path, &handle);
		assert_string_equal(handle.ptr, rows[i].handle);
	}
	buf_release(&handle);
}

static void
test_path__what_lies_below_may_be_of_another(void **state)
{
	static const char remark[] = "bespreking/themas/2026/zaak/abc1/"
				     "20260301T120000Z-ada-0a1b2c.md";

	(void)state;
	assert_true(path_is_of_another(remark, "themas/2026"));
	assert_false(path_is_of_another(remark, "themas/2026/zaak"));
	assert_true(path_is_of_another(remark, "themas/2026/zaal"));
	assert_true(path_is_of_another("bijlagen/themas/2026/zaak/a.png",
				       "themas/2026"));
	assert_false(path_is_of_another("bijlagen/themas/2026/zaak/a.png",
					"themas/2026/zaak"));
	assert_false(path_is_of_another("bijlagen/themas/2026/a.png",
					"themas/2026"));
	assert_false(path_is_of_another("bijlagen/index/a.png", "index"));
	assert_false(path_is_of_another("themas/x.md", "themas/2026"));
	assert_false(path_is_of_another("bijlagen/x", "themas/2026"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_path__check_refuses_names_that_harm_somewhere),
		cmocka_unit_test(test_path__check_allows_ordinary_names),
		cmocka_unit_test(test_path__check_counts_bytes_exactly),
		cmocka_unit_test(test_path__kind_follows_the_grammar),
		cmocka_unit_test(test_path__every_folder_holds_pages),
		cmocka_unit_test(test_path__address_and_path_are_inverse),
		cmocka_unit_test(
			test_path__address_may_end_in_md_and_is_appended),
		cmocka_unit_test(test_path__bad_addresses_are_refused),
		cmocka_unit_test(test_path__very_long_address_is_refused),
		cmocka_unit_test(
			test_path__handles_and_spaces_have_their_limits),
		cmocka_unit_test(test_path__a_remark_names_its_author),
		cmocka_unit_test(test_path__what_lies_below_may_be_of_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
