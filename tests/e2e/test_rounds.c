/*
 * test_rounds.c - a round of reflection by the stock ssh: opened from a script
 * that is supplied, answered, closed, and read in a clone as
 * docs/reflection.md tells.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/fs.h"

#define THEME "vraagstukken/sensoren-in-de-openbare-ruimte"

static struct fixture wiki;

static int
start(void **state)
{
	(void)state;
	fixture_start(&wiki);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* What it says is `part`, among other things. */
static void
expect(const char *line, const char *input, int status, const char *part)
{
	struct proc_result r;

	fixture_ssh(&wiki, line, input, &r);
	if (r.status != status ||
	    (!strstr(r.out.ptr, part) && !strstr(r.err.ptr, part)))
		fail_msg("%s: %d, not %d with \"%s\"\n%s%s", line, r.status,
			 status, part, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
test_rounds__three_scripts_are_supplied(void **state)
{
	(void)state;
	expect("round scripts", "", 0, "sjablonen/reflectie-dilemma\t5\t");
	expect("round scripts", "", 0, "sjablonen/reflectie-terugblik\t4\t");
	expect("round scripts", "", 0, "sjablonen/reflectie-waarden\t5\t");
}

static void
test_rounds__are_opened_answered_and_closed(void **state)
{
	(void)state;
	expect("ronde open " THEME " waarden --titel Meten --dagen 2", "", 0,
	       "1\n");
	expect("ronde", "", 0, "\t" THEME "\tMeten\n");
	expect("ronde 1 2", "", 1, "na je eigen antwoord");
	expect("ronde antwoord 1 2",
	       "Privacy: niet wie, wel hoeveel.\n\nRust: geen.\n", 0, "");
	expect("ronde 1 2", "", 0, "Privacy\t");
	expect("ronde punt 1 2", "Aantallen tellen.\n", 0, "");
	expect("ronde eens 1 2 1 --reden Zeker", "", 0, "");
	expect("ronde 1 2", "", 0, "#1\t1\t0\tAantallen tellen.\n");
	expect("ronde antwoord 1 4", "Stil.\n", 0, "");
	expect("ronde antwoord 1 4", "Nog eens.\n", 1, "");
	expect("ronde sluiten 1", "", 6, "open");
	expect("ronde sluiten 1 nu", "We tellen.\n\n## eens\nAantallen.\n", 2,
	       "Er is niets gesloten.");
	expect("ronde open " THEME " waarden niemand --titel T", "", 4,
	       "Niemand heeft deze korte naam.");
	expect("ronde sluiten 1 nu",
	       "## eens\nAantallen.\n## volgende\n2027-03-01\n", 0,
	       "reflecties/");
	expect("ronde 1", "", 4, "");
	expect("zoek hoeveel", "", 0, "reflecties/");
}

/* The lines of sh in the document. */
static void
read_recipe(struct buf *script)
{
	struct buf text = BUF_INIT;
	const char *at, *end;

	assert_int_equal(fs_read_at(AT_FDCWD, "docs/reflection.md", &text,
				    1 << 20, NULL),
			 0);
	at = strstr(text.ptr, "```sh\n");
	assert_non_null(at);
	at += strlen("```sh\n");
	end = strstr(at, "```");
	buf_add(script, at, (size_t)(end - at));
	buf_release(&text);
}

static void
test_rounds__are_read_in_a_clone(void **state)
{
	struct buf clone = BUF_INIT, url = BUF_INIT, script = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;

	(void)state;
	buf_printf(&clone, "%s/clone", wiki.dir);
	buf_printf(&url, "ssh://127.0.0.1:%s/agenda", wiki.port);
	fixture_git(&wiki,
		    (const char *const[]){ "clone", "-q", url.ptr, clone.ptr,
					   NULL },
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	read_recipe(&script);
	argv[2] = script.ptr;
	proc_run(&r, argv, clone.ptr, NULL, 20000);
	assert_int_equal(r.status, 0);
	if (!strstr(r.out.ptr, "1 Privacy") || !strstr(r.out.ptr, "1 Rust"))
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
	argv[2] = "git log -1 --format='%an <%ae>' -- reflecties; "
		  "cat reflecties/*; ! grep -r Stil. reflecties";
	proc_run(&r, argv, clone.ptr, NULL, 20000);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "Reflectieronde <reflectie@"));
	assert_non_null(strstr(r.out.ptr, "herzien_voor: \"2027-03-01\""));
	assert_non_null(strstr(r.out.ptr, "> niet wie, wel hoeveel."));
	proc_result_release(&r);
	buf_release(&clone);
	buf_release(&url);
	buf_release(&script);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rounds__three_scripts_are_supplied),
		cmocka_unit_test(test_rounds__are_opened_answered_and_closed),
		cmocka_unit_test(test_rounds__are_read_in_a_clone),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
