/* Hooks are links to a descriptor; what else lies there is replaced. */
#include "town.h"

#include "plein/control.h"
#include "wiki/hooks.h"

#define BEFORE RECEIVE_HOOKS "/" RECEIVE_HOOK_BEFORE
#define REF RECEIVE_HOOKS "/" RECEIVE_HOOK_REF

static int
setup(void **state)
{
	*state = town_enter();
	return 0;
}

static void
expect_link(const char *path)
{
	char target[64];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	assert_true(n > 0);
	target[n] = '\0';
	assert_string_equal(target, "/proc/self/fd/3");
}

static void
test_hooks__are_made_and_mended(void **state)
{
	struct town *t = *state;

	assert_int_equal(hooks_make(&t->err), 0);
	expect_link(BEFORE);
	expect_link(REF);
	assert_int_equal(hooks_make(&t->err), 0);
	assert_int_equal(unlink(BEFORE), 0);
	town_write(BEFORE, "#!/bin/sh\nexit 0\n");
	assert_int_equal(unlink(REF), 0);
	assert_int_equal(symlink("/bin/true", REF), 0);
	assert_int_equal(hooks_make(&t->err), 0);
	expect_link(BEFORE);
	expect_link(REF);
}

static void
test_hooks__a_folder_that_cannot_be_is_said(void **state)
{
	struct town *t = *state;

	town_write(RECEIVE_HOOKS, "een bestand");
	assert_int_not_equal(hooks_make(&t->err), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_hooks__are_made_and_mended,
						setup, town_teardown),
		cmocka_unit_test_setup_teardown(
			test_hooks__a_folder_that_cannot_be_is_said, setup,
			town_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
