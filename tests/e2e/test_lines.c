/* Line mode with the real ssh: no terminal, lines on standard input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "served.h"

/* What `ssh -T host [word]` prints when these lines are typed. */
static void
type_lines(const char *word, const char *lines, struct proc_result *r)
{
	const char *const extra[] = { "-T", "127.0.0.1", word, NULL };
	const char *argv[FIXTURE_ARGS];

	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	proc_run_text(r, argv, lines, strlen(lines));
	assert_int_equal(r->status, 0);
	assert_null(memchr(r->out.ptr, '\x1b', r->out.len));
}

static void
expect(const struct proc_result *r, const char *text)
{
	if (!strstr(r->out.ptr, text))
		fail_msg("no \"%s\" in:\n%s\n%s", text, r->out.ptr, r->err.ptr);
}

static void
test_lines__reads_and_ends_with_the_input(void **state)
{
	struct proc_result r;

	(void)state;
	type_lines(NULL, "lees common ground\nwaar\n", &r);
	expect(&r, "Gewone regels.");
	expect(&r, "visie van gemeenten");
	expect(&r, "common-ground> ");
	proc_result_release(&r);
	type_lines("lijn", "afmelden\n", &r);
	expect(&r, "Tot ziens.");
	proc_result_release(&r);
}

static void
test_lines__edits_and_saves(void **state)
{
	struct proc_result r;

	(void)state;
	type_lines(NULL,
		   "bewerk common ground\nerna 1\nIn gewone regels.\n.\n"
		   "opslaan erbij gezet\nja\nafmelden\n",
		   &r);
	expect(&r, "2. Alinea: In gewone regels.");
	expect(&r, "Opgeslagen als versie 2.");
	proc_result_release(&r);
	fixture_ssh(&wiki, "log themas/common-ground -n 1", NULL, &r);
	expect(&r, "erbij gezet");
	proc_result_release(&r);
}

/* The input ends in the middle of writing: the draft is there. */
static void
test_lines__keeps_a_draft(void **state)
{
	struct proc_result r;

	(void)state;
	type_lines(NULL, "bewerk themas/connectiviteit\nerna 1\nHalf af.\n.\n",
		   &r);
	proc_result_release(&r);
	fixture_ssh(&wiki, "draft read themas/connectiviteit", NULL, &r);
	expect(&r, "Half af.");
	proc_result_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines__reads_and_ends_with_the_input),
		cmocka_unit_test(test_lines__edits_and_saves),
		cmocka_unit_test(test_lines__keeps_a_draft),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
