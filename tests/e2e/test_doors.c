/*
 * Whoever may not read yet, or not any more, with the real ssh: on the screen,
 * in plain lines and without a terminal. Their client asks for nothing that
 * they may not have: what is in the audit log as denied, people did
 * themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/clock.h"
#include "screen.h"

#define PATIENCE_MS 15000
#define CTRL_D "\x04" /* the end of what is typed, in plain lines */
#define CTRL_Q "\x11" /* signs out */

/* What somebody without rights who reads a page has denied. */
#define ASKED "method=page.resolve"

#define NEW "nieuw"
#define ANY "iemand"

static struct fixture wiki;

/* --- the wiki ---------------------------------------------------------- */

static void
host(const char *const args[], struct proc_result *r)
{
	const char *argv[16] = { fixture_program("pleind") };

	for (int i = 0; args[i]; i++)
		argv[i + 1] = args[i];
	proc_run_text(r, argv, "", 0);
	if (r->status != 0)
		fail_msg("pleind %s: %s%s", args[1], r->out.ptr, r->err.ptr);
}

#define HOST(r, ...) host((const char *const[]){ __VA_ARGS__, NULL }, r)

static void
order(const char *const args[])
{
	struct proc_result r;

	host(args, &r);
	proc_result_release(&r);
}

#define ORDER(...) order((const char *const[]){ __VA_ARGS__, NULL })

/* `ssh -T user@host LINE` with this typed; LINE may be NULL. */
static void
ssh(const char *key, const char *user, const char *line, const char *input,
    struct proc_result *r)
{
	const char *extra[] = { "-l", user, "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];

	(void)fixture_ssh_argv(&wiki, key, extra, argv);
	proc_run_text(r, argv, input, strlen(input));
}

static void
expect(const char *key, const char *user, const char *line, const char *input,
       const char *text)
{
	struct proc_result r;

	ssh(key, user, line, input, &r);
	if (!strstr(r.out.ptr, text) && !strstr(r.err.ptr, text))
		fail_msg("%s %s: no \"%s\" in:\n%s%s", user, line ? line : "",
			 text, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
apply(const char *key, const char *handle)
{
	char input[128];

	(void)snprintf(input, sizeof(input),
		       "Niek de Nieuwe\n%s\nDuinstad\nIk doe mee.\n\nnl\n\n",
		       handle);
	expect(key, NEW, NULL, input, "Aanvraag verstuurd.");
}

/* Each test a wiki of its own: how many refusals are recorded is bounded. */
static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	ORDER("user", "role", wiki.data, "tester", "beheerder");
	fixture_configure(&wiki, "wachtend_lezen = nee\ncode_vanaf = niemand");
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

/* --- the audit log ----------------------------------------------------- */

static void
read_log(struct proc_result *r)
{
	HOST(r, "audit", "list", wiki.data);
}

/* All but the one thing that was asked to know that the log is whole. */
static void
expect_nothing_denied(const struct proc_result *r)
{
	char *log = strdup(r->out.ptr), *rest = NULL;
	char *line = strtok_r(log, "\n", &rest);

	for (; line; line = strtok_r(NULL, "\n", &rest))
		if (strstr(line, "\tdenied") && !strstr(line, ASKED))
			fail_msg("nobody asked for that:\n%s", r->out.ptr);
	free(log);
}

/* Records are written within a moment, in order. */
static void
expect_clean_log(void)
{
	int64_t until = clock_mono_ms() + PATIENCE_MS;
	struct proc_result r;
	char key[80];

	fixture_make_key(&wiki, "wim", key);
	apply(key, "wim");
	expect(key, ANY, "lees index", "", "niet goedgekeurd");
	read_log(&r);
	while (!strstr(r.out.ptr, ASKED)) {
		assert_true(clock_mono_ms() < until);
		expect_nothing_denied(&r);
		proc_result_release(&r);
		read_log(&r);
	}
	expect_nothing_denied(&r);
	proc_result_release(&r);
}

/* --- visits ------------------------------------------------------------ */

static void
wait_for(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("no \"%s\" in:\n%s", text, all.ptr);
}

static struct screen *
open_screen(const char *key, const char *user, const char *term,
	    const char *line)
{
	const char *extra[] = { "-l", user, line, NULL };
	struct fixture as = wiki;

	(void)snprintf(as.key, sizeof(as.key), "%s", key);
	return screen_open(&as, 24, 80, term, extra);
}

static void
visit(const char *key, const char *user, const char *term, const char *line,
      const char *text, const char *end)
{
	struct screen *s = open_screen(key, user, term, line);

	wait_for(s, text);
	screen_type(s, end);
	assert_int_not_equal(screen_close(s), -1);
}

/* In each of the ways there are; `text` stands on all of them, and `end` leaves
 * the first. */
static void
visit_all(const char *key, const char *user, const char *text, const char *end)
{
	visit(key, user, NULL, NULL, text, end);
	visit(key, user, "dumb", NULL, text, CTRL_D);
	visit(key, user, NULL, "lijn", text, CTRL_D);
	expect(key, user, NULL, "", text);
	expect(key, user, "lijn", "", text);
	expect(key, user, "lijn --taal nl", "", text);
}

/* --- tests ------------------------------------------------------------- */

static void
test_doors__who_comes_to_apply_is_asked_only(void **state)
{
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "niek", key);
	visit_all(key, NEW, "Geen profiel? Registreer hier", CTRL_Q);
	expect_clean_log();
}

/* By the form, which leads to the same screen; then again. */
static void
test_doors__who_waits_hears_so_only(void **state)
{
	struct screen *s;
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "fien", key);
	s = open_screen(key, NEW, NULL, NULL);
	wait_for(s, "wordt je toegang.");
	screen_type(s, "Fien\tfien\tDuinstad\tIk doe mee.\x13");
	wait_for(s, "Aanvraag verstuurd. Je nummer is ");
	screen_type(s, CTRL_Q);
	assert_int_equal(screen_close(s), 0);
	visit_all(key, ANY, "wacht op goedkeuring", CTRL_Q);
	expect_clean_log();
}

static void
test_doors__who_was_refused_hears_so_only(void **state)
{
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "rik", key);
	apply(key, "rik");
	ORDER("user", "refuse", wiki.data, "rik", "--reason", "Geen plek.");
	visit_all(key, ANY, "Geen plek.", CTRL_Q);
	expect_clean_log();
}

