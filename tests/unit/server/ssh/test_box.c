/* Tests of server/ssh/box.c: inside it, try what must not be possible. */
#include "ssh/box.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "misdeeds.h"
#include "plein/clock.h"
#include "plein/log.h"
#include "plein/passfd.h"

/* Run `inside` in a boxed child; its exit code, or minus its signal. */
static int
run_boxed(int (*inside)(int fd), int fd)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		(void)alarm(30);
		(void)signal(SIGSEGV, SIG_DFL); /* not cmocka's */
		(void)signal(SIGABRT, SIG_DFL);
		_exit(box_close(NULL) == 0 ? inside(fd) : 99);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int
try_what_is_forbidden(int fd)
{
	(void)fd;
	return acts_try();
}

static void
test_box__forbids_files_sockets_programs_and_processes(void **state)
{
	(void)state;
	assert_int_equal(run_boxed(try_what_is_forbidden, -1), 0);
}

static int
try_what_is_needed(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char data[PASSFD_BYTES], chance[16];
	int fds[PASSFD_MAX], n = 0;
	void *memory = malloc(1024 * 1024);

	if (memory == NULL || poll(&p, 1, 5000) != 1 ||
	    passfd_recv(fd, data, fds, &n, NULL) != 2 || n != 1)
		return 1;
	free(memory);
	if (write(fds[0], "x", 1) != 1 || close(fds[0]) != 0)
		return 2;
	if (getrandom(chance, sizeof(chance), 0) != sizeof(chance))
		return 3;
	if (clock_mono_ms() <= 0)
		return 4;
	log_enable(0);
	log_event("box", LOG_TEXT("a", "b"));
	return passfd_send(fd, "ok", 2, NULL, 0, NULL) == 0 ? 0 : 5;
}

static void
test_box__leaves_what_a_connection_needs(void **state)
{
	int pair[2], ends[2];
	char c = 0;

	(void)state;
	assert_int_equal(passfd_pair(pair, NULL), 0);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(passfd_send(pair[0], "hi", 2, &ends[1], 1, NULL), 0);
	(void)close(ends[1]);
	assert_int_equal(run_boxed(try_what_is_needed, pair[1]), 0);
	assert_int_equal(read(ends[0], &c, 1), 1);
	assert_int_equal(c, 'x');
	(void)close(ends[0]);
	(void)close(pair[0]);
	(void)close(pair[1]);
}

static int
abort_inside(int fd)
{
	(void)fd;
	abort();
}

static void
test_box__lets_a_failed_assertion_end_the_process(void **state)
{
	(void)state;
	assert_int_equal(run_boxed(abort_inside, -1), -SIGABRT);
}

/* Volatile: or the compiler sees that nobody uses the memory. */
static int
ask_for_too_much(int fd)
{
	volatile size_t size = (size_t)1 << 40;
	void *volatile memory = malloc(size);

	(void)fd;
	free(memory);
	return 0; /* also without memory */
}

static void
test_box__ends_who_cannot_get_memory(void **state)
{
	(void)state;
	assert_int_not_equal(run_boxed(ask_for_too_much, -1), 0);
}

/* The sanitizer's own heap ends everybody. */
static void
test_heap__is_not_strict_outside_the_box(void **state)
{
	(void)state;
#ifndef __SANITIZE_ADDRESS__
	volatile size_t size = (size_t)1 << 62;
	void *volatile memory = malloc(size);

	assert_null(memory);
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_box__forbids_files_sockets_programs_and_processes),
		cmocka_unit_test(test_box__leaves_what_a_connection_needs),
		cmocka_unit_test(
			test_box__lets_a_failed_assertion_end_the_process),
		cmocka_unit_test(test_box__ends_who_cannot_get_memory),
		cmocka_unit_test(test_heap__is_not_strict_outside_the_box),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
