/* Tests of core/base/allowlist.c: the lists become filters. */
#include "plein/allowlist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_allowlist__compiles_to_what_the_programs_carry(void **state)
{
	struct sock_filter code[ALLOWLIST_CODE_MAX];
	size_t n;

	(void)state;
	for (int who = 0; who < SANDBOX_N; who++) {
		n = 0;
		assert_int_equal(
			allowlist_compile((enum sandbox)who, code, &n, NULL),
			0);
		assert_int_equal(n, sandbox_codes[who].n);
		assert_memory_equal(code, sandbox_codes[who].at,
				    n * sizeof(code[0]));
	}
}

static void
test_allowlist__names_its_own_process_once(void **state)
{
	(void)state;
	for (int who = 0; who < SANDBOX_N; who++) {
		const struct sandbox_code *c = &sandbox_codes[who];
		int found = 0;

		for (size_t i = 0; i < c->n; i++)
			found += c->at[i].k == SANDBOX_OWN_PID;
		assert_int_equal(found, 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_allowlist__compiles_to_what_the_programs_carry),
		cmocka_unit_test(test_allowlist__names_its_own_process_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
