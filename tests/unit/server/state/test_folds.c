/* test_folds.c - which branches a person left open. */
#include "state/folds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "scratch.h"
#include "state/accounts.h"

static void
expect(struct state *s, const char *handle, const char *want)
{
	struct buf open = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(folds_get(s, handle, &open, &err), 0);
	assert_string_equal(open.ptr, want);
	buf_release(&open);
}

static void
test_folds__are_each_persons_own(void **state)
{
	char dir[SCRATCH_MAX], path[SCRATCH_MAX + 16];
	struct buf open = BUF_INIT;
	struct err err = ERR_INIT;
	struct state *s = NULL;

	(void)state;
	assert_int_equal(scratch_make(dir), 0);
	(void)snprintf(path, sizeof path, "%s/state.db", dir);
	assert_int_equal(state_open(&s, path, 1, &err), 0);
	assert_int_equal(account_add(s, "ada", "Ada", ROLE_LEZER, "nl", &err),
			 0);
	assert_int_equal(account_add(s, "bo", "Bo", ROLE_LEZER, "nl", &err), 0);
	assert_int_equal(folds_put(s, "ada", "themas/x -", &err), 0);
	expect(s, "ada", "themas/x -");
	assert_int_equal(folds_get(s, "bo", &open, &err), PLEIN_ENOTFOUND);
	assert_int_equal(folds_put(s, "ada", "", &err), 0);
	expect(s, "ada", ""); /* all closed, which is not nothing */
	assert_true(folds_put(s, "niemand", "", &err) < 0);
	state_close(s);
	buf_release(&open);
	(void)scratch_remove(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folds__are_each_persons_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
