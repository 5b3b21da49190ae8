/* test_folds.c - which branches a person left open. */
#include "state/folds.h"

#include "statefile.h"

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo", NULL };

	return statefile_open(state, people);
}

static void
expect(struct fixture *f, const char *handle, const char *want)
{
	struct buf open = BUF_INIT;

	assert_int_equal(folds_get(f->s, "agenda", handle, &open, &f->err), 0);
	assert_string_equal(open.ptr, want);
	buf_release(&open);
}

static void
test_folds__are_each_persons_own(void **state)
{
	struct fixture *f = *state;
	struct buf open = BUF_INIT;

	assert_int_equal(
		folds_put(f->s, "agenda", "ada", "themas/x -", &f->err), 0);
	expect(f, "ada", "themas/x -");
	assert_int_equal(folds_get(f->s, "agenda", "bo", &open, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(folds_put(f->s, "agenda", "ada", "", &f->err), 0);
	expect(f, "ada", ""); /* all closed, which is not nothing */
	assert_true(folds_put(f->s, "agenda", "niemand", "", &f->err) < 0);
	buf_release(&open);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_folds__are_each_persons_own, setup,
			statefile_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
