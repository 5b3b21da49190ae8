/* Which page a request names. */
#include "town.h"

#include "wiki/target.h"

static void
test_target__addresses_become_canonical(void **state)
{
	static const struct {
		const char *asked, *address, *path, *folder;
		enum right right;
	} rows[] = {
		{ "index", "index", "index.md", "", RIGHT_WRITE },
		{ "themas/a.md", "themas/a", "themas/a.md", "themas",
		  RIGHT_WRITE },
		{ "vergaderingen/2026/x", "vergaderingen/2026/x",
		  "vergaderingen/2026/x/index.md", "vergaderingen",
		  RIGHT_WRITE },
		{ "sjablonen/thema", "sjablonen/thema", "sjablonen/thema.md",
		  "sjablonen", RIGHT_ROOT_FILES },
	};
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct target t = TARGET_INIT;
		struct buf folder = BUF_INIT;

		assert_int_equal(target_read(&t, rows[i].asked, &err), 0);
		assert_string_equal(t.address.ptr, rows[i].address);
		assert_string_equal(t.path.ptr, rows[i].path);
		target_folder(&t, &folder);
		assert_string_equal(folder.ptr, rows[i].folder);
		assert_int_equal(target_right(&t), rows[i].right);
		buf_release(&folder);
		target_release(&t);
	}
}

static void
test_target__the_rest_is_refused(void **state)
{
	static const char *const rows[] = {
		"",
		"/index",
		"themas",
		"themas/",
		"../a",
		"themas/../a",
		".git/config",
		"themas/A",
		"x/y",
		"README.md",
		"bronnen.yml",
		"themas/a/b",
		"themas/-a",
		"themas/a.txt",
		"bespreking/index/a",
	};
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct target t = TARGET_INIT;

		if (target_read(&t, rows[i], &err) != PLEIN_ERULE)
			fail_msg("%s", rows[i]);
		target_release(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_target__addresses_become_canonical),
		cmocka_unit_test(test_target__the_rest_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
