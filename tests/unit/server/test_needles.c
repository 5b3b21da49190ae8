/* test_needles.c - many texts in many bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "needles.h"

static void
mark(void *ctx, size_t which)
{
	((char *)ctx)[which]++;
}

static void
expect(struct needles *n, const char *data, size_t len, const char *want)
{
	char seen[4] = "000";

	needles_look(n, data, len, mark, seen);
	assert_string_equal(seen, want);
}

static void
test_needles__each_is_told_once(void **state)
{
	char *texts[] = { (char *)"geheim", (char *)"gehe", (char *)"anders" };
	const struct vec v = { (void **)texts, 3, 3 };
	struct needles *n = needles_new(&v);

	(void)state;
	expect(n, "", 0, "000");
	expect(n, "geh", 3, "000");
	expect(n, "een geheim, geheim", 18, "110");
	expect(n, "een gehei", 9, "010");
	expect(n, "\0anders\0", 8, "001");
	expect(n, "ander", 5, "000");
	needles_drop(n, 1);
	needles_drop(n, 1);
	assert_int_equal(needles_left(n), 2);
	expect(n, "geheim anders", 13, "101");
	needles_free(n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needles__each_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
