/* Applying for an account and deciding about it, with the real ssh. */
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

#include "fixture.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "screen.h"

#define AT_ONCE_MS 1000

static struct fixture wiki;

static void
host(const char *const args[])
{
	const char *argv[16] = { fixture_program("pleind") };
	struct proc_result r;

	for (int i = 0; args[i]; i++)
		argv[i + 1] = args[i];
	proc_run_text(&r, argv, "", 0);
	if (r.status != 0)
		fail_msg("pleind %s: %s%s", args[1], r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

#define HOST(...) host((const char *const[]){ __VA_ARGS__, NULL })

/* The tester of the fixture decides here. */
static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	HOST("user", "role", wiki.data, "tester", "beheerder");
	fixture_configure(&wiki, "wachtend_lezen = ja\naanvragen_adres = 100");
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

/* `ssh user@host LINE`; LINE may be NULL. */
static void
ssh(const char *key, const char *user, const char *line, const char *input,
    struct proc_result *r)
{
	const char *extra[] = { "-l", user, "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];
	int n = fixture_ssh_argv(&wiki, key, extra, argv);

	/* Or it would not ask what a server wants to say. */
	for (int i = 0; i < n; i++)
		if (strcmp(argv[i], "BatchMode=yes") == 0)
			argv[i] = "BatchMode=no";
		else if (strcmp(argv[i], "LogLevel=ERROR") == 0)
			argv[i] = "LogLevel=INFO";
	proc_run_text(r, argv, input, strlen(input));
}

/* Exit, and what stdout (or stderr, when `bad`) holds. */
static void
expect(const char *key, const char *user, const char *line, const char *input,
       int status, const char *text)
{
	struct proc_result r;

	ssh(key, user, line, input, &r);
	if (r.status != status ||
	    (!strstr(r.out.ptr, text) && !strstr(r.err.ptr, text)))
		fail_msg("%s %s: %d, no \"%s\" in:\n%s%s", user,
			 line ? line : "", r.status, text, r.out.ptr,
			 r.err.ptr);
	proc_result_release(&r);
}

#define NEW "nieuw"
#define ANY "iemand"

static void
admin(const char *line, int status, const char *text)
{
	expect(wiki.key, ANY, line, "", status, text);
}

/* Name, handle, municipality, reason, code, language, view. */
static void
apply(const char *key, const char *handle, const char *code, const char *text)
{
	char input[256];

	(void)snprintf(input, sizeof(input),
		       "Niek de Nieuwe\n%s\nDuinstad\nIk doe mee.\n%s\nnl\n\n",
		       handle, code);
	expect(key, NEW, NULL, input, 0, text);
}

static void
test_register__who_waits_reads_and_who_is_approved_writes(void **state)
{
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "niek", key);
	apply(key, "niek", "", "Aanvraag verstuurd. Je nummer is ");
	expect(key, ANY, "whoami", "", 0, "niek\twaiting\t");
	expect(key, ANY, "aanvraag", "", 0, "wacht op goedkeuring");
	expect(key, ANY, "lees index", "", 0, "agenda");
	expect(key, ANY, "maak themas/niek --soort thema --titel Niek", "x", 3,
	       "Je aanvraag wacht op goedkeuring. Je kunt alvast lezen.");
	expect(key, ANY, "leden", "", 3, "wacht op goedkeuring");
	admin("aanvragen", 0, "Ik doe mee.");
	admin("goedkeuren niek", 0, "niek\tbijdrager");
	admin("admin log", 0, "accounts.approve");
	admin("aanvragen", 1, "Niets gevonden");
	admin("goedkeuren niek", 6, "tester was eerder");
	expect(key, ANY, "maak themas/niek --soort thema --titel Niek",
	       "Welkom.\n", 0, "");
	admin("geschiedenis themas/niek", 0, "niek");
}

static void
test_register__a_code_lets_in_at_once_and_once(void **state)
{
	char first[80], second[80], code[32] = "", input[128];
	struct proc_result r;

	(void)state;
	fixture_make_key(&wiki, "ina", first);
	fixture_make_key(&wiki, "ans", second);
	ssh(wiki.key, ANY, "uitnodigen --rol redacteur --dagen 2", "", &r);
	assert_int_equal(r.status, 0);
	(void)snprintf(code, sizeof(code), "%.19s", r.out.ptr);
	proc_result_release(&r);
	admin("uitnodigen lijst", 0, "redacteur");
	apply(first, "ina", code, "Je bent toegelaten.");
	expect(first, ANY, "whoami", "", 0, "ina\tredacteur\t");
	/* Used up: asked again, and done without. */
	(void)snprintf(input, sizeof(input),
		       "Ans\nans\nDuinstad\nIk doe mee.\n%s\nnl\n\n\n", code);
	expect(second, NEW, NULL, input, 0, "Deze uitnodigingscode klopt niet");
	expect(second, ANY, "whoami", "", 0, "ans\twaiting\t");
	admin("uitnodigen lijst", 1, "Niets gevonden");
	assert_false(fixture_log_holds(&wiki, code));
}

static void
test_register__who_is_refused_hears_why(void **state)
{
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "wim", key);
	apply(key, "wim", "", "Aanvraag verstuurd.");
	admin("afwijzen wim", 2, "--reden");
	/* what can still be taken back is not told */
	admin("afwijzen wim --reden Je werkt hier niet.", 0, "wim\tapplicant");
	expect(key, ANY, "aanvraag", "", 0, "wacht op goedkeuring");
	admin("beheer terugnemen wim", 0, "");
	HOST("user", "refuse", wiki.data, "wim", "--reason",
	     "Je werkt hier niet.");
	expect(key, ANY, "aanvraag", "", 3,
	       "niet goedgekeurd. Je werkt hier niet.");
	expect(key, ANY, "lees index", "", 3, "niet goedgekeurd");
	expect(key, ANY, NULL, "", 3, "Je werkt hier niet.");
	expect(key, ANY, "aanvraag --reden Toch wel, sinds mei.", "", 0,
	       "wacht op goedkeuring");
	admin("aanvragen", 0, "Toch wel, sinds mei.");
	expect(key, ANY, "aanvraag intrekken", "", 0, "ingetrokken");
	expect(key, ANY, "whoami", "", 255, "");
}

/* The second answer is the one that counts. */
static void
test_register__a_name_that_looks_like_anothers_is_refused(void **state)
{
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "tes", key);
	expect(key, NEW, NULL,
	       "T\ntest-er\nDuinstad\nIk doe mee.\n\nnl\n\ntessa\n", 0,
	       "lijkt op een andere");
	expect(key, ANY, "whoami", "", 0, "tessa\twaiting\t");
}

