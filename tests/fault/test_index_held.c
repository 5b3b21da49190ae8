/*
 * The index is gone and cannot be made yet: something is in its way. Reading and
 * discussing go on, by commands, on the screen, in line mode and in clones;
 * when the index is there it tells the same, each remark once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "fixture.h"
#include "plein/mem.h"
#include "screen.h"
#include "script.h"

#define PAGE "themas/common-ground"
#define ENTER "\r"
#define CTRL_Q "\x11"
#define WAITS 8 /* of 15 s: it is tried again after 1, 2, 4 s … */

static struct fixture wiki;
static char vera[80]; /* her key */

static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	fixture_add_person(&wiki, "vera", "Vera", "redacteur", vera);
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

/* --- asking -------------------------------------------------------------- */

static char *
ask_as(const char *key, const char *line, const char *input, int status)
{
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	char *out;

	(void)fixture_ssh_argv(&wiki, key,
			       (const char *const[]){ "127.0.0.1", line, NULL },
			       argv);
	proc_run_text(&r, argv, input ? input : "", input ? strlen(input) : 0);
	if (r.status != status)
		fail_msg("%s: status %d instead of %d\nout: %s\nerr: %s", line,
			 r.status, status, r.out.ptr, r.err.ptr);
	out = mem_strdup(r.out.ptr);
	proc_result_release(&r);
	return out;
}

/* `command` with %s for the code. */
static char *
about(const char *key, const char *before, const char *code, const char *behind,
      const char *input)
{
	char line[200];

	(void)snprintf(line, sizeof(line), "%s %s%s", before, code, behind);
	return ask_as(key, line, input, 0);
}

static void
expect(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no \"%s\" in\n%s", part, text);
}

/* The code of a discussion that this person begins. */
static char *
begin(const char *key, const char *title)
{
	char *out = about(key, "reageer " PAGE " --titel", title, "",
			  "Moeten we dit niet vragen?\n");

	out[strcspn(out, "\t")] = '\0';
	return out;
}

static void
say(const char *key, const char *before, const char *code, const char *behind,
    const char *input)
{
	free(about(key, before, code, behind, input));
}

/* --- without the index ---------------------------------------------------- */

static void
hold_index(const char *meanwhile)
{
	assert_int_equal(fixture_stop(&wiki), 0);
	free(script_run_well(&wiki, "rm $DATA/spaces/agenda.index.db*\n"
				    "mkdir $DATA/spaces/agenda.index.new\n"));
	free(script_run_well(&wiki, meanwhile));
	fixture_serve(&wiki);
}

static void
let_go(void)
{
	int i = 0;

	free(script_run_well(&wiki, "rmdir $DATA/spaces/agenda.index.new"));
	while (!fixture_log_wait(&wiki, "index.ready"))
		assert_true(++i < WAITS);
}

/* Somebody answers from a clone, a minute later by its clock: a push waits for
 * the index. */
static pid_t
push_answer(const char *code)
{
	struct buf script = BUF_INIT;
	pid_t pid;

	buf_printf(&script,
		   "set -e\ngit clone -q $URL thuis\ncd thuis\n"
		   "place=%s stamp=$(date -u -d '+1 minute' "
		   "+%%Y%%m%%dT%%H%%M%%SZ)\n"
		   "echo 'Van thuis.' > new.md\n"
		   "digest=$({ printf '%%s/%%s-tester\n' $place $stamp;"
		   " cat new.md; } | sha1sum | cut -c 1-12)\n"
		   "mv new.md bespreking/" PAGE
		   "/$place/$stamp-tester-$digest.md\n"
		   "git add -A\ngit commit -qm 'van thuis'\ngit push -q\n",
		   code);
	pid = script_start(&wiki, script.ptr, "push.log");
	buf_release(&script);
	return pid;
}

static void
see(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" never came:\n%s", text, all.ptr);
}

/* Since when it is like that nobody knows. */
static void
expect_no_day(struct screen *s)
{
	struct buf all = BUF_INIT;

	screen_text(s, &all);
	if (strstr(all.ptr, "1970"))
		fail_msg("%s", all.ptr);
	buf_release(&all);
}

/* The list below a page, and one of it. */
static void
talk_on_screen(void)
{
	const char *const extra[] = { PAGE, NULL };
	struct screen *s = screen_open(&wiki, 30, 80, NULL, extra);

	see(s, "b Bewerken");
	see(s, "2 gesprekken (d).");
	expect_no_day(s);
	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	expect_no_day(s);
	screen_type(s, CTRL_Q);
	see(s, "b Bewerken");
	screen_type(s, "d");
	see(s, "Later");
	see(s, "Eerder");
	screen_type(s, ENTER);
	see(s, "Moeten we dit niet vragen?");
	screen_type(s, CTRL_Q);
	assert_int_equal(screen_close(s), 0);
}

