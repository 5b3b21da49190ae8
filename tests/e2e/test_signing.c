/* Signing in as people do, at a terminal: passwords, codes, guests. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "appcode.h"
#include "fixture.h"
#include "plein/fs.h"
#include "screen.h"

#define PASSWORD "een lang wachtwoord"

static struct fixture wiki;
static char other[80]; /* a key that belongs to nobody */
static struct appcode app; /* of `tester` */

static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	fixture_configure(&wiki, "registreren = nee"); /* no menu */
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

/* ssh as somebody types it, in a window; `line` may be NULL. */
static struct screen *
sign_in(const char *key, const char *user, const char *line)
{
	static char known[128];
	const char *argv[] = { "ssh",	    "-tt",
			       "-F",	    "/dev/null",
			       "-o",	    known,
			       "-o",	    "StrictHostKeyChecking=no",
			       "-o",	    "IdentitiesOnly=yes",
			       "-o",	    "IdentityAgent=none",
			       "-i",	    key,
			       "-p",	    wiki.port,
			       "-l",	    user,
			       "127.0.0.1", line,
			       NULL };

	(void)snprintf(known, sizeof(known), "UserKnownHostsFile=%s/known",
		       wiki.dir);
	return screen_run(24, 80, NULL, argv);
}

static void
expect(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("no \"%s\" in:\n%s", text, all.ptr);
}

/* The n-th time that a prompt is there: what is typed before is lost. */
static void
answer_again(struct screen *s, int n, const char *prompt, const char *text)
{
	int64_t deadline = clock_mono_ms() + 15000;
	struct buf all = BUF_INIT;
	const char *p;
	int seen = 0;

	while (seen < n && clock_mono_ms() < deadline) {
		(void)screen_step(s, 100);
		buf_reset(&all);
		screen_text(s, &all);
		p = all.ptr;
		for (seen = 0; (p = strstr(p, prompt)) != NULL; seen++)
			p++;
	}
	if (seen < n)
		fail_msg("not %d times \"%s\" in:\n%s", n, prompt, all.ptr);
	buf_release(&all);
	screen_type(s, text);
	screen_type(s, "\r");
}

static void
answer(struct screen *s, const char *prompt, const char *text)
{
	answer_again(s, 1, prompt, text);
}

/* The wiki's start screen is there: then sign out. */
static void
expect_inside(struct screen *s)
{
	expect(s, "Mogelijk maken");
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
}

