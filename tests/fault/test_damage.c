/* What is damaged or missing when the wiki starts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "screen.h"
#include "served.h"

static char *
source_of(const char *page)
{
	char line[128];
	struct proc_result r;

	(void)snprintf(line, sizeof(line), "read %s --source", page);
	fixture_ssh(&wiki, line, NULL, &r);
	if (r.status != 0)
		fail_msg("%s: %d %s", line, r.status, r.err.ptr);
	buf_release(&r.err);
	return buf_take(&r.out);
}

static void
break_repository(const char *how)
{
	char command[256];
	const char *argv[] = { "sh", "-c", command, NULL };
	struct proc_result r;

	(void)snprintf(command, sizeof(command), "cd %s/spaces && %s",
		       wiki.data, how);
	proc_run(&r, argv, NULL, NULL, 5000);
	if (r.status != 0)
		fail_msg("%s: %s", command, r.err.ptr);
	proc_result_release(&r);
}

static void
test_damage__a_missing_repository_is_said(void **state)
{
	static const struct {
		const char *how, *undo;
	} rows[] = {
		{ "mv agenda.git weg", "mv weg agenda.git" },
		{ "mv agenda.git/HEAD weg", "mv weg agenda.git/HEAD" },
		{ "mv agenda.git/refs/heads/main weg",
		  "mv weg agenda.git/refs/heads/main" },
		{ "mv agenda.git/refs/heads/main weg && "
		  "echo rommel >agenda.git/refs/heads/main",
		  "mv weg agenda.git/refs/heads/main" },
		{ "mv agenda.git/HEAD weg && echo rommel >agenda.git/HEAD",
		  "mv weg agenda.git/HEAD" },
		{ "mv agenda.git/objects weg && mkdir agenda.git/objects",
		  "rm -r agenda.git/objects && mv weg agenda.git/objects" },
	};
	const char *check[] = { fixture_program("pleind"), "check", wiki.data,
				NULL };
	struct proc_result r;
	char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(fixture_stop(&wiki), 0);
		break_repository(rows[i].how);
		fixture_serve(&wiki);
		assert_true(fixture_log_wait(&wiki, "wiki.damaged"));
		fixture_ssh(&wiki, "read index", NULL, &r);
		assert_int_equal(r.status, 7);
		assert_non_null(strstr(r.err.ptr, "Vertel het de beheerder"));
		proc_result_release(&r);
		proc_run(&r, check, NULL, NULL, 20000);
		assert_int_equal(r.status, 1);
		proc_result_release(&r);
		assert_int_equal(fixture_stop(&wiki), 0);
		break_repository(rows[i].undo);
		fixture_serve(&wiki);
		text = source_of("index");
		assert_non_null(strstr(text, "werkwiki"));
		free(text);
	}
}

static void
test_damage__a_lost_index_comes_back(void **state)
{
	struct proc_result before, after;

	(void)state;
	fixture_ssh(&wiki, "log themas/connectiviteit", NULL, &before);
	assert_int_equal(fixture_stop(&wiki), 0);
	break_repository("rm agenda.index.db*");
	fixture_serve(&wiki);
	fixture_ssh(&wiki, "log themas/connectiviteit", NULL, &after);
	assert_string_equal(after.out.ptr, before.out.ptr);
	proc_result_release(&after);
	assert_int_equal(fixture_stop(&wiki), 0);
	break_repository("printf rommel > agenda.index.db; rm -f *-wal *-shm");
	fixture_serve(&wiki);
	fixture_ssh(&wiki, "log themas/connectiviteit", NULL, &after);
	assert_string_equal(after.out.ptr, before.out.ptr);
	proc_result_release(&after);
	proc_result_release(&before);
}

/* What ssh shows this user of why they do not come in. */
static void
expect_said_at_door(const char *user, const char *text)
{
	const char *argv[FIXTURE_ARGS];
	const char *const extra[] = { "-l", user, "127.0.0.1", NULL };
	struct buf all = BUF_INIT;
	struct screen *s;

	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	for (int i = 0; argv[i]; i++)
		if (strcmp(argv[i], "BatchMode=yes") == 0)
			argv[i] = "BatchMode=no";
		else if (strcmp(argv[i], "LogLevel=ERROR") == 0)
			argv[i] = "LogLevel=INFO";
	s = screen_run(24, 80, NULL, argv);
	(void)screen_wait(s, "Permission denied");
	screen_text(s, &all);
	if (!strstr(all.ptr, text) || strstr(all.ptr, "Wachtwoord"))
		fail_msg("%s@ sees:\n%s", user, all.ptr);
	buf_release(&all);
	screen_abandon(s);
}

static void
test_damage__unreadable_accounts_are_said_at_the_door(void **state)
{
	static const char text[] =
		"De wiki kan de profielen niet lezen: de opslag is beschadigd.";

	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	break_repository("mv ../state.db weg && echo rommel >../state.db && "
			 "rm -f ../state.db-*");
	fixture_serve(&wiki);
	assert_true(fixture_log_wait(&wiki, "wiki.damaged"));
	expect_said_at_door("tester", text);
	expect_said_at_door("nieuw", text);
	assert_int_equal(fixture_stop(&wiki), 0);
	break_repository("mv weg ../state.db");
	fixture_serve(&wiki);
	free(source_of("index"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_damage__a_missing_repository_is_said),
		cmocka_unit_test(test_damage__a_lost_index_comes_back),
		cmocka_unit_test(
			test_damage__unreadable_accounts_are_said_at_the_door),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
