/* Tests of server/ssh/username.c. */
#include "ssh/username.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/mem.h"

static void
expect_used(const char *raw, const char *used)
{
	struct username u;

	username_read(&u, raw);
	assert_false(u.refused);
	assert_string_equal(u.used, used);
}

static void
expect_refused(const char *raw)
{
	struct username u;

	username_read(&u, raw);
	assert_true(u.refused);
	assert_string_equal(u.used, "");
}

static void
test_username__uses_what_fits_the_pattern(void **state)
{
	(void)state;
	expect_used("jan", "jan");
	expect_used("a", "a");
	expect_used("j.jansen@vng.nl", "j.jansen@vng.nl");
	expect_used("x_y-0", "x_y-0");
}

static void
test_username__does_not_use_what_windows_offers(void **state)
{
	static const char *const rows[] = {
		"",	  "Jan",   "JAN",   "GEMEENTE\\jan.devries",
		"a b",	  "a/b",   "../x",  "jos\xc3\xa9",
		"a;id",	  "$(id)", "\"x\"", "Jan de Vries (ICT)",
		"-Option"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_used(rows[i], "");
}

static void
test_username__knows_doors_whatever_their_case(void **state)
{
	(void)state;
	expect_used("gast", "gast");
	expect_used("Gast", "gast");
	expect_used("NIEUW", "nieuw");
	expect_used("Git", "git");
	expect_used("guest", "gast");
	expect_used("Guest", "gast");
	expect_used("new", "nieuw");
	expect_used("guests", "guests");
	expect_used("GEMEENTE\\gast", "");
	expect_used("gasten", "gasten");
}

static void
test_username__refuses_controls_and_broken_bytes(void **state)
{
	static const char *const rows[] = { "jan\n",
					    "\x1b[2J",
					    "a\tb",
					    "\x7f",
					    "jos\xe9",
					    "\xff",
					    "\xc2\x9b"
					    "2J",
					    "a\xc3" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_refused(rows[i]);
}

static void
test_username__refuses_more_than_64_bytes(void **state)
{
	char name[USERNAME_MAX + 2];
	char *huge = mem_alloc(200 * 1000 + 1);

	(void)state;
	memset(name, 'a', sizeof(name));
	name[USERNAME_MAX + 1] = '\0';
	expect_refused(name);
	name[0] = 'A';
	expect_refused(name);
	name[0] = 'a';
	name[USERNAME_MAX] = '\0';
	expect_used(name, name);
	memset(huge, 'a', 200 * 1000);
	expect_refused(huge);
	free(huge);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_username__uses_what_fits_the_pattern),
		cmocka_unit_test(
			test_username__does_not_use_what_windows_offers),
		cmocka_unit_test(
			test_username__knows_doors_whatever_their_case),
		cmocka_unit_test(
			test_username__refuses_controls_and_broken_bytes),
		cmocka_unit_test(test_username__refuses_more_than_64_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
