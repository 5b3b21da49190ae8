/* A backup is whole or is not there. */
#include "host.h"

#include <ftw.h>
#include <signal.h>
#include <sys/resource.h>

#include "crate.h"

static void
test_backup__holds_what_cannot_be_made_again(void **state)
{
	static const char *const names[] = { "state.db", "plein.conf",
					     "hostkey_ed25519",
					     "hostkey_ed25519.pub",
					     "spaces/agenda.bundle.000001" };
	struct host *h = *state;
	struct crate_in *c;
	struct err err = ERR_INIT;
	struct buf said = BUF_INIT;
	struct stat st;
	size_t i;
	int fd;

	HOST_DO(h, "backup", "data", "b.tar");
	assert_string_equal(h->out.ptr, "");
	assert_string_equal(h->err.ptr, "");
	assert_int_equal(stat("b.tar", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	fd = open("b.tar", O_RDONLY);
	if (crate_open(&c, fd, &err))
		fail_msg("%s", err.msg);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!crate_find(c, names[i]))
			fail_msg("no %s", names[i]);
	assert_null(crate_find(c, "spaces/agenda.index.db"));
	assert_true(crate_said(c, "program", &said));
	assert_string_equal(said.ptr, PLEIN_VERSION);
	buf_reset(&said);
	assert_true(crate_said(c, "space", &said));
	assert_int_equal(said.len, strlen("agenda ") + 40);
	crate_release(c);
	buf_release(&said);
	(void)close(fd);
}

/* In the current folder. */
static void
expect_files(size_t n)
{
	struct vec names = VEC_INIT;

	assert_int_equal(fs_list_at(AT_FDCWD, ".", &names, NULL), 0);
	assert_int_equal(names.len, n);
	vec_release(&names, free);
}

static void
expect_no_leftovers(void)
{
	struct vec names = VEC_INIT;
	size_t i;

	assert_int_equal(fs_list_at(AT_FDCWD, "data", &names, NULL), 0);
	for (i = 0; i < names.len; i++)
		assert_null(strstr(names.items[i], ".tmp"));
	vec_release(&names, free);
}

static void
test_backup__that_fails_leaves_nothing(void **state)
{
	struct host *h = *state;
	struct rlimit small = { 8192, 8192 }, all;
	struct buf old = BUF_INIT;

	expect_files(3); /* data, out, err */
	assert_int_equal(HOST_RUN(h, "backup", "nergens", "b.tar"), 1);
	assert_int_equal(HOST_RUN(h, "backup", "data", "nergens/b.tar"), 1);
	assert_int_equal(rename("data/state.db", "data/weg"), 0);
	assert_int_equal(HOST_RUN(h, "backup", "data", "b.tar"), 1);
	assert_int_equal(rename("data/weg", "data/state.db"), 0);
	assert_int_equal(rename("data/" DATA_REPO "/refs", "refs"), 0);
	assert_int_equal(HOST_RUN(h, "backup", "data", "b.tar"), 1);
	assert_non_null(strstr(h->err.ptr, "pleind: "));
	assert_int_equal(rename("refs", "data/" DATA_REPO "/refs"), 0);
	expect_files(3);
	expect_no_leftovers();
	/* an older one stays when the disk is full */
	host_write("b.tar", "oud", 3);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
	small.rlim_max = all.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(HOST_RUN(h, "backup", "data", "b.tar"), 1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
	host_read("b.tar", &old);
	assert_string_equal(old.ptr, "oud");
	buf_release(&old);
	expect_files(4);
	expect_no_leftovers();
}

static void
test_backup__goes_into_a_pipe_too(void **state)
{
	struct host *h = *state;

	HOST_DO(h, "backup", "data", "-");
	host_write("b.tar", h->out.ptr, h->out.len);
	HOST_DO(h, "restore", "b.tar", "nieuw");
	assert_int_equal(HOST_RUN(h, "backup", "data"), 2);
	assert_int_equal(HOST_RUN(h, "backup", "data", "a", "b"), 2);
}

static void
test_backup__holds_the_wiki_of_a_damaged_index(void **state)
{
	struct host *h = *state;

	host_write("data/" DATA_INDEX, "rommel", 6);
	HOST_DO(h, "backup", "data", "b.tar");
}

static int
give_to_nobody(const char *path, const struct stat *st, int type,
	       struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return lchown(path, 65534, 65534);
}

static int
is_of_nobody(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)path;
	(void)type;
	(void)at;
	return st->st_uid == 65534 ? 0 : 1;
}

/* In a folder of root's that its owner may not pass; the file is root's. */
static void
test_backup__root_works_as_the_owner(void **state)
{
	struct host *h = *state;
	struct stat st;

	if (geteuid() != 0)
		skip();
	assert_int_equal(nftw("data", give_to_nobody, 16, FTW_PHYS), 0);
	HOST_DO(h, "backup", "data", "b.tar");
	assert_int_equal(stat("b.tar", &st), 0);
	assert_int_equal(st.st_uid, 0);
	assert_int_equal(nftw("data", is_of_nobody, 16, FTW_PHYS), 0);
	HOST_DO(h, "restore", "b.tar", "nieuw");
	HOST_DO(h, "check", "nieuw");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, host_setup, host_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_backup__holds_what_cannot_be_made_again),
		TEST(test_backup__that_fails_leaves_nothing),
		TEST(test_backup__root_works_as_the_owner),
		TEST(test_backup__goes_into_a_pipe_too),
		TEST(test_backup__holds_the_wiki_of_a_damaged_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
