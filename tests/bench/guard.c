/*
 * guard.c - see guard.h. The child has a process group of its own; servers
 * end with the process that started them (PR_SET_PDEATHSIG).
 */
#include "guard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/mem.h"
#include "shell.h"

#define GRACE_MS 200
#define GRACES 50
#define DIR_MAX 40 /* fixture.h has no room for more */

static volatile sig_atomic_t told;

static void
note_signal(int sig)
{
	told = sig;
}

static void
listen_to_signals(void)
{
	/* without SA_RESTART: waitpid() must come back */
	struct sigaction a = { .sa_handler = note_signal };

	(void)sigaction(SIGINT, &a, NULL);
	(void)sigaction(SIGTERM, &a, NULL);
	(void)sigaction(SIGHUP, &a, NULL);
}

/* Servers take their own children with them. */
static void
end_group(pid_t group)
{
	(void)kill(-group, SIGTERM);
	for (int i = 0; i < GRACES && kill(-group, 0) == 0; i++)
		(void)poll(NULL, 0, GRACE_MS); /* nothing tells when */
	(void)kill(-group, SIGKILL);
}

static int
await_child(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return 1;
		if (told)
			(void)kill(pid, SIGKILL);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int
guard_run(void (*work)(int argc, char **argv), int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR");
	char dir[DIR_MAX];
	int status;
	pid_t pid;

	(void)snprintf(dir, sizeof(dir), "%s/bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(dir) || setenv("TMPDIR", dir, 1) != 0)
		die("%s", dir);
	listen_to_signals();
	pid = fork();
	if (pid == 0) {
		(void)setpgid(0, 0);
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		work(argc, argv);
		exit(0);
	}
	status = await_child(pid);
	end_group(pid);
	shell_remove(dir);
	return status;
}
