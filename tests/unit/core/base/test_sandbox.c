/* Tests of core/base/sandbox.c: inside, try what must not be possible. */
#include "plein/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "misdeeds.h"
#include "plein/mem.h"

#define NOT_INSIDE 99

/* Run `act` in a child that was shut in; its status as waitpid() has it. */
static int
run_inside(enum sandbox who, int (*act)(int fd), int fd)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		(void)alarm(30);
		(void)signal(SIGSEGV, SIG_DFL); /* not cmocka's */
		(void)signal(SIGABRT, SIG_DFL);
		_exit(sandbox_close(who, NULL) == 0 ? act(fd) : NOT_INSIDE);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static int
try_what_is_forbidden(int fd)
{
	(void)fd;
	return acts_try();
}

static void
test_sandbox__forbids_files_sockets_programs_and_processes(void **state)
{
	(void)state;
	for (int who = 0; who < SANDBOX_WIKI; who++)
		assert_int_equal(run_inside((enum sandbox)who,
					    try_what_is_forbidden, -1),
				 0);
}

/* --- the one that keeps files ---------------------------------------------- */

static void *
come_back(void *ctx)
{
	return ctx;
}

/* What it is for: files below its folder, threads, sockets of this machine. */
static int
try_what_a_wiki_needs(int dir)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "sock" };
	int fd = openat(dir, "a", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	pthread_t thread;
	int s;

	if (fd < 0 || pwrite(fd, "x", 1, 0) != 1 || fsync(fd) != 0 ||
	    flock(fd, LOCK_EX) != 0)
		return 10;
	if (renameat(dir, "a", dir, "b") != 0 || unlinkat(dir, "b", 0) != 0)
		return 11;
	if (pthread_create(&thread, NULL, come_back, NULL) != 0 ||
	    pthread_join(thread, NULL) != 0)
		return 12;
	s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0 || fchdir(dir) != 0 ||
	    bind(s, (struct sockaddr *)&a, sizeof(a)) != 0 || listen(s, 1) != 0)
		return 13;
	return unlink("sock") == 0 ? 0 : 14;
}

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

/* Where the kernel cannot hold it in its folder, the file system does. */
static int
try_files_elsewhere(void)
{
	if (open("/usr/share/zoneinfo", O_RDONLY) < 0 && errno != ENOENT)
		return 20;
	if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES)
		return 21;
	return open("/tmp/plein-box", O_CREAT | O_WRONLY, 0600) < 0 ? 0 : 22;
}

static int
be_a_wiki(const char *folder)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	(void)alarm(30);
	if (dir < 0 || sandbox_close_in(SANDBOX_WIKI, dir,
					"/usr/share/zoneinfo", NULL) != 0)
		return NOT_INSIDE;
	rc = try_what_a_wiki_needs(dir);
	if (rc == 0 && has_landlock())
		rc = try_files_elsewhere();
	return rc ? rc : acts_try_with(ACTS_FILES);
}

static void
test_sandbox__keeps_a_wiki_to_its_folder(void **state)
{
	char folder[] = "/tmp/plein-box-XXXXXX";
	int status = -1;
	pid_t pid;

	(void)state;
	assert_non_null(mkdtemp(folder));
	pid = fork();
	if (pid == 0)
		_exit(be_a_wiki(folder));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(rmdir(folder), 0);
}

static int
abort_inside(int fd)
{
	(void)fd;
	abort();
}

static void
test_sandbox__lets_a_failed_assertion_say_so(void **state)
{
	(void)state;
	for (int who = 0; who < SANDBOX_N; who++) {
		int status = run_inside((enum sandbox)who, abort_inside, -1);

		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGABRT);
	}
}

static int
die_inside(int fd)
{
	(void)fd;
	die("as told");
}

static void
test_sandbox__lets_a_process_die_with_a_line(void **state)
{
	int status = run_inside(SANDBOX_CLIENT, die_inside, -1);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 70);
}

/* `fd` is a socket. What the client's terminal and its signals need is in
 * tests/unit/client/ui/test_terminal_curses.c. */
static int
try_what_is_needed(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };
	void *memory = malloc(1024 * 1024);
	sigset_t set;
	time_t now = time(NULL);
	struct tm tm;
	char c;

	if (memory == NULL || poll(&p, 1, 5000) != 1 || read(fd, &c, 1) != 1)
		return 1;
	free(memory);
	if (send(fd, "x", 1, MSG_NOSIGNAL) != 1 || shutdown(fd, SHUT_WR) != 0)
		return 2;
	if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
		return 3;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGWINCH);
	if (signalfd(-1, &set, SFD_CLOEXEC) < 0)
		return 4;
	return localtime_r(&now, &tm) != NULL && close(fd) == 0 ? 0 : 5;
}

static void
test_sandbox__leaves_what_a_client_needs(void **state)
{
	int pair[2];
	char c = 0;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(write(pair[0], "y", 1), 1);
	assert_int_equal(
		run_inside(SANDBOX_CLIENT, try_what_is_needed, pair[1]), 0);
	assert_int_equal(read(pair[0], &c, 1), 1);
	assert_int_equal(c, 'x');
	(void)close(pair[0]);
	(void)close(pair[1]);
}

/* A terminal's size is the supervisor's to set, not the client's. */
static int
set_a_size(int fd)
{
	struct winsize size = { 0 };

	return ioctl(fd, TIOCSWINSZ, &size) == -1 && errno == EPERM ? 0 : 1;
}

static void
test_sandbox__gives_each_its_own_list(void **state)
{
	(void)state;
	assert_int_equal(run_inside(SANDBOX_CLIENT, set_a_size, 0), 0);
	assert_int_not_equal(run_inside(SANDBOX_CONNECTION, set_a_size, 0), 0);
}

/* EACCES: from Landlock, since no filter is there yet. */
static int
open_without_filter(void)
{
	if (sandbox_forget_paths(NULL) != 0)
		return 1;
	return open("/dev/null", O_RDONLY) == -1 && errno == EACCES ? 0 : 2;
}

static void
test_sandbox__forgets_every_path_where_the_kernel_can(void **state)
{
	int status = -1;
	pid_t pid;

	(void)state;
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) <= 0)
		skip();
	pid = fork();
	if (pid == 0)
		_exit(open_without_filter());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_sandbox__forbids_files_sockets_programs_and_processes),
		cmocka_unit_test(test_sandbox__keeps_a_wiki_to_its_folder),
		cmocka_unit_test(test_sandbox__lets_a_failed_assertion_say_so),
		cmocka_unit_test(test_sandbox__lets_a_process_die_with_a_line),
		cmocka_unit_test(test_sandbox__leaves_what_a_client_needs),
		cmocka_unit_test(test_sandbox__gives_each_its_own_list),
		cmocka_unit_test(
			test_sandbox__forgets_every_path_where_the_kernel_can),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
