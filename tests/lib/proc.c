/*
 * Feeds and drains a child with poll(2), so that neither side waits for the
 * other, and kills it by pid when the deadline passes.
 */
#include "proc.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

#include "plein/clock.h"
#include "plein/mem.h"

struct pump {
	int in, out, err;
	const struct buf *input;
	size_t sent;
};

void
proc_result_release(struct proc_result *r)
{
	buf_release(&r->out);
	buf_release(&r->err);
}

static void
make_pipe(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) < 0)
		die("pipe: no descriptors");
}

static pid_t
start_child(const char *const argv[], const char *dir, struct pump *p)
{
	int in[2], out[2], err[2];
	pid_t pid;

	make_pipe(in);
	make_pipe(out);
	make_pipe(err);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		if (dir && chdir(dir) < 0)
			_exit(126);
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)dup2(err[1], 2);
		(void)signal(SIGPIPE, SIG_DFL);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	(void)close(err[1]);
	p->in = in[1];
	p->out = out[0];
	p->err = err[0];
	return pid;
}

static void
close_end(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static void
feed_input(struct pump *p)
{
	ssize_t n;

	if (p->input && p->sent < p->input->len) {
		n = write(p->in, p->input->ptr + p->sent,
			  p->input->len - p->sent);
		if (n > 0)
			p->sent += (size_t)n;
		if (n >= 0 || errno == EAGAIN)
			return;
	}
	close_end(&p->in);
}

static void
drain_output(int *fd, struct buf *into)
{
	char *room = buf_room(into, 65536);
	ssize_t n = read(*fd, room, 65536);

	if (n > 0) {
		into->len += (size_t)n;
		into->ptr[into->len] = '\0';
	} else {
		close_end(fd);
	}
}

static int
pump_until(struct pump *p, struct proc_result *r, int64_t deadline)
{
	while (p->out >= 0 || p->err >= 0) {
		struct pollfd fds[3] = { { p->in, POLLOUT, 0 },
					 { p->out, POLLIN, 0 },
					 { p->err, POLLIN, 0 } };
		int64_t left = deadline - clock_mono_ms();

		if (left <= 0)
			return -1;
		if (poll(fds, 3, (int)left) <= 0)
			continue;
		if (fds[0].revents)
			feed_input(p);
		if (fds[1].revents)
			drain_output(&p->out, &r->out);
		if (fds[2].revents)
			drain_output(&p->err, &r->err);
	}
	return 0;
}

void
proc_run(struct proc_result *r, const char *const argv[], const char *dir,
	 const struct buf *input, int timeout_ms)
{
	struct pump p = { -1, -1, -1, input, 0 };
	int status;
	pid_t pid;

	buf_init(&r->out);
	buf_init(&r->err);
	(void)signal(SIGPIPE, SIG_IGN);
	pid = start_child(argv, dir, &p);
	(void)fcntl(p.in, F_SETFL, O_NONBLOCK);
	if (pump_until(&p, r, clock_mono_ms() + timeout_ms) < 0)
		(void)kill(pid, SIGKILL);
	close_end(&p.in);
	close_end(&p.out);
	close_end(&p.err);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status))
		r->status = WEXITSTATUS(status);
	else
		r->status = WTERMSIG(status) == SIGKILL
				    ? -1
				    : 128 + WTERMSIG(status);
}

void
proc_run_text(struct proc_result *r, const char *const argv[], const char *s,
	      size_t len)
{
	struct buf input = BUF_INIT;

	buf_add(&input, s, len);
	proc_run(r, argv, NULL, &input, 60000);
	buf_release(&input);
}
