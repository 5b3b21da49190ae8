/* Who may come in beside sshd, and where. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "frontproc.h"
#include "knock.h"

static void
test_frontproc__lets_in_root_the_owner_and_the_user_of_sshd(void **state)
{
	struct house h;

	(void)state;
	house_init(&h);
	h.users.owner.uid = 1000;
	assert_true(frontproc_lets_in(&h, 0));
	assert_true(frontproc_lets_in(&h, 1000));
	assert_false(frontproc_lets_in(&h, 1001));
	h.front.user = 1001;
	assert_false(frontproc_lets_in(&h, 1001));
	h.front.has_user = true;
	assert_true(frontproc_lets_in(&h, 1001));
	assert_false(frontproc_lets_in(&h, 1002));
	assert_false(frontproc_lets_in(&h, 65534));
	house_release(&h);
}

static void
test_frontproc__wants_a_path_that_fits(void **state)
{
	char path[200];
	struct house h;

	(void)state;
	house_init(&h);
	assert_int_equal(frontproc_open(&h, "front", NULL), PLEIN_EUSAGE);
	memset(path, 'a', sizeof(path) - 1);
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(frontproc_open(&h, path, NULL), PLEIN_EUSAGE);
	assert_int_equal(knock_front(path, "", NULL), PLEIN_EUSAGE);
	house_release(&h);
}

/* A house that listens in a folder of its own; no loop runs. */
static void
open_house(struct house *h, char dir[64], char path[80])
{
	(void)snprintf(dir, 64, "/tmp/test_front.XXXXXX");
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, 80, "%s/front", dir);
	house_init(h);
	h->users.owner.uid = geteuid();
	assert_int_equal(frontproc_open(h, path, NULL), 0);
}

static void
close_house(struct house *h, const char *dir, const char *path)
{
	house_release(h);
	(void)unlink(path);
	assert_int_equal(rmdir(dir), 0);
}

#define PATIENCE_MS 20000

/* What somebody else, where they may, hears at the door: 0 when it is shut. */
static int
knock_as_another(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct pollfd door = { .events = POLLIN };
	char c;

	if (geteuid() == 0 && setuid(65534) < 0)
		return 2;
	(void)snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	door.fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (connect(door.fd, (const struct sockaddr *)&at, sizeof(at)) < 0 ||
	    poll(&door, 1, PATIENCE_MS) != 1)
		return 3;
	return recv(door.fd, &c, 1, 0) == 0 ? 0 : 1;
}

/* As any of its own: the socket is open to all, the answer is not. */
static void
test_frontproc__hangs_up_on_others(void **state)
{
	struct pollfd knock = { .events = POLLIN };
	struct house h;
	char dir[64], path[80];
	int status = -1;
	pid_t pid;

	(void)state;
	open_house(&h, dir, path);
	assert_int_equal(chmod(dir, 0755), 0);
	h.users.owner.uid = 12345;
	h.epoll = epoll_create1(EPOLL_CLOEXEC); /* else nobody comes in */
	pid = fork();
	if (pid == 0)
		_exit(knock_as_another(path));
	knock.fd = h.front.fd;
	assert_int_equal(poll(&knock, 1, PATIENCE_MS), 1);
	frontproc_accept(&h);
	assert_int_equal(h.roster.members.len, 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close_house(&h, dir, path);
}

static void
test_frontproc__takes_the_place_of_an_old_socket_only(void **state)
{
	struct house h, again;
	char dir[64], path[80];
	int fd;

	(void)state;
	open_house(&h, dir, path);
	house_init(&again);
	assert_int_equal(frontproc_open(&again, path, NULL), 0);
	house_release(&again);
	assert_int_equal(unlink(path), 0);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	house_init(&again);
	assert_int_equal(frontproc_open(&again, path, NULL), PLEIN_EIO);
	house_release(&again);
	close_house(&h, dir, path);
}

static void
test_frontproc__nobody_listens_is_a_wiki_away(void **state)
{
	struct house h;
	char dir[64], path[80];

	(void)state;
	open_house(&h, dir, path);
	(void)close(h.front.fd);
	h.front.fd = -1;
	assert_int_equal(knock_front(path, "", NULL), PLEIN_ECLOSED);
	close_house(&h, dir, path);
	assert_int_equal(knock_front(path, "", NULL), PLEIN_ECLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_frontproc__lets_in_root_the_owner_and_the_user_of_sshd),
		cmocka_unit_test(test_frontproc__wants_a_path_that_fits),
		cmocka_unit_test(test_frontproc__hangs_up_on_others),
		cmocka_unit_test(
			test_frontproc__takes_the_place_of_an_old_socket_only),
		cmocka_unit_test(test_frontproc__nobody_listens_is_a_wiki_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
