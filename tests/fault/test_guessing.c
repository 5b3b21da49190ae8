/* Strangers who try and try: does any order of steps let one in, and does the
 * time of a refusal tell whether somebody exists?
 * usage: test_guessing [NAMES], as with "*_nobody" */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/fs.h"

#define SCRIPT "tests/e2e/signing.py"

static struct fixture wiki;
static char other[80]; /* a key that belongs to nobody */

/* Nobody has to wait: that takes the same time for all, but no time. */
static int
start_wiki(void **state)
{
	static const char input[] = "een lang wachtwoord\n";
	const char *argv[] = { NULL,	  "user",   "password",
			       wiki.data, "tester", NULL };
	struct buf conf = BUF_INIT;
	struct proc_result r;
	char file[112];

	(void)state;
	fixture_init(&wiki);
	argv[0] = fixture_program("pleind");
	proc_run_text(&r, argv, input, strlen(input));
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	(void)snprintf(file, sizeof(file), "%s/plein.conf", wiki.data);
	assert_int_equal(fs_read_at(AT_FDCWD, file, &conf, 65536, NULL), 0);
	buf_str(&conf, "pogingen = 9999\npogingen_adres = 9999\n"
		       "registreren = nee\nuitnodigen = nee\n");
	assert_int_equal(
		fs_replace_at(AT_FDCWD, file, conf.ptr, conf.len, 0600, NULL),
		0);
	buf_release(&conf);
	fixture_serve(&wiki);
	fixture_make_key(&wiki, "other", other);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* At full size less than a millisecond, by the clock and by the work that is
 * done; a few tries on a busy machine can only show that the hash is not left
 * out. */
static void
test_guessing__takes_as_long_for_nobody(void **state)
{
	bool whole = getenv("PLEIN_LONG") != NULL;
	char pid[16];
	const char *argv[] = {
		"/usr/bin/python3",    SCRIPT, wiki.port, "timing",
		whole ? "1000" : "10", pid,    NULL
	};
	struct proc_result r;
	long medians, pairs, work, percent;
	char *rest;

	(void)state;
	(void)snprintf(pid, sizeof(pid), "%ld",
		       (long)fixture_find(&wiki, "pleind: wiki"));
	proc_run(&r, argv, NULL, NULL, whole ? 3600000 : 120000);
	assert_int_equal(r.status, 0);
	medians = strtol(r.out.ptr, &rest, 10);
	pairs = strtol(rest, &rest, 10);
	work = strtol(rest, &rest, 10);
	percent = strtol(rest, NULL, 10);
	print_message("microseconds apart: the medians %ld, the median pair "
		      "%ld, its processor time %ld; the shortest %ld %%\n",
		      medians, pairs, work, percent - 100);
	assert_in_range(percent, 100, 150);
	if (whole) {
		assert_in_range(medians, 0, 999);
		assert_in_range(work, 0, 999);
	}
	proc_result_release(&r);
}

static void
test_guessing__no_order_of_steps_lets_anybody_in(void **state)
{
	const char *argv[] = { "/usr/bin/python3",
			       SCRIPT,
			       wiki.port,
			       "orders",
			       wiki.key,
			       other,
			       getenv("PLEIN_LONG") ? "10000" : "100",
			       "1",
			       NULL };
	struct proc_result r;

	(void)state;
	proc_run(&r, argv, NULL, NULL, 3600000);
	assert_string_equal(r.out.ptr, "done\n");
	proc_result_release(&r);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_guessing__no_order_of_steps_lets_anybody_in),
		cmocka_unit_test(test_guessing__takes_as_long_for_nobody),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
