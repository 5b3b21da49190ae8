/* Whose open branches are kept, and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/folds.h"
#include "view/view.h"

/* Is there something to keep when somebody opens a branch? */
static bool
is_kept(const char *role, int64_t at)
{
	struct context c = { .session = json_pack("{s:s}", "role", role),
			     .keep_ms = 1000,
			     .at = at };
	struct folds f = { 0 };

	folds_change(&f, &c);
	json_decref(c.session);
	return f.due != 0;
}

static void
test_folds__are_kept_of_who_has_an_account(void **state)
{
	(void)state;
	assert_true(is_kept("lezer", 0));
	assert_false(is_kept("gast", 0));
}

static void
test_folds__of_an_earlier_day_are_not_kept(void **state)
{
	(void)state;
	assert_false(is_kept("lezer", 1742205600));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folds__are_kept_of_who_has_an_account),
		cmocka_unit_test(test_folds__of_an_earlier_day_are_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
