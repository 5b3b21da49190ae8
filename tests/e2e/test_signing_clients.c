/* Passwords and codes with other people's clients: paramiko, PuTTY's plink,
 * dropbear's dbclient; and clients that do not keep to the rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "appcode.h"

#include "fixture.h"
#include "plein/clock.h"
#include "screen.h"

#define PASSWORD "een lang wachtwoord"
#define SCRIPT "tests/e2e/signing.py"

static struct fixture wiki;
static char other[80]; /* a key that belongs to nobody */
static char fingerprint[80]; /* of the host key, as plink wants it */
static char by_key[200]; /* what the script says who comes in by key */
static struct appcode app; /* of `tester`, in the end */

static void
run(const char *const argv[], const char *input, struct proc_result *r)
{
	proc_run_text(r, argv, input, strlen(input));
	if (r->status != 0)
		fail_msg("%s: %d: %s%s", argv[0], r->status, r->out.ptr,
			 r->err.ptr);
}

static void
read_fingerprint(void)
{
	char file[112];
	const char *argv[] = { "ssh-keygen", "-lf", file, NULL };
	struct proc_result r;
	const char *at;

	(void)snprintf(file, sizeof(file), "%s/hostkey_ed25519.pub", wiki.data);
	run(argv, "", &r);
	at = strstr(r.out.ptr, "SHA256:");
	assert_non_null(at);
	(void)snprintf(fingerprint, sizeof(fingerprint), "%.*s",
		       (int)strcspn(at, " "), at);
	proc_result_release(&r);
}

