/*
 * An allow list, not a list of what is forbidden: new ways to touch a file
 * appear with every kernel. Descriptors still come in by recvmsg() from the
 * supervisor; logging writes to stderr.
 */
#include "ssh/box.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <time.h>

#include <seccomp.h>

#include "ssh/heap.h"

#ifdef __SANITIZE_ADDRESS__
#define MEMORY_MAX RLIM_INFINITY /* its shadow memory counts as data */
#else
#define MEMORY_MAX (128UL * 1024 * 1024)
#endif

static const int allowed[] = {
	/* bytes on open descriptors */
	SCMP_SYS(read),
	SCMP_SYS(readv),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg),
	SCMP_SYS(sendto),
	SCMP_SYS(sendmsg),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(close),
	SCMP_SYS(close_range),
	SCMP_SYS(fcntl),
	SCMP_SYS(fcntl64),
	SCMP_SYS(lseek),
	SCMP_SYS(shutdown),
	SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname),
	SCMP_SYS(getpeername),
	SCMP_SYS(fstat),
	SCMP_SYS(fstat64),
	SCMP_SYS(dup),
	SCMP_SYS(dup2),
	SCMP_SYS(dup3),
	/* memory, time, chance */
	SCMP_SYS(brk),
	SCMP_SYS(mmap),
	SCMP_SYS(mmap2),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(mprotect),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),
	SCMP_SYS(futex_time64),
	SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_getres),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	SCMP_SYS(sched_yield),
	SCMP_SYS(membarrier),
	SCMP_SYS(rseq),
	SCMP_SYS(set_robust_list),
	/* about itself */
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getppid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(getrusage),
	SCMP_SYS(getrlimit),
	SCMP_SYS(uname),
	SCMP_SYS(sysinfo),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

#define N_ALLOWED (sizeof(allowed) / sizeof(allowed[0]))

/* The size of a terminal; TCGETS is isatty(). */
static const unsigned long ioctls[] = { TIOCSWINSZ, TCGETS };

static int
add_rules(scmp_filter_ctx filter)
{
	int rc = 0;

	/* A name this machine does not have stays forbidden. */
	for (size_t i = 0; i < N_ALLOWED; i++)
		if (allowed[i] >= 0)
			rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW,
					       allowed[i], 0);
	for (size_t i = 0; i < 2; i++)
		rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl),
				       1, SCMP_A1(SCMP_CMP_EQ, ioctls[i]));
	return rc;
}

static int
load_filter(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = -ENOMEM;

	if (filter != NULL)
		rc = add_rules(filter);
	if (rc == 0)
		rc = seccomp_load(filter);
	seccomp_release(filter);
	return rc == 0 ? 0
		       : err_set_errno(err, rc < 0 ? -rc : EINVAL, "seccomp");
}

static int
bound_resources(struct err *err)
{
	static const struct rlimit none = { 0, 0 };
	static const struct rlimit memory = { MEMORY_MAX, MEMORY_MAX };

	/* The host key is in memory: no core, no debugger. */
	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0)
		return err_set_errno(err, errno, "setrlimit");
	if (setrlimit(RLIMIT_DATA, &memory) != 0)
		return err_set_errno(err, errno, "setrlimit");
	heap_be_strict();
	return 0;
}

int
box_close(struct err *err)
{
	int rc;

	tzset(); /* log records carry local time; its file is out of reach */
	rc = bound_resources(err);
	return rc == 0 ? load_filter(err) : rc;
}
