/*
 * allowlist.c - an allow list, not a list of what is forbidden: new ways to
 * touch a file appear with every kernel. Descriptors still come in by
 * recvmsg() from the supervisor.
 */
#include "plein/allowlist.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <seccomp.h>

/* What everybody needs. */
static const int common[] = {
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
	SCMP_SYS(fcntl),
	SCMP_SYS(fcntl64),
	SCMP_SYS(lseek),
	SCMP_SYS(shutdown),
	SCMP_SYS(fstat),
	SCMP_SYS(fstat64),
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
	SCMP_SYS(rseq),
	SCMP_SYS(sysinfo),
	/* about itself */
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

static const int connection[] = {
	SCMP_SYS(close_range),
	SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname),
	SCMP_SYS(getpeername),
	SCMP_SYS(dup),
	SCMP_SYS(dup2),
	SCMP_SYS(dup3),
	SCMP_SYS(membarrier),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(getppid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(getrusage),
	SCMP_SYS(getrlimit),
	SCMP_SYS(uname),
	SCMP_SYS(sched_getaffinity),
};

/* Its signals come by a descriptor too. */
static const int client[] = { SCMP_SYS(signalfd4) };

/*
 * Files below its folder (Landlock holds it there, or the root of its file
 * system), threads, and sockets of this machine. It starts no program and no
 * process.
 */
static const int wiki[] = {
	/* files */
	SCMP_SYS(open),
	SCMP_SYS(openat),
	SCMP_SYS(creat),
	SCMP_SYS(pread64),
	SCMP_SYS(pwrite64),
	SCMP_SYS(preadv),
	SCMP_SYS(pwritev),
	SCMP_SYS(stat),
	SCMP_SYS(stat64),
	SCMP_SYS(lstat),
	SCMP_SYS(lstat64),
	SCMP_SYS(newfstatat),
	SCMP_SYS(fstatat64),
	SCMP_SYS(statx),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),
	SCMP_SYS(readlink),
	SCMP_SYS(readlinkat),
	SCMP_SYS(getdents64),
	SCMP_SYS(getcwd),
	SCMP_SYS(chdir),
	SCMP_SYS(fchdir),
	SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat),
	SCMP_SYS(rmdir),
	SCMP_SYS(unlink),
	SCMP_SYS(unlinkat),
	SCMP_SYS(rename),
	SCMP_SYS(renameat),
	SCMP_SYS(renameat2),
	SCMP_SYS(link),
	SCMP_SYS(linkat),
	SCMP_SYS(symlink),
	SCMP_SYS(symlinkat),
	SCMP_SYS(chmod),
	SCMP_SYS(fchmod),
	SCMP_SYS(fchmodat),
	SCMP_SYS(fchown), /* SQLite, as the owner */
	SCMP_SYS(umask),
	SCMP_SYS(utimensat),
	SCMP_SYS(truncate),
	SCMP_SYS(ftruncate),
	SCMP_SYS(ftruncate64),
	SCMP_SYS(fallocate),
	SCMP_SYS(fadvise64),
	SCMP_SYS(fsync),
	SCMP_SYS(fdatasync),
	SCMP_SYS(syncfs),
	SCMP_SYS(sync_file_range),
	SCMP_SYS(msync),
	SCMP_SYS(mincore),
	SCMP_SYS(flock),
	SCMP_SYS(statfs),
	SCMP_SYS(fstatfs),
	SCMP_SYS(memfd_create),
	SCMP_SYS(sendfile),
	SCMP_SYS(copy_file_range),
	/* waiting */
	SCMP_SYS(epoll_create1),
	SCMP_SYS(epoll_ctl),
	SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait),
	SCMP_SYS(eventfd2),
	SCMP_SYS(pipe2),
	SCMP_SYS(select),
	SCMP_SYS(pselect6),
	SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime),
	SCMP_SYS(signalfd4),
	/* sockets it has or is called on */
	SCMP_SYS(bind),
	SCMP_SYS(listen),
	SCMP_SYS(accept),
	SCMP_SYS(accept4),
	SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname),
	SCMP_SYS(getpeername),
	SCMP_SYS(dup),
	SCMP_SYS(dup2),
	SCMP_SYS(dup3),
	SCMP_SYS(close_range),
	/* threads, and about itself */
	SCMP_SYS(set_robust_list),
	SCMP_SYS(membarrier),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(sched_setaffinity),
	SCMP_SYS(sched_setscheduler),
	SCMP_SYS(sched_getparam),
	SCMP_SYS(sched_getscheduler),
	SCMP_SYS(setpriority),
	SCMP_SYS(getpriority),
	SCMP_SYS(getppid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(getrusage),
	SCMP_SYS(getrlimit),
	SCMP_SYS(prlimit64),
	SCMP_SYS(uname),
	SCMP_SYS(getcpu),
	SCMP_SYS(times),
	SCMP_SYS(rt_sigtimedwait),
	SCMP_SYS(rt_sigpending),
};

/*
 * git, which reads what strangers push and ask for, and its hooks: as the wiki
 * process, and programs. They become nobody else, look into no other process,
 * open no network socket, and change nothing of the system.
 */