static void
talk_in_lines(void)
{
	const char *const extra[] = { "-T", "127.0.0.1", NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	static const char lines[] = "lees common ground\nd\n1\n";

	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	proc_run_text(&r, argv, lines, strlen(lines));
	assert_int_equal(r.status, 0);
	expect(r.out.ptr, "Eerder");
	expect(r.out.ptr, "Later");
	expect(r.out.ptr, "Moeten we dit niet vragen?");
	assert_null(strstr(r.out.ptr, "1970"));
	proc_result_release(&r);
}

/* --- and with it ----------------------------------------------------------- */

/* Git's own: each remark is one file, and nothing is broken. */
static void
expect_git(int remarks)
{
	char *out = script_run_well(
		&wiki, "cd $DATA/spaces/agenda.git\n"
		       "git ls-tree -r --name-only main bespreking/ | wc -l\n"
		       "git fsck --strict --full --no-progress 2>&1 |"
		       " grep -v dangling; true");
	char want[20];

	(void)snprintf(want, sizeof(want), "%d\n", remarks);
	assert_string_equal(out, want);
	free(out);
}

/* What she has not read of it. */
static void
expect_new(const char *code, int n)
{
	char *out = ask_as(vera, "threads --all --json", NULL, 0), want[40];
	char *row = strstr(out, code);

	assert_non_null(row);
	row[strcspn(row, "\n")] = '\0';
	(void)snprintf(want, sizeof(want), "\"new\":%d", n);
	expect(row, want);
	free(out);
}

/* As it is told without the index: for free(). */
static char *
talk_without(const char *before, char **later, char **split)
{
	char *list;

	*later = begin(wiki.key, "Later");
	say(wiki.key, "comment", *later, "", "En bewaren?\n");
	say(vera, "comment", *later, " 2", "Dat ook.\n");
	/* within one second it is by name */
	say(vera, "comment", *later, "", "En wie?\n");
	say(vera, "comment", before, " 1", "Ja.\n");
	list = ask_as(vera, "threads " PAGE, NULL, 0);
	expect(list, before);
	expect(list, *later);
	free(list);
	talk_on_screen();
	talk_in_lines();
	*split =
		about(vera, "thread split", *later, " 2 --title Bewaren", NULL);
	(*split)[strcspn(*split, "\t")] = '\0';
	say(vera, "thread move", before, " index", NULL);
	say(vera, "resolve", *split, "", NULL);
	free(ask_as(vera, "threads", NULL, 7));
	return about(vera, "thread", *later, "", NULL);
}

static void
expect_told(const char *before, const char *later, const char *split,
	    const char *held)
{
	char *told = about(vera, "thread", later, "", NULL);

	/* what it was, and what was pushed since */
	assert_int_equal(strncmp(told, held, strlen(held)), 0);
	expect(told + strlen(held), "3\ttester\t");
	free(told);
	told = about(vera, "thread", split, "", NULL);
	expect(told, "1\ttester\t");
	expect(told, "\n1.1\tvera\t");
	expect(told, "\nresolved\tvera\t");
	free(told);
	told = ask_as(vera, "threads index", NULL, 0);
	expect(told, before);
	free(told);
}

static void
test_index_held__discussing_goes_on(void **state)
{
	char *before = begin(wiki.key, "Eerder"), *later, *split, *held;
	pid_t push;

	(void)state;
	free(ask_as(vera, "seen --all", NULL, 0));
	hold_index("");
	free(ask_as(vera, "read " PAGE, NULL, 0));
	held = talk_without(before, &later, &split);
	expect(held, "1\ttester\t");
	expect(held, "\n2\tvera\t");
	assert_false(fixture_log_holds(&wiki, "index.ready"));
	push = push_answer(later);
	let_go();
	assert_int_equal(script_wait(push), 0);
	expect_told(before, later, split, held);
	expect_git(8);
	fixture_expect_whole(&wiki);
	expect_new(later, 2);
	expect_new(split, 1);
	expect_new(before, 0);
	free(held);
	free(split);
	free(later);
	free(before);
}

/* What git on the host put there holds nobody up. */
static void
test_index_held__passes_by_other_files(void **state)
{
	char *code = begin(wiki.key, "Ernaast"), *list;

	(void)state;
	hold_index("cd $DATA/spaces/agenda.git\n"
		   "export GIT_INDEX_FILE=$PWD/tmp-index\n"
		   "git read-tree main\n"
		   "blob=$(echo x | git hash-object -w --stdin)\n"
		   "git update-index --add --cacheinfo"
		   " 100644,$blob,bespreking/" PAGE "/lees.txt\n"
		   "git update-ref refs/heads/main $(git commit-tree"
		   " -m x -p main $(git write-tree))\n"
		   "rm tmp-index\n");
	list = ask_as(vera, "threads " PAGE, NULL, 0);
	expect(list, code);
	free(list);
	say(vera, "comment", code, "", "Ook zo.\n");
	list = about(vera, "thread", code, "", NULL);
	expect(list, "\n2\tvera\t");
	free(list);
	free(code);
	let_go();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index_held__discussing_goes_on),
		cmocka_unit_test(test_index_held__passes_by_other_files),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
