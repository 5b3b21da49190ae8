/* What is wrong is found and told, what is right is not. */
#include "host.h"

#include <poll.h>
#include <time.h>

#include "plein/passfd.h"
#include "state/index.h"
#include "wiki/wiki.h"

#define PATIENCE_MS 20000

/* The problem that holds `part`; others may be there. */
static void
expect_problem(struct host *h, const char *part)
{
	if (HOST_RUN(h, "check", "data") != 1 || !strstr(h->out.ptr, part))
		fail_msg("no \"%s\": %s%s", part, h->out.ptr, h->err.ptr);
}

static void
expect_none(struct host *h)
{
	HOST_DO(h, "check", "data");
	assert_string_equal(h->out.ptr, "");
	assert_string_equal(h->err.ptr, "");
}

static void
run_git(const char *script)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		(void)setenv("GIT_DIR", "data/" DATA_REPO, 1);
		(void)setenv("GIT_AUTHOR_NAME", "x", 1);
		(void)setenv("GIT_AUTHOR_EMAIL", "x@example.nl", 1);
		(void)setenv("GIT_COMMITTER_NAME", "x", 1);
		(void)setenv("GIT_COMMITTER_EMAIL", "x@example.nl", 1);
		execl("/bin/sh", "sh", "-ec", script, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
test_check__finds_nothing_in_a_good_wiki(void **state)
{
	struct host *h = *state;

	expect_none(h);
	HOST_DO(h, "maintain", "data");
	expect_none(h);
	assert_int_equal(HOST_RUN(h, "check"), 2);
	assert_int_equal(HOST_RUN(h, "check", "nergens"), 1);
}

static void
test_check__secrets_are_for_the_owner_alone(void **state)
{
	static const char *const names[] = { "data/" DATA_HOSTKEY,
					     "data/" DATA_STATE };
	struct host *h = *state;
	size_t i;

	for (i = 0; i < 2; i++) {
		assert_int_equal(chmod(names[i], 0640), 0);
		expect_problem(h, "others may read");
		assert_int_equal(chmod(names[i], 0600), 0);
	}
	assert_int_equal(chmod("data", 0770), 0);
	expect_problem(h, "others may write");
	assert_int_equal(chmod("data", 0750), 0);
	expect_none(h);
}

/* Damage where main does not reach: only git looks there. */
static void
test_check__git_looks_at_every_object(void **state)
{
	struct host *h = *state;

	run_git("id=$(echo los | git hash-object -w --stdin)\n"
		"f=$GIT_DIR/objects/$(echo $id | cut -c1-2)/"
		"$(echo $id | cut -c3-)\n"
		"chmod u+w $f; printf kapot > $f");
	expect_problem(h, "git: ");
}

static void
test_check__the_rules_hold_for_every_commit(void **state)
{
	struct host *h = *state;

	run_git("b=$(echo x | git hash-object -w --stdin)\n"
		"t=$(printf '100644 blob %s\\tSlecht.TXT\\n' $b | git mktree)\n"
		"c=$(GIT_COMMITTER_DATE='@1000000000 +0000' git commit-tree "
		"-m m -p main $t)\n"
		"git update-ref refs/heads/main $c");
	expect_problem(h, "Slecht.TXT: this path is not allowed");
	expect_problem(h, "dated before the one it follows");
}

/* An index that grew one row too many. */
static void
spoil_index(void)
{
	struct index_entry e = { .seq = 1 };
	struct index_change c = { .path = "themas/nep.md", .appeared = true };
	struct index *x;
	char head[41];

	assert_int_equal(index_open(&x, "data/" DATA_INDEX, true, NULL), 0);
	assert_int_equal(index_head(x, head, NULL), 0);
	assert_int_equal(index_begin(x, NULL), 0);
	assert_int_equal(index_add_change(x, &e, &c, NULL), 0);
	assert_int_equal(index_commit(x, head, NULL), 0);
	index_close(x);
}

static void
test_check__the_index_says_what_git_says(void **state)
{
	struct host *h = *state;
	struct vec names = VEC_INIT;

	spoil_index();
	expect_problem(h, "change themas/nep.md: should not be there");
	assert_non_null(strstr(h->out.ptr, "pleind reindex"));
	HOST_DO(h, "reindex", "data");
	expect_none(h);
	assert_int_equal(fs_list_at(AT_FDCWD, "data/spaces", &names, NULL), 0);
	assert_int_equal(names.len, 2); /* nothing is left of the comparing */
	vec_release(&names, free);
}

static void
put_old(const char *name)
{
	struct timespec old[2] = { { time(NULL) - 7200, 0 },
				   { time(NULL) - 7200, 0 } };

	host_write(name, "", 0);
	assert_int_equal(utimensat(AT_FDCWD, name, old, 0), 0);
}

/* While a wiki runs: one that starts clears the locks. */
static void
test_check__leftovers_are_told(void **state)
{
	struct host *h = *state;
	struct err err = ERR_INIT;
	struct pollfd p = { -1, POLLIN, 0 };
	int pair[2], data, lock, status;
	pid_t pid;

	put_old("data/state.db.1234.tmp");
	expect_problem(h, "state.db.1234.tmp: left by");
	assert_int_equal(unlink("data/state.db.1234.tmp"), 0);
	host_write("data/state.db.1234.tmp", "", 0); /* perhaps in use */
	assert_int_equal(passfd_pair(pair, &err), 0);
	pid = fork();
	if (pid == 0) {
		(void)close(pair[0]);
		data = fs_open_dir("data", &err);
		lock = fs_lock_at(data, DATA_LOCK, &err);
		if (lock < 0 || fchdir(data) < 0)
			_exit(126);
		_exit(wiki_run(data, lock, pair[1]));
	}
	(void)close(pair[1]);
	p.fd = pair[0];
	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	expect_none(h);
	put_old("data/" DATA_REPO "/refs/heads/main.lock");
	expect_problem(h, "main.lock: a lock left");
	(void)close(pair[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	expect_none(h);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, host_setup, host_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_check__finds_nothing_in_a_good_wiki),
		TEST(test_check__secrets_are_for_the_owner_alone),
		TEST(test_check__git_looks_at_every_object),
		TEST(test_check__the_rules_hold_for_every_commit),
		TEST(test_check__the_index_says_what_git_says),
		TEST(test_check__leftovers_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
