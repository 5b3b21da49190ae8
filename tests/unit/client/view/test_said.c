/* The messages that were, to be read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "view/said.h"

static void
test_said__keeps_the_last_ones(void **state)
{
	struct said s = { VEC_INIT };
	char text[20];

	(void)state;
	assert_null(said_at(&s, 0));
	for (int i = 0; i < SAID_KEPT + 3; i++) {
		(void)snprintf(text, sizeof(text), "message %d", i);
		said_add(&s, text, i);
	}
	assert_string_equal(said_at(&s, 0)->text, "message 52");
	assert_string_equal(said_at(&s, SAID_KEPT - 1)->text, "message 3");
	assert_null(said_at(&s, SAID_KEPT));
	said_release(&s);
}

static void
test_said__what_is_said_again_counts_once(void **state)
{
	struct said s = { VEC_INIT };

	(void)state;
	said_add(&s, "a", 1);
	said_add(&s, "a", 2);
	said_add(&s, "b", 3);
	said_add(&s, "a", 4);
	assert_int_equal(said_at(&s, 0)->when, 4);
	assert_string_equal(said_at(&s, 1)->text, "b");
	assert_int_equal(said_at(&s, 2)->when, 2);
	assert_null(said_at(&s, 3));
	said_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_said__keeps_the_last_ones),
		cmocka_unit_test(test_said__what_is_said_again_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