static void
test_register__a_known_key_is_told_so(void **state)
{
	(void)state;
	expect(wiki.key, NEW, NULL, "", 255, "hoort al bij een profiel");
}

static void
test_register__a_password_will_do(void **state)
{
	(void)state;
	expect("/dev/null", NEW, NULL,
	       "Piet\npiet\n\nIk doe mee.\n\nnl\n\nkort\neen lang woord\n", 0,
	       "Aanvraag verstuurd.");
	admin("aanvragen", 0, "piet\t");
	assert_false(fixture_log_holds(&wiki, "een lang woord"));
}

/* The administrator asks, with a program of theirs. */
static void
ask_by_api(const char *begin)
{
	char line[192];
	struct proc_result r;

	(void)snprintf(line, sizeof(line),
		       "%s\"question\":\"Van welk team?\"}}\n", begin);
	ssh(wiki.key, ANY, "api", line, &r);
	if (!strstr(r.out.ptr, "\"handle\":"))
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
wait_for(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("no \"%s\" in:\n%s", text, all.ptr);
}

/* Somebody with an open screen, and somebody else who decides. */
static void
test_register__a_change_reaches_an_open_session_at_once(void **state)
{
	static const char *const none[] = { NULL };
	struct fixture as = wiki;
	struct screen *s;
	char key[80];
	int64_t asked;

	(void)state;
	fixture_make_key(&wiki, "els", key);
	apply(key, "els", "", "Aanvraag verstuurd.");
	memcpy(as.key, key, sizeof(key));
	s = screen_open(&as, 24, 80, NULL, none);
	wait_for(s, "1 Alvast lezen");
	screen_type(s, "1");
	wait_for(s, "Gemeenten - start");
	admin("goedkeuren els", 0, "els\tbijdrager");
	wait_for(s, "je rol is nu bijdrager");
	admin("rol els lezer", 0, "els\tlezer");
	wait_for(s, "je rol is nu lezer");
	admin("stop els --reden Gestopt met werken.", 0, "els\tblocked");
	asked = clock_mono_ms();
	wait_for(s, "Je toegang is gestopt.");
	assert_int_equal(screen_close(s), 0);
	assert_true(clock_mono_ms() - asked < AT_ONCE_MS);
	expect(key, ANY, "lees index", "", 3, "Je toegang is gestopt.");
	expect(key, ANY, NULL, "", 3, "Gestopt met werken.");
	admin("toelaten els", 0, "els\tlezer");
	expect(key, ANY, "lees index", "", 0, "agenda");
}

/* On the screen: the form, waiting, a question and its answer, and in. */
static void
test_register__the_form_leads_to_waiting_and_in(void **state)
{
	static const char *const as_new[] = { "-l", "nieuw", NULL };
	struct fixture as = wiki;
	struct screen *s;
	char key[80], line[96];
	long number = 0;
	struct proc_result r;

	(void)state;
	fixture_make_key(&wiki, "fien", key);
	memcpy(as.key, key, sizeof(key));
	s = screen_open(&as, 24, 80, NULL, as_new);
	wait_for(s, "wordt je toegang.");
	screen_type(s, "Fien\ttes.ter\tDuinstad\tIk doe mee.\x13");
	wait_for(s, "lijkt op een andere. Probeer: tes.ter2.");
	screen_type(s, "\x0b"
		       "fien\x13");
	wait_for(s, "Aanvraag verstuurd. Je nummer is ");
	ssh(wiki.key, ANY, "aanvragen", "", &r);
	assert_non_null(strstr(r.out.ptr, "fien\t"));
	proc_result_release(&r);
	ssh(key, ANY, "aanvraag --json", "", &r);
	assert_int_equal(
		sscanf(strstr(r.out.ptr, "number"), "number\": %ld", &number) ||
			sscanf(strstr(r.out.ptr, "number"), "number\":%ld",
			       &number),
		1);
	proc_result_release(&r);
	(void)snprintf(line, sizeof(line),
		       "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
		       "\"register.ask\",\"params\":{\"number\":%ld,",
		       number);
	ask_by_api(line);
	wait_for(s, "Een beheerder vraagt: Van welk team?");
	screen_type(s, "4");
	wait_for(s, "Versturen >");
	screen_type(s, "\x0b"
		       "Team ICT.\x13");
	wait_for(s, "Je aanvraag is gewijzigd.");
	admin("aanvragen", 0, "Team ICT.");
	admin("goedkeuren fien", 0, "fien\tbijdrager");
	wait_for(s, "Druk op 1.");
	screen_type(s, "1");
	wait_for(s, "Gemeenten - start");
	wait_for(s, "n Nieuw");
	screen_type(s, "q");
	assert_int_equal(screen_close(s), 0);
}

/* A screen of who is asked something before. */
static struct screen *
ask_on_screen(const char *key, const char *user)
{
	const char *extra[] = { "-tt", "-l", user, "127.0.0.1", NULL };
	const char *argv[FIXTURE_ARGS];
	int n = fixture_ssh_argv(&wiki, key, extra, argv);

	for (int i = 0; i < n; i++)
		if (strcmp(argv[i], "BatchMode=yes") == 0)
			argv[i] = "BatchMode=no";
		else if (strcmp(argv[i], "LogLevel=ERROR") == 0)
			argv[i] = "LogLevel=INFO";
	return screen_run(24, 80, NULL, argv);
}

/* From the menu of the login no key is bound: that comes after. */
static void
test_register__the_menu_registers_and_the_key_follows(void **state)
{
	struct screen *s;
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "mia", key);
	s = ask_on_screen(key, ANY);
	wait_for(s, "2 code 3 nieuw/new 5");
	screen_type(s, "3\r");
	wait_for(s, "hetzelfde wachtwoord");
	screen_type(s, "Mia\tmia\tDuinstad\tIk doe mee.\t\t\t\t"
		       "een lang woord\teen lang woord\x13");
	wait_for(s, "Aanvraag verstuurd. Je nummer is ");
	wait_for(s, "Meld je binnen 15 minuten");
	screen_type(s, "6");
	wait_for(s, "Tot ziens.");
	assert_int_equal(screen_close(s), 0);
	s = ask_on_screen(key, NEW);
	wait_for(s, "Hoort deze sleutel bij mia? ja of nee:");
	screen_type(s, "ja\r");
	wait_for(s, "1 Alvast lezen");
	screen_type(s, "6");
	wait_for(s, "Tot ziens.");
	assert_int_equal(screen_close(s), 0);
	expect(key, ANY, "whoami", "", 0, "mia\twaiting\tSHA256:");
}

