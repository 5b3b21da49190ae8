/* The list of spaces, and looking a name up in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/spaces.h"

struct folder {
	char path[64];
	int dir;
};

static int
make_folder(void **state)
{
	struct folder *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	(void)snprintf(f->path, sizeof(f->path), "/tmp/test_spaces.XXXXXX");
	if (!mkdtemp(f->path))
		return -1;
	f->dir = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = f;
	return f->dir < 0 ? -1 : 0;
}

static const char *const names[] = { "agenda.git", "zorg-2.git",      "x.git",
				     ".git",	   "agenda.index.db", "A.git",
				     "-x.git",	   "agenda.git.lock" };

static int
remove_folder(void **state)
{
	struct folder *f = *state;
	char path[64];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "spaces/%s", names[i]);
		(void)unlinkat(f->dir, path, AT_REMOVEDIR);
	}
	(void)unlinkat(f->dir, "spaces", AT_REMOVEDIR);
	(void)close(f->dir);
	(void)rmdir(f->path);
	free(f);
	return 0;
}

static void
fill_folder(const struct folder *f)
{
	char path[64];

	assert_int_equal(mkdirat(f->dir, "spaces", 0700), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "spaces/%s", names[i]);
		assert_int_equal(mkdirat(f->dir, path, 0700), 0);
	}
}

static void
test_spaces__lists_repositories_only(void **state)
{
	struct folder *f = *state;
	struct vec spaces = VEC_INIT;

	fill_folder(f);
	assert_int_equal(spaces_read(&spaces, f->dir, NULL), 0);
	assert_int_equal(spaces.len, 3);
	assert_string_equal(spaces.items[0], "agenda");
	assert_string_equal(spaces.items[1], "x");
	assert_string_equal(spaces.items[2], "zorg-2");
	vec_release(&spaces, free);
}

static void
test_spaces__finds_names_and_no_paths(void **state)
{
	struct folder *f = *state;
	struct vec spaces = VEC_INIT;

	fill_folder(f);
	assert_int_equal(spaces_read(&spaces, f->dir, NULL), 0);
	assert_string_equal(spaces_find(&spaces, "agenda"), "agenda");
	assert_null(spaces_find(&spaces, ""));
	assert_null(spaces_find(&spaces, "agenda.git"));
	assert_null(spaces_find(&spaces, "/agenda"));
	assert_null(spaces_find(&spaces, "../spaces/agenda"));
	assert_null(spaces_find(&spaces, "AGENDA"));
	vec_release(&spaces, free);
}

static void
test_spaces__keeps_the_old_list_when_it_cannot_read(void **state)
{
	struct folder *f = *state;
	struct vec spaces = VEC_INIT;
	struct err err = ERR_INIT;

	fill_folder(f);
	assert_int_equal(spaces_read(&spaces, f->dir, NULL), 0);
	assert_int_equal(renameat(f->dir, "spaces", f->dir, "away"), 0);
	assert_int_equal(spaces_read(&spaces, f->dir, &err), PLEIN_ENOTFOUND);
	assert_int_equal(spaces.len, 3);
	assert_int_equal(renameat(f->dir, "away", f->dir, "spaces"), 0);
	assert_int_equal(spaces_read(&spaces, f->dir, &err), 0);
	assert_int_equal(spaces.len, 3);
	vec_release(&spaces, free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_spaces__lists_repositories_only, make_folder,
			remove_folder),
		cmocka_unit_test_setup_teardown(
			test_spaces__finds_names_and_no_paths, make_folder,
			remove_folder),
		cmocka_unit_test_setup_teardown(
			test_spaces__keeps_the_old_list_when_it_cannot_read,
			make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
