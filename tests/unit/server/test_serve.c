/* The words behind "pleind serve". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "serve.h"

#define PARSE(o, err, ...) \
	parse((o), (err), (char *[]){ "serve", __VA_ARGS__, NULL })

static int
parse(struct serve_options *o, struct err *err, char **argv)
{
	int argc = 0;

	while (argv[argc])
		argc++;
	return serve_parse(o, argc, argv, err);
}

static void
test_serve__takes_a_folder_and_addresses(void **state)
{
	struct serve_options o;

	(void)state;
	assert_int_equal(PARSE(&o, NULL, "var"), 0);
	assert_string_equal(o.dir, "var");
	assert_int_equal(o.n_listen, 0);
	assert_int_equal(PARSE(&o, NULL, "--listen", "127.0.0.1:0", "var",
			       "--listen=[::1]:7"),
			 0);
	assert_string_equal(o.dir, "var");
	assert_int_equal(o.n_listen, 2);
	assert_int_equal(address_port(&o.listen[0]), 0);
	assert_int_equal(address_port(&o.listen[1]), 7);
}

static void
test_serve__says_what_is_wrong(void **state)
{
	struct serve_options o;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(parse(&o, &err, (char *[]){ "serve", NULL }),
			 PLEIN_EUSAGE);
	assert_non_null(strstr(err.msg, "folder"));
	assert_int_equal(PARSE(&o, &err, "a", "b"), PLEIN_EUSAGE);
	assert_int_equal(PARSE(&o, &err, "a", "--listen"), PLEIN_EUSAGE);
	assert_non_null(strstr(err.msg, "--listen"));
	assert_int_equal(PARSE(&o, &err, "a", "--listen", "here"),
			 PLEIN_EUSAGE);
	assert_non_null(strstr(err.msg, "here"));
	assert_int_equal(PARSE(&o, &err, "a", "--fork"), PLEIN_EUSAGE);
	assert_non_null(strstr(err.msg, "--fork"));
}

static void
test_serve__bounds_the_number_of_addresses(void **state)
{
	char *argv[2 * HOUSE_LISTENERS + 5] = { "serve", "dir" };
	struct serve_options o;
	int n = 2;

	(void)state;
	for (int i = 0; i < HOUSE_LISTENERS; i++) {
		argv[n++] = "--listen";
		argv[n++] = "127.0.0.1:0";
	}
	assert_int_equal(serve_parse(&o, n, argv, NULL), 0);
	argv[n++] = "--listen";
	argv[n++] = "127.0.0.1:0";
	assert_int_equal(serve_parse(&o, n, argv, NULL), PLEIN_EUSAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_serve__takes_a_folder_and_addresses),
		cmocka_unit_test(test_serve__says_what_is_wrong),
		cmocka_unit_test(test_serve__bounds_the_number_of_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
