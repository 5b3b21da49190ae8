/* Git at work on a repository, as the wiki process hears of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "choreproc.h"
#include "notice.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "scratch.h"
#include "store/repo.h"
#include "store/txn.h"

struct place {
	char dir[SCRATCH_MAX];
	int home;
	int wiki; /* the wiki process's end */
	struct house house;
};

static int
setup(void **state)
{
	struct place *p = mem_alloc(sizeof(*p));
	int pair[2];

	log_enable(0);
	p->home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (scratch_make(p->dir) || chdir(p->dir) || mkdir("spaces", 0700) ||
	    repo_create("spaces/agenda.git", NULL) || passfd_pair(pair, NULL))
		return -1;
	house_init(&p->house);
	p->house.data = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	p->house.git = open("/usr/bin/git", O_PATH | O_CLOEXEC);
	p->house.epoll = open("/dev/null", O_RDONLY | O_CLOEXEC);
	p->house.wiki.control = pair[0];
	p->house.wiki.ready = true;
	p->wiki = pair[1];
	if (fs_set_nonblock(pair[0], true, NULL) ||
	    fs_set_nonblock(pair[1], true, NULL))
		return -1;
	*state = p;
	return house_read_spaces(&p->house, NULL);
}

static int
teardown(void **state)
{
	struct place *p = *state;
	int rc = fchdir(p->home) || scratch_remove(p->dir);

	house_release(&p->house);
	(void)close(p->home);
	(void)close(p->wiki);
	free(p);
	return rc;
}

/* What the wiki process hears: this task, with this status. */
static void
expect_report(struct place *p, const char *task, int status)
{
	json_t *msg = NULL;

	assert_int_equal(notice_recv(p->wiki, &msg, NULL), 0);
	assert_string_equal(notice_text(msg, "op"), "maintained");
	assert_string_equal(notice_text(msg, "task"), task);
	assert_int_equal(json_integer_value(json_object_get(msg, "status")),
			 status);
	json_decref(msg);
}

static void
expect_silence(struct place *p)
{
	json_t *msg = NULL;

	assert_int_equal(notice_recv(p->wiki, &msg, NULL), PLEIN_EBUSY);
}

static void
reap(struct place *p)
{
	int status;

	assert_true(p->house.chore.pid > 0);
	assert_int_equal(waitpid(p->house.chore.pid, &status, 0),
			 p->house.chore.pid);
	choreproc_died(&p->house, status);
}

static void
save(const char *text)
{
	struct edit e = { .path = "index.md",
			  .text = text,
			  .len = strlen(text),
			  .author_name = "A",
			  .author_mail = "a@b",
			  .service_mail = "p@b",
			  .when = 1700000000,
			  .message = "m\n" };
	struct repo_id id;
	struct repo *r;
	struct txn *t;

	assert_int_equal(repo_open(&r, "spaces/agenda.git", NULL), 0);
	assert_int_equal(txn_begin(&t, r, NULL), 0);
	assert_int_equal(txn_edit(t, &e, &id, NULL), 0);
	assert_int_equal(txn_commit(t, NULL), 0);
	repo_close(r);
}

static size_t
count_files(const char *folder)
{
	struct vec names = VEC_INIT;
	size_t n;

	(void)fs_list_at(AT_FDCWD, folder, &names, NULL);
	n = names.len;
	vec_release(&names, free);
	return n;
}

static void
test_choreproc__packs_and_makes_the_graph(void **state)
{
	struct place *p = *state;

	save("een\n");
	choreproc_start(&p->house, "pack", "agenda");
	expect_silence(p);
	reap(p);
	expect_report(p, "pack", 0);
	assert_int_equal(p->house.chore.pid, 0);
	assert_int_equal(count_files("spaces/agenda.git/objects/pack"), 2);
	choreproc_start(&p->house, "graph", "agenda");
	reap(p);
	expect_report(p, "graph", 0);
	assert_true(count_files("spaces/agenda.git/objects/info/"
				"commit-graphs") > 0);
}

static void
test_choreproc__what_cannot_be_is_told_at_once(void **state)
{
	struct place *p = *state;

	choreproc_start(&p->house, "gc", "agenda");
	expect_report(p, "gc", -1);
	choreproc_start(&p->house, "pack", "../agenda");
	expect_report(p, "pack", -1);
	choreproc_start(&p->house, "pack", "agenda; rm -rf");
	expect_report(p, "pack", -1);
	p->house.stopping = true;
	choreproc_start(&p->house, "pack", "agenda");
	expect_report(p, "pack", -1);
	p->house.stopping = false;
	(void)close(p->house.git);
	p->house.git = -1;
	choreproc_start(&p->house, "pack", "agenda");
	expect_report(p, "pack", -1);
	assert_int_equal(p->house.chore.pid, 0);
}

static void
test_choreproc__a_failure_is_told(void **state)
{
	struct place *p = *state;

	save("een\n");
	assert_int_equal(rename("spaces/agenda.git/objects", "weg"), 0);
	choreproc_start(&p->house, "pack", "agenda");
	reap(p);
	expect_report(p, "pack", 128);
	choreproc_start(&p->house, "pack", "agenda");
	choreproc_signal(&p->house, SIGKILL);
	reap(p);
	assert_int_equal(p->house.chore.status != 0, 1);
}

/* By a new wiki process, that does not know of the first. */
static void
test_choreproc__one_at_a_time_the_next_waits(void **state)
{
	struct place *p = *state;
	pid_t first;

	save("een\n");
	choreproc_start(&p->house, "pack", "agenda");
	first = p->house.chore.pid;
	choreproc_start(&p->house, "pack", "agenda");
	choreproc_start(&p->house, "graph", "agenda");
	assert_int_equal(p->house.chore.pid, first);
	reap(p);
	expect_report(p, "pack", 0);
	assert_true(p->house.chore.pid > 0);
	reap(p);
	expect_report(p, "graph", 0);
	assert_int_equal(p->house.chore.pid, 0);
	expect_silence(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_choreproc__packs_and_makes_the_graph),
		TEST(test_choreproc__what_cannot_be_is_told_at_once),
		TEST(test_choreproc__a_failure_is_told),
		TEST(test_choreproc__one_at_a_time_the_next_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
