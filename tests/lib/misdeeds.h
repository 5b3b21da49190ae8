/*
 * misdeeds.h - what no process in a sandbox may do, tried one by one. In a
 * header, so that unit tests need no other library than their layer's.
 */
#ifndef PLEIN_TEST_MISDEEDS_H
#define PLEIN_TEST_MISDEEDS_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Who may do more: who keeps files, and who starts programs as well. */
enum { ACTS_FILES = 1, ACTS_PROGRAMS = 2 };

/* What the call returned. */
struct act {
	const char *name;
	long (*try)(void);
	unsigned allowed; /* to whom, a set */
};

static inline long
act_open_a_file(void)
{
	return open("/dev/null", O_RDONLY);
}

static inline long
act_open_the_old_way(void)
{
#ifdef SYS_open
	return syscall(SYS_open, "/dev/null", O_RDONLY);
#else
	return act_open_a_file();
#endif
}

static inline long
act_open_the_new_way(void)
{
	unsigned long how[3] = { O_RDONLY, 0, 0 };

	return syscall(SYS_openat2, AT_FDCWD, "/dev/null", how, sizeof(how));
}

static inline long
act_make_a_file(void)
{
	return creat("/tmp/plein-box", 0600);
}

static inline long
act_remove_a_file(void)
{
	return unlink("/tmp/plein-box");
}

static inline long
act_rename_a_file(void)
{
	return rename("/tmp/plein-box", "/tmp/plein-box2");
}

static inline long
act_change_a_mode(void)
{
	return chmod("/tmp/plein-box", 0666);
}

static inline long
act_look_at_a_file(void)
{
	struct stat st;

	return stat("/dev/null", &st);
}

static inline long
act_open_a_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static inline long
act_connect_a_socket(void)
{
	struct sockaddr a = { .sa_family = AF_INET };

	return connect(0, &a, sizeof(a));
}

static inline long
act_accept_a_connection(void)
{
	return accept(0, NULL, NULL);
}

static inline long
act_run_a_program(void)
{
	char *argv[] = { NULL };

	return execve("/bin/true", argv, argv);
}

static inline long
act_run_an_open_program(void)
{
	char *argv[] = { NULL };

	return syscall(SYS_execveat, 0, "", argv, argv, AT_EMPTY_PATH);
}

static inline long
act_make_a_process(void)
{
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

static inline long
act_kill_another(void)
{
	return kill(1, 0);
}

static inline long
act_abort_another(void)
{
	return syscall(SYS_tgkill, 1, 1, 0);
}

static inline long
act_trace_another(void)
{
	return ptrace(PTRACE_ATTACH, 1, NULL, NULL);
}

static inline long
act_read_memory_of_another(void)
{
	return syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0);
}

static inline long
act_use_io_uring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL);
}

static inline long
act_push_keystrokes(void)
{
	return syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x");
}

static inline long
act_mount(void)
{
	return syscall(SYS_mount, "none", "/", "tmpfs", 0, NULL);
}

static inline long
act_leave_namespaces(void)
{
	return syscall(SYS_unshare, 0);
}

static inline long
act_change_the_root(void)
{
	return chroot("/");
}

static inline long
act_become_another(void)
{
	return syscall(SYS_setuid, 0);
}

static inline long
act_load_bpf(void)
{
	return syscall(SYS_bpf, 0, NULL, 0);
}

static inline long
act_open_a_netlink(void)
{
	return socket(AF_NETLINK, SOCK_RAW, 0);
}

static const struct act acts[] = {
	{ "open", act_open_a_file, ACTS_FILES },
	{ "open (old)", act_open_the_old_way, ACTS_FILES },
	{ "openat2", act_open_the_new_way, 0 },
	{ "creat", act_make_a_file, ACTS_FILES },
	{ "unlink", act_remove_a_file, ACTS_FILES },
	{ "rename", act_rename_a_file, ACTS_FILES },
	{ "chmod", act_change_a_mode, ACTS_FILES },
	{ "stat", act_look_at_a_file, ACTS_FILES },
	{ "socket", act_open_a_socket, 0 },
	{ "connect", act_connect_a_socket, ACTS_PROGRAMS },
	{ "accept", act_accept_a_connection, ACTS_FILES },
	{ "execve", act_run_a_program, ACTS_PROGRAMS },
	{ "execveat", act_run_an_open_program, ACTS_PROGRAMS },
	{ "clone", act_make_a_process, ACTS_PROGRAMS },
	{ "kill", act_kill_another, ACTS_PROGRAMS },
	{ "ptrace", act_trace_another, 0 },
	{ "tgkill", act_abort_another, 0 },
	{ "process_vm_readv", act_read_memory_of_another, 0 },
	{ "io_uring", act_use_io_uring, 0 },
	{ "TIOCSTI", act_push_keystrokes, 0 },
	{ "mount", act_mount, 0 },
	{ "unshare", act_leave_namespaces, 0 },
	{ "chroot", act_change_the_root, 0 },
	{ "setuid", act_become_another, 0 },
	{ "bpf", act_load_bpf, 0 },
	{ "socket (netlink)", act_open_a_netlink, 0 },
};

/* 0, or 1 after the first that is possible was told. */
static inline int
acts_try_with(unsigned allowed)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].allowed & allowed)
			continue;
		errno = 0;
		if (acts[i].try() != -1 || errno != EPERM) {
			(void)dprintf(2, "%s is possible (%d)\n", acts[i].name,
				      errno);
			return 1;
		}
	}
	return 0;
}

static inline int
acts_try(void)
{
	return acts_try_with(0);
}

#endif
