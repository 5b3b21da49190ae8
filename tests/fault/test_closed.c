/*
 * Root serves a wiki of somebody else, below a folder that this owner cannot
 * enter: everything works as anywhere, git's part too. Whoever is not root, or
 * may not mount, looks that it works for a wiki of their own.
 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "fixture.h"
#include "script.h"

#define OWNER 12345
#define GROUP 12346

static struct fixture wiki;
static char owner[32]; /* of the wiki: "UID:GID" */
static char not_owned[64]; /* words for find(1) */

/* Only root serves for others, and not every container lets it mount. */
static bool
is_possible(void)
{
	int status = -1;
	pid_t pid = geteuid() == 0 ? fork() : -1;

	if (pid == 0)
		_exit(unshare(CLONE_NEWNS) != 0);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return false;
	return status == 0;
}

static void
run(const char *script)
{
	free(script_run_well(&wiki, script));
}

static void
choose_owner(uid_t uid, gid_t gid)
{
	(void)snprintf(owner, sizeof(owner), "%d:%d", (int)uid, (int)gid);
	(void)snprintf(not_owned, sizeof(not_owned), "! -uid %d -o ! -gid %d",
		       (int)uid, (int)gid);
}

/* Everything in a folder of the fixture's is the owner's now. */
static void
give(const char *folder)
{
	char line[64];

	(void)snprintf(line, sizeof(line), "chown -R %s %s", owner, folder);
	run(line);
}

static int
make_wiki(void **state)
{
	struct stat st;

	(void)state;
	/* a leak checker looks into /proc, and finds none in a chroot */
	(void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	if (is_possible()) {
		choose_owner(OWNER, GROUP);
	} else {
		print_message("not root, or without the right to mount: "
			      "with a folder of our own only\n");
		choose_owner(geteuid(), getegid());
	}
	fixture_init(&wiki);
	give("data");
	assert_int_equal(stat(wiki.dir, &st), 0);
	assert_int_equal(st.st_uid, geteuid());
	assert_int_equal(st.st_mode & 077, 0);
	return 0;
}

static int
remove_wiki(void **state)
{
	(void)state;
	fixture_remove(&wiki);
	return 0;
}

/* What `pleind WORDS` says, and nothing but that; it must succeed. */
static void
expect_said(const char *words, const char *said)
{
	char line[200], *out;

	(void)snprintf(line, sizeof(line), "%s %s 2>&1",
		       fixture_program("pleind"), words);
	out = script_run_well(&wiki, line);
	assert_string_equal(out, said);
	free(out);
}

static void
expect_packed(void)
{
	run("cd $DATA/spaces/agenda.git && "
	    "[ -z \"$(find objects/?? -type f)\" ] && "
	    "[ -d objects/info/commit-graphs ]");
}

/* An object that main does not reach: only git looks there. */
static void
expect_git_looks(void)
{
	char line[200], *out;

	run("export GIT_DIR=$DATA/spaces/agenda.git; cd $DATA\n"
	    "id=$(echo los | git hash-object -w --stdin)\n"
	    "echo $GIT_DIR/objects/$(echo $id | cut -c1-2)/"
	    "$(echo $id | cut -c3-) >../broken\n"
	    "chmod u+w $(cat ../broken); printf kapot >$(cat ../broken)");
	give("data");
	(void)snprintf(line, sizeof(line), "%s check data 2>&1",
		       fixture_program("pleind"));
	assert_int_equal(script_run(&wiki, line, &out), 1);
	if (!strstr(out, "git: "))
		fail_msg("git says nothing: %s", out);
	free(out);
	run("rm $(cat broken)");
	expect_said("check data", "");
}

static void
expect_owned(const char *folder)
{
	char line[100], *out;

	(void)snprintf(line, sizeof(line), "find %s %s", folder, not_owned);
	out = script_run_well(&wiki, line);
	assert_string_equal(out, "");
	free(out);
}

static void
test_closed__a_wiki_that_rests_is_kept(void **state)
{
	(void)state;
	run("export GIT_DIR=$DATA/spaces/agenda.git; cd $DATA; for i in 1 2 3; "
	    "do echo $i | git hash-object -w --stdin; done");
	give("data");
	expect_said("maintain data", "");
	expect_packed();
	expect_said("check data", "");
	expect_git_looks();
	expect_said("reindex data", "");
	expect_said("backup data rust.tar", "");
	expect_owned("data");
}

static void
test_closed__a_wiki_that_runs_is_kept(void **state)
{
	char *out;

	(void)state;
	fixture_serve(&wiki);
	run("git clone -q $URL kloon && cd kloon &&"
	    "printf 'meer\\n' >>themas/connectiviteit.md &&"
	    "git commit -qam meer && git push -q origin main &&"
	    "git pull -q && cd .. && printf 'eigen\\n' |"
	    "$SSH -T 127.0.0.1 create themas/eigen --kind thema --title Eigen");
	expect_said("maintain data", "");
	assert_false(fixture_log_holds(&wiki, "maintain.failed"));
	expect_packed();
	expect_said("check data", "");
	expect_git_looks();
	expect_said("reindex data", "");
	expect_said("backup data werk.tar", "");
	out = script_run_well(&wiki, "git clone -q $URL kloon2 && "
				     "tail -n 1 kloon2/themas/eigen.md");
	assert_string_equal(out, "eigen\n");
	free(out);
	assert_int_equal(fixture_stop(&wiki), 0);
	expect_owned("data");
}

static void
test_closed__a_backup_is_whole_there_too(void **state)
{
	(void)state;
	run("mkdir terug");
	give("terug");
	expect_said("restore werk.tar terug >/dev/null", "");
	expect_said("check terug", "");
	run("git --git-dir=terug/spaces/agenda.git show main:themas/eigen.md");
	expect_owned("terug");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed__a_wiki_that_rests_is_kept),
		cmocka_unit_test(test_closed__a_wiki_that_runs_is_kept),
		cmocka_unit_test(test_closed__a_backup_is_whole_there_too),
	};

	return cmocka_run_group_tests(tests, make_wiki, remove_wiki);
}
