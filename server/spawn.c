/*
 * spawn.c - fork, put descriptors in their places, fexecve. Everything the
 * child needs is made before the fork, so that failing is the parent's.
 */
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "child.h"

#define N_PLACES (3 + SPAWN_FDS)

static void
close_if_open(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* In the child. */
static _Noreturn void
execute_program(const struct spawn *s, const int std[3], bool terminal)
{
	int places[N_PLACES] = { std[0],    std[1],    std[2],
				 s->fds[0], s->fds[1], s->fds[2] };
	int program;

	child_signals(true);
	if (terminal && ioctl(std[0], TIOCSCTTY, 0) < 0)
		_exit(CHILD_FAILED);
	/* Moved up, for it may sit where another one belongs. */
	program = fcntl(s->program, F_DUPFD_CLOEXEC, 64);
	if (program < 0)
		_exit(CHILD_FAILED);
	child_place(places, N_PLACES);
	if (s->gives_way)
		child_give_way();
	if (s->stay)
		child_reach_here(s->user);
	child_become(s->user);
	if (s->guard != GUARD_NONE)
		child_guard(s->guard);
	if (!s->stay && chdir("/") < 0)
		_exit(CHILD_FAILED);
	if (s->needs && access(s->needs, X_OK) < 0)
		_exit(CHILD_FAILED);
	(void)fexecve(program, s->argv, s->env);
	_exit(CHILD_FAILED);
}

static int
fork_program(const struct spawn *s, const int std[3], bool terminal, pid_t *pid,
	     struct err *err)
{
	*pid = fork();
	if (*pid < 0)
		return err_set_errno(err, errno, "fork");
	if (*pid == 0)
		execute_program(s, std, terminal);
	return 0;
}

/* No echo, no signals, no flow control, every byte at once: what is typed
 * before the program set its own mode must not show up on the screen. */
static int
set_raw(int slave)
{
	struct termios tio;

	if (tcgetattr(slave, &tio) < 0)
		return -1;
	tio.c_iflag &= ~(tcflag_t)(IXON | IXOFF | ICRNL | INLCR | IGNCR |
				   ISTRIP | BRKINT | INPCK);
	tio.c_iflag |= IUTF8;
	tio.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | ISIG | IEXTEN);
	tio.c_oflag |= OPOST | ONLCR;
	tio.c_cc[VMIN] = 1;
	tio.c_cc[VTIME] = 0;
	return tcsetattr(slave, TCSANOW, &tio);
}

static int
open_slave(int master, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)cols };
	int slave;

	if (unlockpt(master) < 0)
		return -1;
	/* By ioctl, not by name: works whatever is mounted on /dev/pts. */
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (slave < 0)
		return -1;
	if (set_raw(slave) < 0 || ioctl(slave, TIOCSWINSZ, &size) < 0)
		close_if_open(&slave);
	return slave;
}

int
spawn_pty(const struct spawn *s, int rows, int cols, int *master, pid_t *pid,
	  struct err *err)
{
	int slave = -1, rc;

	*master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*master >= 0)
		slave = open_slave(*master, rows, cols);
	if (slave < 0) {
		rc = err_set_errno(err, errno, "pseudo-terminal");
		goto out;
	}
	if (s->user && fchown(slave, s->user->uid, (gid_t)-1) < 0) {
		rc = err_set_errno(err, errno, "give away pseudo-terminal");
		goto out;
	}
	rc = fork_program(s, (int[3]){ slave, slave, slave }, true, pid, err);
out:
	close_if_open(&slave);
	if (rc < 0)
		close_if_open(master);
	return rc;
}

int
spawn_on(const struct spawn *s, const int std[3], pid_t *pid, struct err *err)
{
	return fork_program(s, std, false, pid, err);
}

/* ours[i] and theirs[i] are the two ends of pipe i. */
static int
open_pipes(int ours[3], int theirs[3])
{
	int ends[2];

	for (int i = 0; i < 3; i++) {
		if (pipe2(ends, O_CLOEXEC) < 0)
			return -1;
		ours[i] = ends[i == STDIN_FILENO ? 1 : 0];
		theirs[i] = ends[i == STDIN_FILENO ? 0 : 1];
	}
	return 0;
}

int
spawn_pipes(const struct spawn *s, int ends[3], pid_t *pid, struct err *err)
{
	int theirs[3] = { -1, -1, -1 };
	int rc;

	memset(ends, 0xff, 3 * sizeof(int));
	if (open_pipes(ends, theirs) < 0)
		rc = err_set_errno(err, errno, "pipe");
	else
		rc = fork_program(s, theirs, false, pid, err);
	for (int i = 0; i < 3; i++) {
		close_if_open(&theirs[i]);
		if (rc < 0)
			close_if_open(&ends[i]);
	}
	return rc;
}

int
spawn_output(const struct spawn *s, int in, int *out, pid_t *pid,
	     struct err *err)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), ends[2], rc;

	*out = -1;
	if (null < 0)
		return err_set_errno(err, errno, "/dev/null");
	if (pipe2(ends, O_CLOEXEC) < 0) {
		rc = err_set_errno(err, errno, "pipe");
	} else {
		rc = fork_program(
			s,
			(int[3]){ in < 0 ? null : in, ends[1], STDERR_FILENO },
			false, pid, err);
		(void)close(ends[1]);
		if (rc == 0)
			*out = ends[0];
		else
			(void)close(ends[0]);
	}
	(void)close(null);
	return rc;
}

/* With nothing to read. */
static int
fork_reporting(const struct spawn *s, bool output, int report, pid_t *pid,
	       struct err *err)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), rc;

	if (null < 0)
		return err_set_errno(err, errno, "/dev/null");
	rc = fork_program(s, (int[3]){ null, output ? report : null, report },
			  false, pid, err);
	(void)close(null);
	return rc;
}

int
spawn_told(const struct spawn *s, int report, pid_t *pid, struct err *err)
{
	return fork_reporting(s, true, report, pid, err);
}

int
spawn_silent(const struct spawn *s, int report, pid_t *pid, struct err *err)
{
	return fork_reporting(s, false, report, pid, err);
}
