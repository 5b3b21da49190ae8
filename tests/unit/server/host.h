/*
 * host.h - what the tests of commands on the host have in common: a scratch
 * folder that is the current one, a wiki in `data`, and running a command in
 * a process of its own, as main() would call it.
 */
#ifndef PLEIN_TEST_HOST_H
#define PLEIN_TEST_HOST_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "admin.h"
#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "scratch.h"
#include "wiki/desk.h"

#define HOST_OUT_MAX (64UL * 1024 * 1024)

struct host {
	char dir[SCRATCH_MAX];
	int home;
	struct buf out, err; /* of the last command */
};

static inline void
host_run_child(char **argv)
{
	int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int argc = 0, status;

	while (argv[argc])
		argc++;
	if (dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
		_exit(126);
	status = admin_main(argc, argv);
	(void)fflush(stdout);
	_exit(status);
}

/* The exit code; what it printed is in h->out and h->err. */
static inline int
host_run(struct host *h, char **argv)
{
	struct err err = ERR_INIT;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		host_run_child(argv);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	buf_reset(&h->out);
	buf_reset(&h->err);
	assert_int_equal(
		fs_read_at(AT_FDCWD, "out", &h->out, HOST_OUT_MAX, &err), 0);
	assert_int_equal(fs_read_at(AT_FDCWD, "err", &h->err, 65536, &err), 0);
	return WEXITSTATUS(status);
}

#define HOST_RUN(h, ...) \
	host_run((h), (char *[]){ (char *)"pleind", __VA_ARGS__, NULL })

/* It must end with 0. */
#define HOST_DO(h, ...) \
	do { \
		if (HOST_RUN((h), __VA_ARGS__) != 0) \
			fail_msg("%s%s", (h)->out.ptr, (h)->err.ptr); \
	} while (0)

static inline void
host_write(const char *name, const void *data, size_t len)
{
	struct err err = ERR_INIT;

	if (fs_replace_at(AT_FDCWD, name, data, len, 0600, &err))
		fail_msg("%s", err.msg);
}

static inline void
host_read(const char *name, struct buf *out)
{
	struct err err = ERR_INIT;

	buf_reset(out);
	if (fs_read_at(AT_FDCWD, name, out, HOST_OUT_MAX, &err))
		fail_msg("%s", err.msg);
}

/* For cmocka: without a wiki, and with one in `data`. */
static inline int
host_setup_empty(void **state)
{
	struct host *h = mem_alloc(sizeof(*h));

	log_enable(0);
	buf_init(&h->out);
	buf_init(&h->err);
	h->home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = h;
	return scratch_make(h->dir) || chdir(h->dir);
}

static inline int
host_setup(void **state)
{
	if (host_setup_empty(state))
		return -1;
	HOST_DO((struct host *)*state, "init", "data", "--host",
		"stad.example");
	HOST_DO((struct host *)*state, "user", "add", "data", "toos", "--name",
		"Toos Tester", "--role", "redacteur");
	return 0;
}

static inline int
host_teardown(void **state)
{
	struct host *h = *state;
	int rc = fchdir(h->home) || scratch_remove(h->dir);

	(void)close(h->home);
	buf_release(&h->out);
	buf_release(&h->err);
	free(h);
	return rc;
}

#endif
