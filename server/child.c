/* child.c - see child.h. close_range(2) does the bulk of the closing. */
#include "child.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/close_range.h>

#include "plein/sandbox.h"

#define MAX_KEPT 8
#define NICE 10
/* ioprio_set(2): this process; class "best effort" (2), its last level. */
#define IOPRIO_PROCESS 1
#define IOPRIO_LAST (2 << 13 | 7)
/* Above every place a program expects a descriptor at. */
#define FIRST_SPARE 16
/* A folder every system has, open to all, used by no program. */
#define OPEN_PLACE "/mnt"

#define MB ((rlim_t)1024 * 1024)

/* A clone reads packs through windows, of at most 1 GiB (program.c); upkeep
 * writes a pack as large as the repository. Processes are those of the owner
 * of DATA, all together: a last barrier. */
static const struct {
	rlim_t memory, file, seconds, processes;
} guards[GUARD_N] = {
	[GUARD_RECEIVE] = { 1024 * MB, 512 * MB, 120, 4096 },
	[GUARD_UPLOAD] = { 4096 * MB, 512 * MB, 600, 4096 },
	[GUARD_UPKEEP] = { 4096 * MB, RLIM_INFINITY, 3600, 4096 },
};

void
child_signals(bool program)
{
	struct sigaction sa;
	sigset_t none;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = SIG_DFL;
	/* Fails for SIGKILL, SIGSTOP and libc's own: they have no handler. */
	for (int sig = 1; sig < NSIG; sig++)
		if (sig != SIGPIPE || program)
			(void)sigaction(sig, &sa, NULL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	/* Fails only for a session leader, which is what we want to be. */
	(void)setsid();
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

void
child_keep(const int *fds, int n)
{
	int sorted[MAX_KEPT];
	int first = STDERR_FILENO + 1;

	if (n < 0 || n > MAX_KEPT)
		_exit(CHILD_FAILED);
	memcpy(sorted, fds, (size_t)n * sizeof(int));
	qsort(sorted, (size_t)n, sizeof(int), compare_ints);
	for (int i = 0; i < n; i++) {
		if (sorted[i] < first)
			continue;
		if (sorted[i] > first &&
		    close_range((unsigned)first, (unsigned)sorted[i] - 1, 0) <
			    0)
			_exit(CHILD_FAILED);
		first = sorted[i] + 1;
	}
	if (close_range((unsigned)first, ~0U, 0) < 0)
		_exit(CHILD_FAILED);
}

void
child_place(const int *fds, int n)
{
	int spare[MAX_KEPT];

	if (n < 0 || n > MAX_KEPT)
		_exit(CHILD_FAILED);
	/* First all out of the way: a source may sit at another's place. */
	for (int i = 0; i < n; i++) {
		spare[i] = -1;
		if (fds[i] < 0)
			continue;
		spare[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, FIRST_SPARE);
		if (spare[i] < 0)
			_exit(CHILD_FAILED);
	}
	for (int i = 0; i < n; i++) {
		if (spare[i] < 0)
			(void)close(i);
		else if (dup2(spare[i], i) < 0)
			_exit(CHILD_FAILED);
	}
	if (close_range((unsigned)n, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
		_exit(CHILD_FAILED);
}

void
child_give_way(void)
{
	/* Wishes: without them it works as well. */
	(void)setpriority(PRIO_PROCESS, 0, NICE);
	(void)syscall(SYS_ioprio_set, IOPRIO_PROCESS, 0, IOPRIO_LAST);
}

void
child_become(const struct user *user)
{
	if (user && users_become(user, NULL) < 0)
		_exit(CHILD_FAILED);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		_exit(CHILD_FAILED);
}

void
child_reach_here(const struct user *user)
{
	if (!user || user->uid == 0)
		return;
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount(".", OPEN_PLACE, NULL, MS_BIND, NULL) < 0)
		return;
	if (chdir(OPEN_PLACE) < 0)
		_exit(CHILD_FAILED);
}

static void
limit(int what, rlim_t most)
{
	const struct rlimit both = { most, most };

	/* More than we may have is less already. */
	(void)setrlimit((__rlimit_resource_t)what, &both);
}

/* Bytes of address space we use ourselves. */
static rlim_t
find_own_size(void)
{
	FILE *in = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (!in)
		return 0;
	if (fscanf(in, "%lu", &pages) != 1)
		pages = 0;
	(void)fclose(in); /* only read */
	return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

void
child_guard(enum guard guard)
{
	/* Git starts our program again as its hook: what is too little for us
	 * (a build with sanitizers reserves terabytes) is too little there. */
	if (find_own_size() < guards[guard].memory / 2)
		limit(RLIMIT_AS, guards[guard].memory);
	limit(RLIMIT_FSIZE, guards[guard].file);
	limit(RLIMIT_CPU, guards[guard].seconds);
	limit(RLIMIT_NPROC, guards[guard].processes);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 ||
	    sandbox_filter(SANDBOX_GIT, NULL) < 0)
		_exit(CHILD_FAILED);
}

void
child_keep_secrets(void)
{
	limit(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks as a debugger does */
	if (prctl(PR_SET_DUMPABLE, 0) < 0)
		_exit(CHILD_FAILED);
#endif
}
