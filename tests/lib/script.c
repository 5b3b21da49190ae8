/* script.c - see script.h. */
#include "script.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "proc.h"

#define PATIENCE_MS 240000

static void
compose(const struct fixture *f, struct buf *out, const char *script)
{
	const char *none[] = { NULL };
	const char *ssh[FIXTURE_ARGS];
	int i;

	(void)fixture_ssh_argv(f, f->key, none, ssh);
	buf_str(out, "export GIT_CONFIG_GLOBAL=/dev/null SSH='");
	for (i = 0; ssh[i]; i++)
		buf_printf(out, "%s ", ssh[i]);
	buf_printf(out,
		   "' URL=ssh://127.0.0.1:%s/agenda DATA=%s\n"
		   "export GIT_SSH_COMMAND=\"$SSH\" "
		   "GIT_AUTHOR_NAME=T GIT_COMMITTER_NAME=T "
		   "GIT_AUTHOR_EMAIL=tester@agenda.example.nl "
		   "GIT_COMMITTER_EMAIL=tester@agenda.example.nl\n%s",
		   f->port, f->data, script);
}

int
script_run(const struct fixture *f, const char *script, char **out)
{
	struct buf all = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;

	compose(f, &all, script);
	argv[2] = all.ptr;
	proc_run(&r, argv, f->dir, NULL, PATIENCE_MS);
	buf_str(&r.out, r.err.ptr);
	buf_release(&r.err);
	buf_release(&all);
	*out = buf_take(&r.out);
	return r.status;
}

char *
script_run_well(const struct fixture *f, const char *script)
{
	char *out;
	int status = script_run(f, script, &out);

	if (status != 0)
		fail_msg("%s: status %d\n%s", script, status, out);
	return out;
}

pid_t
script_start(const struct fixture *f, const char *script, const char *log)
{
	struct buf all = BUF_INIT;
	pid_t pid;
	int fd;

	compose(f, &all, script);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (chdir(f->dir) < 0)
			_exit(126);
		fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		(void)dup2(fd, 1);
		(void)dup2(fd, 2);
		execlp("sh", "sh", "-c", all.ptr, (char *)NULL);
		_exit(127);
	}
	buf_release(&all);
	return pid;
}

int
script_wait(pid_t pid)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (clock_mono_ms() > deadline)
			fail_msg("a script does not end");
		(void)poll(NULL, 0, 5);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