static int
start_wiki(void **state)
{
	const char *argv[] = { NULL,	  "user",   "password",
			       wiki.data, "tester", NULL };
	struct proc_result r;

	(void)state;
	fixture_start(&wiki);
	fixture_configure(&wiki, "registreren = nee"); /* no menu */
	fixture_make_key(&wiki, "other", other);
	/* plink and dbclient keep what they know of hosts in there */
	assert_int_equal(setenv("HOME", wiki.dir, 1), 0);
	argv[0] = fixture_program("pleind");
	run(argv, PASSWORD "\n", &r);
	proc_result_release(&r);
	read_fingerprint();
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

/* The script's answer must be this. */
static void
python(const char *expected, const char *act, const char *one, const char *two)
{
	const char *argv[] = {
		"/usr/bin/python3", SCRIPT, wiki.port, act, one, two, NULL
	};
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, 120000);
	if (strcmp(r.out.ptr, expected) != 0)
		fail_msg("%s: not \"%s\" but \"%s\" %s", act, expected,
			 r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
test_clients__paramiko_signs_in_with_key_and_password(void **state)
{
	struct proc_result r;

	(void)state;
	fixture_ssh(&wiki, "whoami", NULL, &r);
	(void)snprintf(by_key, sizeof(by_key), "in\n%s", r.out.ptr);
	proc_result_release(&r);
	python(by_key, "key", wiki.key, NULL);
	python("in\ntester\tbeheerder\t\tToos Tester\n", "password", "tester",
	       PASSWORD);
}

/* How often this is in the log by now. */
static int
count_in_log(const char *text)
{
	const char *at;
	int n = 0;

	(void)fixture_log_holds(&wiki, text);
	for (at = wiki.seen.ptr; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}

/* What is logged from now on is of connections that begin from now on. */
static void
begin_log(void)
{
	int64_t deadline = clock_mono_ms() + 20000;

	while (fixture_find(&wiki, "pleind: connection"))
		assert_true(clock_mono_ms() < deadline);
	(void)fixture_log_holds(&wiki, ""); /* all of it is read */
	buf_reset(&wiki.seen);
}

/* Thirteen ways: each is one connection, whose end is logged once, and says
 * no more than so much on the way. */
#define WAYS 13
#define LINES_EACH 45

static void
test_clients__who_breaks_the_rules_stays_out(void **state)
{
	int ended, lines;

	(void)state;
	begin_log();
	python("out\nout\nout\nout\nout\nout\nout\nout\nout\n"
	       "out\nout\nout\nout\n",
	       "hostile", wiki.key, PASSWORD);
	ended = count_in_log("\"conn.closed\"");
	lines = count_in_log("\n");
	assert_int_equal(ended, WAYS);
	assert_in_range(lines, WAYS, ended * LINES_EACH);
	assert_false(fixture_log_holds(&wiki, PASSWORD));
}

static void
test_clients__20000_channels_are_one_and_an_end(void **state)
{
	(void)state;
	begin_log();
	python("ended\n", "channels", wiki.key, "20000");
	assert_true(fixture_log_wait(&wiki, "\"reason\":\"requests\""));
	assert_int_equal(count_in_log("\"conn.closed\""), 1);
	assert_in_range(count_in_log("\n"), 1, LINES_EACH);
}

static void
answer(struct screen *s, const char *prompt, const char *text)
{
	struct buf all = BUF_INIT;

	if (!screen_wait(s, prompt)) {
		screen_text(s, &all);
		fail_msg("no \"%s\" in:\n%s", prompt, all.ptr);
	}
	screen_type(s, text);
	screen_type(s, "\r");
}

static struct screen *
run_plink(void)
{
	const char *const argv[] = { "plink",	  "-ssh",     "-P",
				     wiki.port,	  "-hostkey", fingerprint,
				     "-noagent",  "-l",	      "jan",
				     "127.0.0.1", "whoami",   NULL };
	struct screen *s = screen_run(24, 80, NULL, argv);

	answer(s, "Naam / Name [jan]:", "tester");
	answer(s, "Wachtwoord / Password:", PASSWORD);
	return s;
}

static void
end_plink(struct screen *s)
{
	answer(s, "Press Return to begin session", "");
	assert_true(screen_wait(s, "beheerder"));
	assert_int_equal(screen_close(s), 0);
}

static void
test_clients__plink_asks_for_a_password(void **state)
{
	(void)state;
	end_plink(run_plink());
}

static struct screen *
run_dbclient(void)
{
	const char *const argv[] = { "dbclient", "-y",	      "-y",	"-p",
				     wiki.port,	 "-l",	      "tester", "-i",
				     "/none",	 "127.0.0.1", "whoami", NULL };
	struct screen *s = screen_run(24, 80, NULL, argv);

	answer(s, "Naam / Name [tester]:", "");
	answer(s, "Wachtwoord / Password:", PASSWORD);
	return s;
}

static void
end_dbclient(struct screen *s)
{
	assert_true(screen_wait(s, "beheerder"));
	assert_int_equal(screen_close(s), 0);
}

static void
test_clients__dbclient_asks_for_a_password(void **state)
{
	(void)state;
	end_dbclient(run_dbclient());
}

static void
set_up_code(void)
{
	const char *const words[] = { "code", NULL };
	struct screen *s = screen_open(&wiki, 40, 80, NULL, words);

	assert_true(screen_wait(s, "Code die de app laat zien (6 cijfers):"));
	appcode_read(&app, s);
	answer(s, "(6 cijfers):", appcode_next(&app));
	assert_true(screen_wait(s, "Schrijf deze herstelcodes op."));
	appcode_read_recovery(&app, s);
	assert_int_equal(screen_close(s), 0);
}

static void
test_clients__all_ask_for_the_code_as_well(void **state)
{
	struct screen *s;

	(void)state;
	set_up_code();
	python(by_key, "key", wiki.key, appcode_next(&app));
	s = run_plink();
	answer(s, "Code from your app", app.recovery[0]);
	end_plink(s);
	s = run_dbclient();
	answer(s, "Code from your app", app.recovery[1]);
	end_dbclient(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_clients__paramiko_signs_in_with_key_and_password),
		cmocka_unit_test(test_clients__who_breaks_the_rules_stays_out),
		cmocka_unit_test(
			test_clients__20000_channels_are_one_and_an_end),
		cmocka_unit_test(test_clients__plink_asks_for_a_password),
		cmocka_unit_test(test_clients__dbclient_asks_for_a_password),
		cmocka_unit_test(test_clients__all_ask_for_the_code_as_well),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
