#include "plein/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Run `act` in a child; its exit code, what it wrote to stderr in `said`. */
static int
run_apart(void (*act)(void), char *said, size_t size)
{
	int fds[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)dup2(fds[1], STDERR_FILENO);
		act();
		_exit(0);
	}
	(void)close(fds[1]);
	while ((n = read(fds[0], said + len, size - 1 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	(void)close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
test_mem__memory_is_zeroed(void **state)
{
	static const char zeros[4096];
	char *p = mem_alloc(sizeof(zeros));

	(void)state;
	assert_memory_equal(p, zeros, sizeof(zeros));
	memset(p, 1, sizeof(zeros));
	free(p);
	p = mem_array(64, 64);
	assert_memory_equal(p, zeros, sizeof(zeros));
	free(p);
}

static void
test_mem__size_zero_gives_memory(void **state)
{
	char *p;

	(void)state;
	p = mem_alloc(0);
	assert_non_null(p);
	free(p);
	p = mem_array(0, 8);
	assert_non_null(p);
	p = mem_realloc(p, 0);
	assert_non_null(p);
	free(p);
}

static void
test_mem__realloc_keeps_contents(void **state)
{
	char *p = mem_strdup("zwijndrecht");

	(void)state;
	p = mem_realloc(p, 65536);
	assert_string_equal(p, "zwijndrecht");
	free(p);
}

static void
test_mem__strndup_ends_with_nul(void **state)
{
	char *p = mem_strndup("abcdef", 3);

	(void)state;
	assert_string_equal(p, "abc");
	free(p);
	p = mem_strndup("a\0b", 3);
	assert_memory_equal(p, "a\0b", 4);
	free(p);
}

static void
ask_too_much(void)
{
	void *volatile p = mem_array(SIZE_MAX / 2, 3);

	free(p);
}

static void
test_mem__overflowing_product_ends_the_process(void **state)
{
	char said[600];

	(void)state;
	assert_int_equal(run_apart(ask_too_much, said, sizeof(said)), 70);
	assert_non_null(strstr(said, "array too large"));
}

static void
die_plainly(void)
{
	die("no %s", "luck");
}

static void
test_mem__die_says_one_line_and_exits_70(void **state)
{
	char said[600];

	(void)state;
	assert_int_equal(run_apart(die_plainly, said, sizeof(said)), 70);
	assert_non_null(strstr(said, ": no luck\n"));
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
}

static void
die_in_hook(void)
{
	(void)!write(STDERR_FILENO, "hook;", 5);
	die("again");
}

static void
die_with_dying_hook(void)
{
	die_set_hook(die_in_hook);
	die("first");
}

static void
test_mem__hook_runs_once_even_when_it_dies(void **state)
{
	char said[600];

	(void)state;
	assert_int_equal(run_apart(die_with_dying_hook, said, sizeof(said)),
			 70);
	assert_memory_equal(said, "hook;", 5);
	assert_null(strstr(said + 5, "hook;"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mem__memory_is_zeroed),
		cmocka_unit_test(test_mem__size_zero_gives_memory),
		cmocka_unit_test(test_mem__realloc_keeps_contents),
		cmocka_unit_test(test_mem__strndup_ends_with_nul),
		cmocka_unit_test(
			test_mem__overflowing_product_ends_the_process),
		cmocka_unit_test(test_mem__die_says_one_line_and_exits_70),
		cmocka_unit_test(test_mem__hook_runs_once_even_when_it_dies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
