/* The line for sshd, and what may not get into it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "keyline.h"
#include "knock.h"

static const struct keyline good = { .program = "/usr/bin/pleind",
				     .front = "/run/plein/front",
				     .account = "toos.tester",
				     .kind = "sk-ssh-ed25519@openssh.com",
				     .blob = "AAAAGnNr/+w==" };

static void
test_keyline__leads_a_key_to_its_account_and_nowhere_else(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(keyline_write(&good, &out, NULL), 0);
	assert_string_equal(out.ptr,
			    "restrict,pty,command=\"/usr/bin/pleind session "
			    "/run/plein/front --account toos.tester --type "
			    "sk-ssh-ed25519@openssh.com --key AAAAGnNr/+w==\" "
			    "sk-ssh-ed25519@openssh.com AAAAGnNr/+w==\n");
	buf_release(&out);
}

static void
refuses(const struct keyline *k)
{
	struct buf out = BUF_INIT;

	assert_int_equal(keyline_write(k, &out, NULL), PLEIN_ERULE);
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

static void
test_keyline__takes_no_word_that_means_more_than_itself(void **state)
{
	static const char *const bad[] = {
		"",    "a b",  "a\"b", "a\nb", "a$(b)", "a;b",
		"a'b", "a\\b", "-a",   "a`b`", "a*",	"\xc3\xab"
	};
	struct keyline k;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		k = good;
		k.program = bad[i];
		refuses(&k);
		k = good;
		k.front = bad[i];
		refuses(&k);
		k = good;
		k.account = bad[i];
		refuses(&k);
		k = good;
		k.kind = bad[i];
		refuses(&k);
		k = good;
		k.blob = bad[i];
		refuses(&k);
	}
}

static void
test_keyline__takes_handles_only(void **state)
{
	struct keyline k = good;

	(void)state;
	k.account = "/etc/passwd";
	refuses(&k);
	k.account = "Toos";
	refuses(&k);
}

static void
test_knock__a_plain_word_is_not_an_option(void **state)
{
	(void)state;
	assert_true(knock_is_plain("/run/plein/a-b_c.d"));
	assert_false(knock_is_plain("--key"));
	assert_false(knock_is_plain("~root"));
}

static int
ask_keys(char *user)
{
	char *argv[] = { "pleind", "keys", "/nonexistent/front",
			 user,	   "kind", "blob" };

	return keyline_main(6, argv);
}

/* Of others not even the wiki is asked, which is not there. */
static void
test_keyline__is_for_logins_as_who_runs_it(void **state)
{
	const struct passwd *us = getpwuid(geteuid());

	(void)state;
	if (!us)
		skip(); /* nobody can log in as us */
	assert_int_not_equal(ask_keys(us->pw_name), EXIT_SUCCESS);
	assert_int_equal(ask_keys("no.such-user"), EXIT_SUCCESS);
	assert_int_equal(ask_keys(geteuid() == 0 ? "nobody" : "root"),
			 EXIT_SUCCESS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_keyline__leads_a_key_to_its_account_and_nowhere_else),
		cmocka_unit_test(
			test_keyline__takes_no_word_that_means_more_than_itself),
		cmocka_unit_test(test_keyline__takes_handles_only),
		cmocka_unit_test(test_keyline__is_for_logins_as_who_runs_it),
		cmocka_unit_test(test_knock__a_plain_word_is_not_an_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
