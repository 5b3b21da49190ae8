/*
 * supervised.h - a supervisor under test, in a process of its own, with puppets
 * for what it forks, and callers to it.
 */
#ifndef PLEIN_TEST_SUPERVISED_H
#define PLEIN_TEST_SUPERVISED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "puppets.h"
#include "supervisor.h"

struct stage {
	char path[64]; /* the data folder */
	const char *program; /* in place of plein */
	const char *git; /* in place of it */
	const char *conf; /* settings, or NULL */
	bool strict; /* house.h */
	struct listener listener;
	pid_t pid;
};

static inline int
read_conf(struct house *h, const char *text)
{
	int rc = fs_replace_at(h->data, "plein.conf", text, strlen(text), 0600,
			       NULL);

	if (!rc)
		rc = house_read_conf(h, NULL);
	(void)unlinkat(h->data, "plein.conf", 0);
	return rc;
}

static inline _Noreturn void
run_supervisor(struct stage *s, const struct house_jobs *jobs)
{
	struct house h;
	int null = open("/dev/null", O_RDWR);

	/* A test that fails leaves nobody behind. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	house_init(&h);
	h.strict = s->strict;
	h.jobs = jobs;
	h.data = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	h.lock = dup(null);
	h.program = open(s->program, O_PATH | O_CLOEXEC);
	h.git = open(s->git ? s->git : "/bin/echo", O_PATH | O_CLOEXEC);
	if (h.data < 0 || fchdir(h.data) < 0 ||
	    users_find(&h.users, h.data, NULL))
		_exit(21);
	if (s->conf && read_conf(&h, s->conf))
		_exit(20);
	h.listeners[0] = s->listener;
	h.n_listeners = 1;
	vec_push(&h.spaces, mem_strdup("agenda"));
	vec_push(&h.spaces, mem_strdup("besloten"));
	vec_push(&h.spaces, mem_strdup("zorg"));
	(void)dup2(null, STDERR_FILENO);
	if (supervisor_prepare(&h, NULL) < 0)
		_exit(22);
	_exit(supervisor_run(&h));
}

static inline void
start(struct stage *s, const struct house_jobs *jobs)
{
	struct address at;

	if (!s->path[0]) {
		(void)snprintf(s->path, sizeof(s->path),
			       "/tmp/test_super.XXXXXX");
		assert_non_null(mkdtemp(s->path));
	}
	if (!s->program)
		s->program = "/bin/sh";
	assert_int_equal(address_parse(&at, "127.0.0.1:0", NULL), 0);
	assert_int_equal(listener_open(&s->listener, &at, NULL), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		run_supervisor(s, jobs);
	listener_close(&s->listener);
}

/* Wait for its end; the exit code. */
static inline int
wait_for_end(struct stage *s)
{
	int status;

	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_int_equal(rmdir(s->path), 0);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static inline int
stop(struct stage *s)
{
	assert_int_equal(kill(s->pid, SIGTERM), 0);
	return wait_for_end(s);
}

static inline int
call(const struct stage *s)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd,
				 (const struct sockaddr *)&s->listener.at.sa,
				 s->listener.at.len),
			 0);
	return fd;
}

/* What comes next from the puppet must hold `text`; all of it into seen. */
static inline void
expect(int fd, const char *text)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct buf seen = BUF_INIT;
	ssize_t n;

	while (!strstr(seen.ptr, text)) {
		if (poll(&p, 1, PATIENCE_MS) != 1)
			fail_msg("no \"%s\" in \"%s\"", text, seen.ptr);
		n = read(fd, buf_room(&seen, 1), 1);
		if (n <= 0)
			fail_msg("end before \"%s\": \"%s\"", text, seen.ptr);
		seen.len++;
		*buf_room(&seen, 1) = '\0';
	}
	buf_release(&seen);
}

/* Nothing came behind what was heard, but the rest of its line. */
static inline void
expect_silence(int fd)
{
	char rest[200];
	ssize_t n = recv(fd, rest, sizeof(rest) - 1, MSG_DONTWAIT);

	rest[n > 0 ? n : 0] = '\0';
	if (strchr(rest, '{'))
		fail_msg("told: %s", rest);
}

static inline void
expect_end(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char c;

	do
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	while (read(fd, &c, 1) > 0);
	(void)close(fd);
}

static inline int
call_and_sign_in(const struct stage *s)
{
	int fd = call(s);

	expect(fd, "{\"op\":\"wiki\"} 1\n");
	say(fd, "stream ann");
	expect(fd, "signed in\n");
	return fd;
}

#define SPAWN_COMMAND "{\"op\":\"spawn\",\"kind\":\"command\",\"line\":\"x\"}"
#define SPAWN_SCREEN "{\"op\":\"spawn\",\"kind\":\"screen\",\"line\":\"x\"}"
#define SPAWN_UPLOAD(space) \
	"{\"op\":\"spawn\",\"kind\":\"upload\",\"space\":\"" space "\"," \
	"\"language\":\"en\"}"

/* How many processes has the supervisor? */
static inline int
count_children(const struct stage *s)
{
	char path[64], text[4096];
	int fd, n = 0;
	ssize_t len;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
		       (int)s->pid, (int)s->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	len = read(fd, text, sizeof(text));
	(void)close(fd);
	for (ssize_t i = 0; i < len; i++)
		n += text[i] == ' ';
	return n;
}

static inline void
wait_for_children(const struct stage *s, int n)
{
	int turns = PATIENCE_MS / 10;

	while (count_children(s) != n && turns-- > 0)
		(void)poll(NULL, 0, 10);
	assert_int_equal(count_children(s), n);
}

#endif