static void
test_register__taking_back_ends_it(void **state)
{
	static const char *const as_new[] = { "-l", "nieuw", NULL };
	struct fixture as = wiki;
	struct screen *s;
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "tom", key);
	apply(key, "tom", "", "Aanvraag verstuurd.");
	memcpy(as.key, key, sizeof(key));
	s = screen_open(&as, 24, 80, NULL, NULL);
	wait_for(s, "5 Aanvraag intrekken");
	screen_type(s, "5");
	wait_for(s, "Ja, intrekken");
	screen_type(s, "2");
	wait_for(s, "ingetrokken");
	assert_int_equal(screen_close(s), 0);
	/* The key is free again. */
	s = screen_open(&as, 24, 80, NULL, as_new);
	wait_for(s, "wordt je toegang.");
	screen_type(s, "\x1b");
	wait_for(s, "Tot ziens.");
	assert_int_equal(screen_close(s), 0);
}

static void
test_register__the_last_administrator_stays(void **state)
{
	(void)state;
	admin("rol tester lezer", 6, "Dit is de laatste beheerder.");
	admin("stop tester", 6, "Dit is de laatste beheerder.");
	admin("whoami", 0, "tester\tbeheerder\t");
}

static void
test_register__can_be_off(void **state)
{
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "uit", key);
	fixture_configure(&wiki, "registreren = nee\nwachtend_lezen = nee");
	expect(key, NEW, NULL, "", 255, "Een profiel aanvragen kan hier niet.");
	fixture_configure(&wiki, "registreren = ja\naanvragen_adres = 1");
	expect(key, NEW, NULL, "N\nuit\n\nIk doe mee.\n\nnl\n\n", 7,
	       "te veel aanvragen");
	fixture_configure(&wiki, "aanvragen_adres = 100");
	apply(key, "uit", "", "Aanvraag verstuurd.");
	expect(key, ANY, "aanvraag", "", 0, "wacht op goedkeuring");
	expect(key, ANY, "lees index", "", 3, "niet goedgekeurd");
	fixture_configure(&wiki, "wachtend_lezen = ja");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_register__who_waits_reads_and_who_is_approved_writes),
		cmocka_unit_test(
			test_register__a_code_lets_in_at_once_and_once),
		cmocka_unit_test(test_register__who_is_refused_hears_why),
		cmocka_unit_test(
			test_register__a_name_that_looks_like_anothers_is_refused),
		cmocka_unit_test(test_register__a_known_key_is_told_so),
		cmocka_unit_test(test_register__a_password_will_do),
		cmocka_unit_test(
			test_register__a_change_reaches_an_open_session_at_once),
		cmocka_unit_test(
			test_register__the_form_leads_to_waiting_and_in),
		cmocka_unit_test(
			test_register__the_menu_registers_and_the_key_follows),
		cmocka_unit_test(test_register__taking_back_ends_it),
		cmocka_unit_test(test_register__the_last_administrator_stays),
		cmocka_unit_test(test_register__can_be_off),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
