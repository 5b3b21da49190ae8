/*
 * The index is gone, cut short, or another wiki's, of a wiki with a long
 * history: reading and saving go on while it is made, and afterwards it says
 * what git says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/clock.h"

/* More than an index is made of while somebody signs in twice. */
#ifdef __SANITIZE_ADDRESS__
#define COMMITS 20000
#else
#define COMMITS 40000
#endif
#define PAGES 300
#define TRIES 5

static struct fixture wiki;

static void
run_shell(const char *command, const char *input)
{
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct buf line = BUF_INIT, in = BUF_INIT;
	struct proc_result r;

	buf_printf(&line, "cd %s/spaces && %s", wiki.data, command);
	argv[2] = line.ptr;
	if (input)
		buf_str(&in, input);
	proc_run(&r, argv, NULL, &in, 120000);
	if (r.status != 0)
		fail_msg("%s: %s%s", command, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
	buf_release(&line);
	buf_release(&in);
}

static void
add_history(int commits)
{
	long long when = clock_wall();
	struct buf in = BUF_INIT;
	int i;

	for (i = 0; i < commits; i++) {
		buf_printf(&in,
			   "commit refs/heads/main\n"
			   "committer Ada <ada@agenda.example.nl> %lld +0000\n"
			   "data 2\nx\n%s"
			   "M 100644 inline themas/p%d.md\ndata <<EOT\n%d\n"
			   "EOT\n\n",
			   when, i ? "" : "from refs/heads/main^0\n", i % PAGES,
			   i);
	}
	/* it would give memory back and take it again for each commit */
	run_shell("MALLOC_TOP_PAD_=16777216 git -C agenda.git fast-import "
		  "--quiet",
		  in.ptr);
	buf_release(&in);
}

static int
start_wiki(void **state)
{
	(void)state;
	fixture_init(&wiki);
	add_history(COMMITS);
	fixture_serve(&wiki);
	assert_true(fixture_log_wait(&wiki, "index.ready"));
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

/* What a command says, in one line; it must succeed. */
static void
say(const char *line, const char *input, char *out, size_t size)
{
	struct proc_result r;

	fixture_ssh(&wiki, line, input, &r);
	if (r.status != 0)
		fail_msg("%s: %d %s%s", line, r.status, r.out.ptr, r.err.ptr);
	(void)snprintf(out, size, "%s", r.out.ptr);
	out[strcspn(out, "\n")] = '\0';
	proc_result_release(&r);
}

/* The commit that `read --json` names. */
static void
read_commit(const char *page, char commit[41])
{
	char line[80], out[8192];
	const char *at;

	(void)snprintf(line, sizeof(line), "read %s --source --json", page);
	say(line, NULL, out, sizeof(out));
	at = strstr(out, "\"commit\":");
	if (!at || sscanf(at, "\"commit\": \"%40[0-9a-f]", commit) != 1)
		fail_msg("no commit in %s", out);
}

/* Git's answer; nobody ever moved the page. */
static long
count_versions(const char *page)
{
	struct buf line = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;
	long n;

	buf_printf(&line,
		   "git -C %s/spaces/agenda.git rev-list --count main -- %s.md",
		   wiki.data, page);
	argv[2] = line.ptr;
	proc_run(&r, argv, NULL, NULL, 60000);
	assert_int_equal(r.status, 0);
	n = strtol(r.out.ptr, NULL, 10);
	proc_result_release(&r);
	buf_release(&line);
	return n;
}

static void
assert_counted(const char *page)
{
	char line[80], out[200];

	(void)snprintf(line, sizeof(line), "log %s -n 1", page);
	say(line, NULL, out, sizeof(out));
	assert_int_equal(strtol(out, NULL, 10), count_versions(page));
}

/* Lose it so, save two pages, and wait. False when it was made before a page
 * could be saved. */
static bool
try_to_survive(void (*lose)(void), int round)
{
	char commit[41], line[120], text[40], out[200];
	bool meanwhile;

	assert_int_equal(fixture_stop(&wiki), 0);
	lose();
	fixture_serve(&wiki);
	read_commit("themas/p7", commit);
	(void)snprintf(line, sizeof(line), "save themas/p7 --base %s", commit);
	(void)snprintf(text, sizeof(text), "ronde %d\n", round);
	say(line, text, out, sizeof(out));
	meanwhile = !fixture_log_holds(&wiki, "index.built");
	(void)snprintf(line, sizeof(line),
		       "create themas/nieuw-%d --kind thema --title Nieuw",
		       round);
	say(line, NULL, out, sizeof(out));
	assert_true(fixture_log_wait(&wiki, "index.ready"));
	say("read themas/p7 --source", NULL, out, sizeof(out));
	text[strcspn(text, "\n")] = '\0';
	assert_string_equal(out, text);
	assert_counted("themas/p7");
	fixture_expect_whole(&wiki);
	return meanwhile;
}

/* A fast machine may be done too soon, now and then. */
static void
survive(void (*lose)(void), int round)
{
	int tries = 1;

	while (!try_to_survive(lose, round * 10 + tries))
		assert_true(++tries <= TRIES);
}

static void
delete_it(void)
{
	run_shell("rm agenda.index.db*", NULL);
}

static void
test_index_lost__deleted(void **state)
{
	(void)state;
	survive(delete_it, 1);
}

static void
cut_it(void)
{
	run_shell("rm -f agenda.index.db-*; truncate -s 500000 agenda.index.db",
		  NULL);
}

static void
test_index_lost__cut_short(void **state)
{
	(void)state;
	survive(cut_it, 2);
}

/* It knows a commit that is not on main any more. */
static void
make_foreign(void)
{
	run_shell("git -C agenda.git update-ref refs/heads/main main~1", NULL);
}

static void
test_index_lost__of_another_commit(void **state)
{
	(void)state;
	survive(make_foreign, 3);
}

static void
leave_behind(void)
{
	add_history(COMMITS);
}

static void
test_index_lost__far_behind(void **state)
{
	(void)state;
	survive(leave_behind, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index_lost__deleted),
		cmocka_unit_test(test_index_lost__cut_short),
		cmocka_unit_test(test_index_lost__of_another_commit),
		cmocka_unit_test(test_index_lost__far_behind),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
