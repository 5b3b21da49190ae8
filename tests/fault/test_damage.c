/* What is damaged or missing when the wiki starts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_damage__a_missing_repository_is_said),
		cmocka_unit_test(test_damage__a_lost_index_comes_back),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