static void
test_doors__who_was_stopped_hears_so_only(void **state)
{
	char key[80];

	(void)state;
	fixture_add_person(&wiki, "els", "Els", "lezer", key);
	ORDER("user", "block", wiki.data, "els", "--reason", "Gestopt.");
	visit_all(key, ANY, "Gestopt.", CTRL_Q);
	expect_clean_log();
}

static void
test_doors__who_must_set_up_a_code_does_that_only(void **state)
{
	char key[80];

	(void)state;
	fixture_add_person(&wiki, "bas", "Bas", "bijdrager", key);
	fixture_configure(&wiki, "code_vanaf = bijdrager");
	visit_all(key, ANY, "Code die de app laat zien", CTRL_D);
	expect_clean_log();
}

/* Then the wiki is there, with its titles. */
static void
test_doors__who_is_let_in_meanwhile_reads(void **state)
{
	struct screen *s;
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "ans", key);
	apply(key, "ans");
	s = open_screen(key, ANY, NULL, NULL);
	wait_for(s, "Aanvraag intrekken");
	expect(wiki.key, ANY, "goedkeuren ans", "", "ans\tbijdrager");
	wait_for(s, "Alvast lezen");
	screen_type(s, "1");
	wait_for(s, "Gemeenten - start");
	wait_for(s, " pagina's");
	screen_type(s, CTRL_Q);
	assert_int_equal(screen_close(s), 0);
	expect_clean_log();
}

/* What they were reading is closed, and not asked for any more. */
static void
test_doors__who_is_refused_meanwhile_hears_so_only(void **state)
{
	struct screen *s;
	char key[80];

	(void)state;
	fixture_configure(&wiki, "wachtend_lezen = ja");
	fixture_make_key(&wiki, "rik", key);
	apply(key, "rik");
	s = open_screen(key, ANY, NULL, "themas/common-ground");
	wait_for(s, "Common Ground");
	ORDER("user", "refuse", wiki.data, "rik", "--reason", "Geen plek.");
	wait_for(s, "Geen plek.");
	screen_type(s, CTRL_Q);
	assert_int_equal(screen_close(s), 0);
	fixture_configure(&wiki, "wachtend_lezen = nee");
	expect_clean_log();
}

#define DOOR(test) cmocka_unit_test_setup_teardown(test, start_wiki, stop_wiki)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DOOR(test_doors__who_comes_to_apply_is_asked_only),
		DOOR(test_doors__who_waits_hears_so_only),
		DOOR(test_doors__who_was_refused_hears_so_only),
		DOOR(test_doors__who_was_stopped_hears_so_only),
		DOOR(test_doors__who_must_set_up_a_code_does_that_only),
		DOOR(test_doors__who_is_let_in_meanwhile_reads),
		DOOR(test_doors__who_is_refused_meanwhile_hears_so_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
