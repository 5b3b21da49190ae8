/* Words and options of a command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "args.h"

static const char *key, *name, *words[2];
static const struct args_option options[] = {
	{ "--key", &key },
	{ "--name", &name },
	{ NULL, NULL },
};

static int
sort(char **argv)
{
	struct err err = ERR_INIT;
	int argc = 0, n;

	key = name = words[0] = words[1] = NULL;
	while (argv[argc])
		argc++;
	n = args_sort(argc - 1, argv + 1, options, words, 2, &err);
	assert_int_equal(n < 0, err.msg[0] != '\0');
	return n;
}

#define SORT(...) sort((char *[]){ (char *)"p", __VA_ARGS__, NULL })

static void
test_args__options_stand_anywhere(void **state)
{
	(void)state;
	assert_int_equal(SORT("a", "--key", "K", "b", "--name=N M"), 2);
	assert_string_equal(words[0], "a");
	assert_string_equal(words[1], "b");
	assert_string_equal(key, "K");
	assert_string_equal(name, "N M");
	assert_int_equal(sort((char *[]){ (char *)"p", NULL }), 0);
}

static void
test_args__a_value_may_look_like_anything(void **state)
{
	(void)state;
	assert_int_equal(SORT("--key", "--name"), 0);
	assert_string_equal(key, "--name");
	assert_null(name);
	assert_int_equal(SORT("--key=", "-"), 1);
	assert_string_equal(key, "");
	assert_string_equal(words[0], "-");
	assert_int_equal(SORT("--", "--key", "x"), 2);
	assert_string_equal(words[0], "--key");
}

static void
test_args__what_is_wrong_is_usage(void **state)
{
	(void)state;
	assert_int_equal(SORT("--onzin"), PLEIN_EUSAGE);
	assert_int_equal(SORT("--ke", "x"), PLEIN_EUSAGE);
	assert_int_equal(SORT("--keys=x"), PLEIN_EUSAGE);
	assert_int_equal(SORT("-k", "x"), PLEIN_EUSAGE);
	assert_int_equal(SORT("--key"), PLEIN_EUSAGE);
	assert_int_equal(SORT("a", "b", "c"), PLEIN_EUSAGE);
}

static void
test_args__flags_stand_anywhere_before_the_end(void **state)
{
	char *argv[] = { (char *)"a", (char *)"--json", (char *)"b",
			 (char *)"--", (char *)"--json" };
	int argc = 5;

	(void)state;
	assert_true(args_flag(&argc, argv, "--json"));
	assert_int_equal(argc, 4);
	assert_string_equal(argv[1], "b");
	assert_false(args_flag(&argc, argv, "--json"));
	assert_int_equal(argc, 4);
	assert_string_equal(argv[3], "--json");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_args__flags_stand_anywhere_before_the_end),
		cmocka_unit_test(test_args__options_stand_anywhere),
		cmocka_unit_test(test_args__a_value_may_look_like_anything),
		cmocka_unit_test(test_args__what_is_wrong_is_usage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