static const int git[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(clone),
	SCMP_SYS(wait4),
	SCMP_SYS(waitid),
	SCMP_SYS(kill),
	SCMP_SYS(pipe),
	SCMP_SYS(connect), /* a hook, to the wiki process */
	SCMP_SYS(arch_prctl),
	SCMP_SYS(set_tid_address),
	SCMP_SYS(setrlimit),
	SCMP_SYS(getgroups),
	SCMP_SYS(getresuid),
	SCMP_SYS(getresgid),
	SCMP_SYS(getpgrp),
	SCMP_SYS(getpgid),
	SCMP_SYS(getsid),
	SCMP_SYS(alarm),
	SCMP_SYS(setitimer),
	SCMP_SYS(utime),
	SCMP_SYS(utimes),
	SCMP_SYS(getdents),
	SCMP_SYS(readahead),
	SCMP_SYS(sync_file_range),
};

/* TCGETS is isatty(). */
static const unsigned long connection_ioctls[] = { TIOCSWINSZ, TCGETS };

/* A terminal's size and modes; not TIOCSTI, which types for the person. */
static const unsigned long client_ioctls[] = { TIOCGWINSZ, TCGETS,  TCSETS,
					       TCSETSW,	   TCSETSF, TCFLSH };

/* libuv sets what it waits on so. */
static const unsigned long wiki_ioctls[] = { TCGETS, FIONBIO, FIOCLEX,
					     FIONREAD };

struct rights {
	const int *calls;
	size_t n_calls;
	const unsigned long *ioctls;
	size_t n_ioctls;
};

#define N(list) (sizeof(list) / sizeof((list)[0]))

static const struct rights all_rights[SANDBOX_N] = {
	[SANDBOX_CONNECTION] = { connection, N(connection), connection_ioctls,
				 N(connection_ioctls) },
	[SANDBOX_CLIENT] = { client, N(client), client_ioctls,
			     N(client_ioctls) },
	[SANDBOX_WIKI] = { wiki, N(wiki), wiki_ioctls, N(wiki_ioctls) },
	[SANDBOX_GIT] = { git, N(git), wiki_ioctls, N(wiki_ioctls) },
	/* Reads words and writes words. */
	[SANDBOX_SPELL] = { NULL, 0, NULL, 0 },
};

static int
add_calls(scmp_filter_ctx filter, const int *calls, size_t n)
{
	int rc = 0;

	/* A name this machine does not have stays forbidden. */
	for (size_t i = 0; i < n; i++)
		if (calls[i] >= 0)
			rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i],
					       0);
	return rc;
}

/* abort() sends a signal: to ourselves only. */
static int
add_rules(scmp_filter_ctx filter, const struct rights *r)
{
	int rc = add_calls(filter, common, N(common)) |
		 add_calls(filter, r->calls, r->n_calls);

	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
			       SCMP_A0(SCMP_CMP_EQ, SANDBOX_OWN_PID));
	for (size_t i = 0; i < r->n_ioctls; i++)
		rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl),
				       1, SCMP_A1(SCMP_CMP_EQ, r->ioctls[i]));
	return rc;
}

/* It keeps files, and knocks at sockets of this machine. */
static bool
keeps_files(enum sandbox who)
{
	return who == SANDBOX_WIKI || who == SANDBOX_GIT;
}

/* A thread is no process, and has a name; of clone3() a filter sees nothing, so the C library
 * is told that there is none. */
static int
add_threads(scmp_filter_ctx filter)
{
	int rc = seccomp_rule_add(
		filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
		SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));

	rc |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3),
			       0);
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
			       SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME));
	return rc | seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket),
				     1, SCMP_A0(SCMP_CMP_EQ, AF_UNIX));
}

/* A tree instead of a list: the kernel walks it for every call there is when
 * it takes the filter, which is most of what a filter costs. */
static int
write_code(int fd, enum sandbox who)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = -ENOMEM;

	if (filter != NULL)
		rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (rc == 0)
		rc = add_rules(filter, &all_rights[who]);
	if (rc == 0 && who == SANDBOX_GIT)
		rc = add_calls(filter, wiki, N(wiki));
	if (rc == 0 && keeps_files(who))
		rc = add_threads(filter);
	if (rc == 0)
		rc = seccomp_export_bpf(filter, fd);
	seccomp_release(filter);
	return rc;
}

static int
read_code(int fd, struct sock_filter *code, size_t *n)
{
	const size_t size = sizeof(*code);
	ssize_t len = pread(fd, code, ALLOWLIST_CODE_MAX * size, 0);

	if (len <= 0 || len == (ssize_t)(ALLOWLIST_CODE_MAX * size))
		return -E2BIG;
	*n = (size_t)len / size;
	return 0;
}

int
allowlist_compile(enum sandbox who, struct sock_filter *code, size_t *n,
		  struct err *err)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	int rc;

	if (fd < 0)
		return err_set_errno(err, errno, "memfd");
	rc = write_code(fd, who);
	if (rc == 0)
		rc = read_code(fd, code, n);
	(void)close(fd); /* only memory */
	return rc == 0 ? 0
		       : err_set_errno(err, rc < 0 ? -rc : EINVAL, "seccomp");
}