static void
host(const char *input, const char *const args[])
{
	const char *argv[16] = { fixture_program("pleind") };
	struct proc_result r;

	for (int i = 0; args[i]; i++)
		argv[i + 1] = args[i];
	proc_run_text(&r, argv, input, strlen(input));
	if (r.status != 0)
		fail_msg("pleind %s: %s%s", args[0], r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

#define HOST(input, ...) \
	host((input), (const char *const[]){ __VA_ARGS__, NULL })

static void
test_signing__names_the_keys_that_were_offered(void **state)
{
	struct screen *s = sign_in(other, "jan", NULL);
	const char *argv[] = { "ssh-keygen", "-lf", other, NULL };
	struct proc_result r;
	char print[64];

	(void)state;
	proc_run(&r, argv, NULL, NULL, 30000);
	(void)snprintf(print, sizeof(print), "  ed25519 %.50s",
		       strstr(r.out.ptr, "SHA256:"));
	proc_result_release(&r);
	expect(s, "Je computer bood 1 sleutel aan. Die hoort niet bij");
	expect(s, print);
	expect(s, "Heb je geen wachtwoord? Stuur een beheerder je");
	answer(s, "Naam / Name [jan]:", "");
	answer(s, "Wachtwoord / Password:", "");
	screen_abandon(s);
}

static void
test_signing__says_how_many_bits_are_asked(void **state)
{
	char weak[96];
	const char *argv[] = { "ssh-keygen", "-q", "-t", "rsa", "-b", "2048",
			       "-N",	     "",   "-f", weak,	NULL };
	struct proc_result r;
	struct screen *s;

	(void)state;
	(void)snprintf(weak, sizeof(weak), "%s/weak", wiki.dir);
	proc_run(&r, argv, NULL, NULL, 60000);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	s = sign_in(weak, "jan", NULL);
	expect(s, "  2048 bits is te weinig, 3072 moet: ssh-keygen -t ed25519");
	screen_abandon(s);
}

static void
test_signing__takes_a_password_that_the_host_gave(void **state)
{
	struct screen *s;

	(void)state;
	HOST(PASSWORD "\n", "user", "password", wiki.data, "tester");
	s = sign_in(other, "jan", NULL);
	answer(s, "Naam / Name [jan]:", "tester");
	answer(s, "Wachtwoord / Password:", "fout");
	expect(s, "Naam of wachtwoord klopt niet.");
	answer_again(s, 2, "Naam / Name [jan]:", "tester");
	answer_again(s, 2, "Wachtwoord / Password:", PASSWORD);
	expect(s, "Je bent aangemeld met je wachtwoord.");
	expect_inside(s);
	assert_null(strstr(wiki.seen.ptr, PASSWORD));
}

static void
test_signing__sets_a_password_of_ones_own(void **state)
{
	struct screen *s = sign_in(wiki.key, "x", "wachtwoord");
	struct buf all = BUF_INIT;

	(void)state;
	answer(s, "minstens 10 tekens:", "een heel ander wachtwoord");
	answer(s, "Nog een keer hetzelfde:", "een heel ander wachtwoord");
	expect(s, "Je kunt je nu met dit wachtwoord aanmelden.");
	screen_text(s, &all);
	assert_null(strstr(all.ptr, "heel ander"));
	buf_release(&all);
	assert_int_equal(screen_close(s), 0);
	s = sign_in(other, "tester", NULL);
	answer(s, "Naam / Name [tester]:", "");
	answer(s, "Wachtwoord / Password:", "een heel ander wachtwoord");
	expect_inside(s);
	s = sign_in(wiki.key, "x", "password");
	answer(s, "minstens 10 tekens:", PASSWORD);
	answer(s, "Nog een keer hetzelfde:", PASSWORD);
	expect(s, "Je kunt je nu");
	assert_int_equal(screen_close(s), 0);
}

/* People type it in the wrong place. */
static void
test_signing__logs_no_password_that_was_typed_as_a_name(void **state)
{
	struct screen *s = sign_in(other, "jan", NULL);

	(void)state;
	answer(s, "Naam / Name [jan]:", "geheim123");
	answer(s, "Wachtwoord / Password:", "x");
	expect(s, "Naam of wachtwoord klopt niet.");
	screen_abandon(s);
	assert_true(fixture_log_wait(&wiki, "(nobody)"));
	assert_false(fixture_log_holds(&wiki, "geheim123"));
}

static void
test_signing__sets_up_a_code_from_an_app(void **state)
{
	struct screen *s = sign_in(wiki.key, "x", "code");

	(void)state;
	expect(s, "Scan dit met een app");
	expect(s, "\xe2\x96\x88"); /* a full block: the picture */
	expect(s, "Code die de app laat zien (6 cijfers):");
	appcode_read(&app, s);
	answer(s, "(6 cijfers):", "12345");
	expect(s, "Deze code klopt niet");
	answer_again(s, 2, "(6 cijfers):", appcode_next(&app));
	expect(s, "Schrijf deze herstelcodes op.");
	appcode_read_recovery(&app, s);
	assert_int_equal(screen_close(s), 0);
}

static void
test_signing__asks_a_code_after_a_key(void **state)
{
	struct screen *s = sign_in(wiki.key, "x", NULL);

	(void)state;
	answer(s, "Code from your app", "000000");
	expect(s, "Deze code klopt niet of is al gebruikt.");
	answer_again(s, 2, "Code from your app", appcode_next(&app));
	expect_inside(s);
	assert_true(fixture_log_wait(&wiki, "\"auth.code\""));
}

static void
test_signing__asks_a_code_after_a_password(void **state)
{
	struct screen *s = sign_in(other, "tester", NULL);

	(void)state;
	answer(s, "Naam / Name [tester]:", "");
	answer(s, "Wachtwoord / Password:", PASSWORD);
	answer(s, "Code from your app", appcode_next(&app));
	expect_inside(s);
}

static void
test_signing__takes_a_recovery_code_once(void **state)
{
	struct screen *s = sign_in(wiki.key, "x", NULL);

	(void)state;
	answer(s, "Code from your app", app.recovery[0]);
	expect_inside(s);
	s = sign_in(wiki.key, "x", NULL);
	answer(s, "Code from your app", app.recovery[0]);
	expect(s, "Deze code klopt niet of is al gebruikt.");
	answer_again(s, 2, "Code from your app", app.recovery[1]);
	expect_inside(s);
}

/* Whoever has no terminal to type a code on does not get in. */
static void
test_signing__a_key_alone_is_not_enough_then(void **state)
{
	struct proc_result r;

	(void)state;
	fixture_ssh(&wiki, "whoami", NULL, &r);
	assert_int_equal(r.status, 255);
	assert_int_equal(r.out.len, 0);
	proc_result_release(&r);
}

static void
test_signing__the_host_takes_a_lost_code_away(void **state)
{
	struct proc_result r;

	(void)state;
	HOST("", "user", "reset", wiki.data, "tester", "code");
	fixture_ssh(&wiki, "whoami", NULL, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
}

static void
test_signing__a_role_that_needs_a_code_sets_it_up_first(void **state)
{
	const char *const clone[] = { "clone", "-q", NULL, "kopie", NULL };
	const char *args[5];
	struct proc_result r;
	struct screen *s;
	char url[80];

	(void)state;
	fixture_configure(&wiki, "code_vanaf = lezer");
	fixture_ssh(&wiki, "read index", NULL, &r);
	assert_int_equal(r.status, 3);
	assert_non_null(strstr(r.err.ptr, "Voor jouw rol is een code nodig."));
	proc_result_release(&r);
	(void)snprintf(url, sizeof(url), "ssh://127.0.0.1:%s/agenda",
		       wiki.port);
	memcpy(args, clone, sizeof(clone));
	args[2] = url;
	fixture_git(&wiki, args, &r);
	assert_int_not_equal(r.status, 0);
	assert_non_null(strstr(r.err.ptr, "Voor jouw rol is een code nodig."));
	proc_result_release(&r);
	s = sign_in(wiki.key, "x", NULL);
	expect(s, "Code die de app laat zien (6 cijfers):");
	appcode_read(&app, s);
	app.step = 0;
	answer(s, "(6 cijfers):", appcode_next(&app));
	expect(s, "Meld je nog \xc3\xa9\xc3\xa9n keer aan, met een code.");
	assert_int_equal(screen_close(s), 0);
	s = sign_in(wiki.key, "x", NULL);
	answer(s, "Code from your app", appcode_next(&app));
	expect_inside(s);
	fixture_configure(&wiki, "code_vanaf = niemand");
	HOST("", "user", "reset", wiki.data, "tester", "code");
}

/* `ssh gast@host` with what it should end with and say. */
static void
as_guest(const char *line, int status, const char *expected)
{
	const char *const extra[] = { "-l",	   "gast", "-T",
				      "127.0.0.1", line,   NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;

	(void)fixture_ssh_argv(&wiki, other, extra, argv);
	proc_run_text(&r, argv, "", 0);
	if (r.status != status ||
	    (!strstr(r.out.ptr, expected) && !strstr(r.err.ptr, expected)))
		fail_msg("%s: %d, %s%s", line, r.status, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
test_signing__guests_read_where_they_may(void **state)
{
	struct screen *s;

	(void)state;
	as_guest("whoami", 255, "Permission denied");
	fixture_configure(&wiki, "gast = ja");
	as_guest("whoami", 0, "gast");
	as_guest("read index", 0, "Welkom");
	as_guest("set index status=concept", 3, "heb je een profiel nodig");
	as_guest("news", 3, "heb je een profiel nodig");
	as_guest("git-upload-pack '/agenda'", 3, "heb je een profiel nodig");
	fixture_configure(&wiki, "gast_kopie = ja");
	as_guest("git-upload-pack '/agenda'", 128, " HEAD");
	as_guest("git-receive-pack '/agenda'", 3,
		 "heb je een profiel nodig.\n");
	fixture_configure(&wiki, "registreren = ja");
	as_guest("git-receive-pack '/agenda'", 3,
		 "heb je een profiel nodig. Aanvragen: ssh -t nieuw@<host>");
	fixture_configure(&wiki, "registreren = nee");
	s = sign_in(other, "guest", NULL);
	expect(s, "Je kijkt rond zonder profiel.");
	expect_inside(s);
	s = sign_in(other, "jan", NULL);
	answer(s, "4 kijken/look", "4");
	expect_inside(s);
	fixture_configure(&wiki, "gast = nee");
	as_guest("whoami", 255, "Permission denied");
}

/* From the menu, with a password; the key belongs to it at the next login. */
static void
test_signing__a_key_is_linked_by_who_has_a_password(void **state)
{
	char key[80];
	struct screen *s;

	(void)state;
	fixture_configure(&wiki, "registreren = ja");
	fixture_make_key(&wiki, "link", key);
	HOST("een lang woord\n", "user", "password", wiki.data, "tester");
	s = sign_in(key, "jan", NULL);
	expect(s, "5 Ik heb een profiel, koppel deze sleutel");
	answer(s, "3 nieuw/new", "5");
	expect(s, "Koppelen kan met je wachtwoord.");
	answer(s, "Naam / Name [jan]:", "tester");
	answer(s, "Wachtwoord / Password:", "een lang woord");
	expect(s, "Meld je binnen 15 minuten nog een keer aan.");
	screen_abandon(s);
	s = sign_in(key, "jan", NULL);
	answer(s, "Sleutel/key bij/of tester?", "ja");
	expect_inside(s);
	s = sign_in(key, "jan", "whoami");
	expect(s, "tester");
	screen_abandon(s);
	fixture_configure(&wiki, "registreren = nee");
}

static void
test_signing__too_many_wrong_ones_must_wait(void **state)
{
	struct screen *s;

	(void)state;
	for (int i = 0; i < 5; i++) {
		s = sign_in(other, "tester", NULL);
		answer(s, "Naam / Name [tester]:", "");
		answer(s, "Wachtwoord / Password:", "fout");
		expect(s, "Naam of wachtwoord klopt niet.");
		screen_abandon(s);
	}
	s = sign_in(other, "tester", NULL);
	answer(s, "Naam / Name [tester]:", "");
	answer(s, "Wachtwoord / Password:", PASSWORD);
	expect(s, "Te vaak geprobeerd. Wacht 15 minuten.");
	screen_abandon(s);
	assert_null(strstr(wiki.seen.ptr, PASSWORD));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_signing__names_the_keys_that_were_offered),
		cmocka_unit_test(test_signing__says_how_many_bits_are_asked),
		cmocka_unit_test(
			test_signing__takes_a_password_that_the_host_gave),
		cmocka_unit_test(test_signing__sets_a_password_of_ones_own),
		cmocka_unit_test(
			test_signing__logs_no_password_that_was_typed_as_a_name),
		cmocka_unit_test(test_signing__sets_up_a_code_from_an_app),
		cmocka_unit_test(test_signing__asks_a_code_after_a_key),
		cmocka_unit_test(test_signing__asks_a_code_after_a_password),
		cmocka_unit_test(test_signing__takes_a_recovery_code_once),
		cmocka_unit_test(test_signing__a_key_alone_is_not_enough_then),
		cmocka_unit_test(test_signing__the_host_takes_a_lost_code_away),
		cmocka_unit_test(
			test_signing__a_role_that_needs_a_code_sets_it_up_first),
		cmocka_unit_test(test_signing__guests_read_where_they_may),
		cmocka_unit_test(
			test_signing__a_key_is_linked_by_who_has_a_password),
		cmocka_unit_test(test_signing__too_many_wrong_ones_must_wait),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
