/* task.c - see task.h. */
#include "task.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spawn.h"

#define GIT_PROGRAM "/usr/bin/git"

int
task_open_git(struct err *err)
{
	int git = open(GIT_PROGRAM, O_PATH | O_CLOEXEC);

	return git < 0 ? err_set_errno(err, errno, GIT_PROGRAM) : git;
}

static int
await(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
task_run(int git, struct program *p, const char *name, struct err *err)
{
	struct spawn s = { .program = git,
			   .argv = p->argv,
			   .env = p->env,
			   .fds = { -1, -1, -1 },
			   .stay = true };
	pid_t pid = -1;
	int rc, status = -1;

	rc = spawn_silent(&s, STDERR_FILENO, &pid, err);
	program_release(p);
	if (rc == 0)
		status = await(pid);
	if (rc == 0 && status != 0)
		rc = err_set(err, PLEIN_EIO, "git %s ended with %d", name,
			     status);
	return rc;
}
