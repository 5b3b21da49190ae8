/* How a wiki is doing, and maintaining it, with and without one that runs. */
#include "host.h"

#include <ftw.h>
#include <poll.h>
#include <signal.h>

#include <jansson.h>

#include "loosen.h"
#include "plein/passfd.h"
#include "store/maintain.h"
#include "wiki/wiki.h"

#define PATIENCE_MS 20000

static struct maintain_count
count(void)
{
	struct maintain_count c;

	assert_int_equal(maintain_count("data/" DATA_REPO, &c, NULL), 0);
	return c;
}

/* A wiki process on this data folder; its supervisor is us. */
static pid_t
start_wiki(int *control)
{
	struct err err = ERR_INIT;
	struct pollfd p = { -1, POLLIN, 0 };
	int pair[2], data, lock;
	pid_t pid;

	assert_int_equal(passfd_pair(pair, &err), 0);
	pid = fork();
	assert_true(pid >= 0);
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
	*control = pair[0];
	return pid;
}

static void
stop_wiki(pid_t pid, int control)
{
	int status;

	(void)close(control);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
test_keeper__health_of_a_wiki_that_runs(void **state)
{
	struct host *h = *state;
	int control;
	pid_t pid = start_wiki(&control);
	json_t *j;

	HOST_DO(h, "health", "data");
	assert_ptr_equal(strstr(h->out.ptr, "healthy\nat\t"), h->out.ptr);
	HOST_DO(h, "health", "--json", "data");
	j = json_loads(h->out.ptr, 0, NULL);
	assert_true(json_is_true(json_object_get(j, "healthy")));
	assert_true(json_is_true(json_object_get(j, "serving")));
	json_decref(j);
	assert_int_equal(rename("data/" DATA_REPO "/objects/pack", "weg"), 0);
	assert_int_equal(HOST_RUN(h, "health", "data"), 1);
	assert_non_null(strstr(h->out.ptr, "not healthy\nproblem\t"));
	stop_wiki(pid, control);
}

static void
test_keeper__a_wiki_that_does_not_run_is_not_well(void **state)
{
	struct host *h = *state;
	json_t *j;

	assert_int_equal(HOST_RUN(h, "health", "data"), 1);
	assert_non_null(strstr(h->err.ptr, "no wiki is running"));
	assert_int_equal(HOST_RUN(h, "health", "data", "--json"), 1);
	j = json_loads(h->out.ptr, 0, NULL);
	assert_true(json_is_false(json_object_get(j, "healthy")));
	assert_true(json_is_false(json_object_get(j, "serving")));
	json_decref(j);
	assert_int_equal(HOST_RUN(h, "health", "nergens"), 1);
	assert_int_equal(HOST_RUN(h, "health"), 2);
	assert_int_equal(HOST_RUN(h, "health", "a", "b"), 2);
	assert_int_equal(HOST_RUN(h, "maintain"), 2);
	assert_int_equal(HOST_RUN(h, "maintain", "nergens"), 1);
}

static void
test_keeper__maintains_a_wiki_that_does_not_run(void **state)
{
	struct host *h = *state;

	assert_true(loosen("data/" DATA_REPO));
	assert_true(count().loose > 0);
	HOST_DO(h, "maintain", "data");
	assert_int_equal(count().loose, 0);
	assert_int_equal(count().packs, 1);
	HOST_DO(h, "maintain", "data");
	assert_int_equal(count().packs, 1);
	HOST_DO(h, "check", "data");
}

static void
test_keeper__makes_the_index_anew(void **state)
{
	struct host *h = *state;
	struct stat before, after;
	int control;
	pid_t pid;

	assert_int_equal(stat("data/" DATA_INDEX, &before), 0);
	HOST_DO(h, "reindex", "data");
	assert_int_equal(stat("data/" DATA_INDEX, &after), 0);
	assert_true(before.st_ino != after.st_ino ||
		    before.st_mtim.tv_nsec != after.st_mtim.tv_nsec);
	HOST_DO(h, "check", "data");
	before = after;
	pid = start_wiki(&control);
	HOST_DO(h, "reindex", "data");
	assert_int_equal(stat("data/" DATA_INDEX, &after), 0);
	assert_true(before.st_ino != after.st_ino);
	HOST_DO(h, "health", "data");
	HOST_DO(h, "check", "data");
	assert_int_equal(access("data/" DATA_INDEX_NEW, F_OK), -1);
	stop_wiki(pid, control);
	assert_int_equal(HOST_RUN(h, "reindex"), 2);
	assert_int_equal(HOST_RUN(h, "reindex", "nergens"), 1);
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

/* Git insists on full paths, so the owner must be able to get there. */
static void
test_keeper__root_maintains_as_the_owner(void **state)
{
	struct host *h = *state;

	if (geteuid() != 0)
		skip();
	assert_int_equal(nftw("data", give_to_nobody, 16, FTW_PHYS), 0);
	assert_int_equal(chmod(h->dir, 0711), 0);
	HOST_DO(h, "maintain", "data");
	assert_int_equal(count().loose, 0);
	assert_int_equal(nftw("data", is_of_nobody, 16, FTW_PHYS), 0);
}

/* The supervisor, in a process of its own: it always says the same. */
static pid_t
play_supervisor(int control, const char *report)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	while (passfd_recv(control, data, fds, &n, NULL) > 0)
		if (memmem(data, 64, "\"maintain\"", 10) &&
		    passfd_send(control, report, strlen(report), NULL, 0,
				NULL) < 0)
			_exit(1);
	_exit(0);
}

static void
test_keeper__a_run_that_fails_is_told(void **state)
{
	struct host *h = *state;
	int control, status;
	pid_t pid, supervisor;

	assert_true(loosen("data/" DATA_REPO));
	pid = start_wiki(&control);
	supervisor = play_supervisor(
		control,
		"{\"op\":\"maintained\",\"task\":\"pack\",\"status\":-1}");
	assert_int_equal(HOST_RUN(h, "maintain", "data"), 1);
	assert_non_null(strstr(h->err.ptr, "it failed"));
	assert_int_equal(HOST_RUN(h, "health", "data"), 1);
	assert_non_null(strstr(h->out.ptr, "maintenance failed"));
	assert_int_equal(kill(pid, SIGTERM), 0);
	assert_int_equal(waitpid(supervisor, &status, 0), supervisor);
	stop_wiki(pid, control);
	assert_true(count().loose > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, host_setup, host_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keeper__health_of_a_wiki_that_runs),
		TEST(test_keeper__a_wiki_that_does_not_run_is_not_well),
		TEST(test_keeper__maintains_a_wiki_that_does_not_run),
		TEST(test_keeper__makes_the_index_anew),
		TEST(test_keeper__root_maintains_as_the_owner),
		TEST(test_keeper__a_run_that_fails_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
