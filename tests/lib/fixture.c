/*
 * One wiki per test program. The supervisor's log is read through a pipe:
 * it tells the port and when the wiki is ready, so that nothing sleeps.
 */
#include "fixture.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"

#define READY_MS 20000
#define RELOAD_MS 1500

const char *
fixture_program(const char *name)
{
	static char path[2][512];
	char *to = path[strcmp(name, "plein") == 0];
	char exe[400];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *cut;

	if (n < 0)
		die("cannot find myself");
	exe[n] = '\0';
	cut = strstr(exe, "/tests/");
	if (!cut)
		die("not built in a tests folder");
	*cut = '\0';
	(void)snprintf(to, sizeof(path[0]), "%s/%s", exe, name);
	return to;
}

static void
run_or_fail(const char *const argv[])
{
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, 60000);
	if (r.status != 0)
		fail_msg("%s %s: status %d: %s", argv[0], argv[1], r.status,
			 r.err.ptr);
	proc_result_release(&r);
}

void
fixture_make_key(struct fixture *f, const char *name, char path[80])
{
	const char *argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "",
			       "-C",	     name, "-f", path,	    NULL };

	(void)snprintf(path, 80, "%s/%s", f->dir, name);
	run_or_fail(argv);
}

void
fixture_add_person(struct fixture *f, const char *handle, const char *name,
		   const char *role, char key[80])
{
	char pub[96];
	const char *argv[] = { fixture_program("pleind"),
			       "user",
			       "add",
			       f->data,
			       handle,
			       "--name",
			       name,
			       "--role",
			       role,
			       "--key",
			       pub,
			       NULL };

	fixture_make_key(f, handle, key);
	(void)snprintf(pub, sizeof(pub), "%s.pub", key);
	run_or_fail(argv);
}

void
fixture_init(struct fixture *f)
{
	const char *tmp = getenv("TMPDIR");
	const char *init[] = { fixture_program("pleind"),
			       "init",
			       f->data,
			       "--template",
			       "repo-template",
			       "--host",
			       "agenda.example.nl",
			       NULL };

	memset(f, 0, sizeof(*f));
	f->log = -1;
	buf_init(&f->seen);
	(void)snprintf(f->dir, sizeof(f->dir), "%.40s/plein-XXXXXX",
		       tmp ? tmp : "/tmp");
	if (!mkdtemp(f->dir))
		die("mkdtemp %s", f->dir);
	(void)snprintf(f->data, sizeof(f->data), "%s/data", f->dir);
	run_or_fail(init);
	fixture_add_person(f, "tester", "Toos Tester", "beheerder", f->key);
}

/* What came from the log since, at most until `deadline`. */
static bool
read_log(struct fixture *f, int64_t deadline)
{
	struct pollfd p = { f->log, POLLIN, 0 };
	int64_t left = deadline - clock_mono_ms();
	ssize_t n;

	if (left <= 0 || poll(&p, 1, (int)left) <= 0)
		return false;
	n = read(f->log, buf_room(&f->seen, 8192), 8192);
	if (n <= 0)
		return false;
	f->seen.len += (size_t)n;
	f->seen.ptr[f->seen.len] = '\0';
	return true;
}

static bool
wait_for(struct fixture *f, const char *text, int ms)
{
	int64_t deadline = clock_mono_ms() + ms;

	while (!strstr(f->seen.ptr, text))
		if (!read_log(f, deadline))
			return false;
	return true;
}

bool
fixture_log_wait(struct fixture *f, const char *text)
{
	return wait_for(f, text, READY_MS);
}

bool
fixture_log_holds(struct fixture *f, const char *text)
{
	while (read_log(f, clock_mono_ms() + 10))
		;
	return strstr(f->seen.ptr, text) != NULL;
}

/* The port in the record {"event":"ready",…,"port":N}. */
static void
note_port(struct fixture *f)
{
	const char *at = strstr(f->seen.ptr, "\"ready\"");
	const char *p = at ? strstr(at, "\"port\":") : NULL;
	size_t i = 0;

	if (!p)
		fail_msg("no port in the log: %s", f->seen.ptr);
	for (p += 7; isdigit((unsigned char)*p) && i < 7; p++)
		f->port[i++] = *p;
	f->port[i] = '\0';
}

void
fixture_serve(struct fixture *f)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		die("pipe");
	/* Room for what is logged while nobody reads; a wish. */
	(void)fcntl(fds[0], F_SETPIPE_SZ, 1 << 20);
	f->pid = fork();
	if (f->pid < 0)
		die("fork");
	if (f->pid == 0) {
		/* a test that dies leaves no server behind */
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		(void)dup2(fds[1], 2);
		execl(fixture_program("pleind"), "pleind", "serve", f->data,
		      "--listen", "127.0.0.1:0",
		      f->front[0] ? "--front" : (char *)NULL, f->front,
		      (char *)NULL);
		_exit(127);
	}
	(void)close(fds[1]);
	f->log = fds[0];
	buf_reset(&f->seen);
	if (!fixture_log_wait(f, "\"ready\"") || !strchr(f->seen.ptr, '\n'))
		fail_msg("the server did not start: %s", f->seen.ptr);
	note_port(f);
}

void
fixture_configure(struct fixture *f, const char *lines)
{
	struct buf conf = BUF_INIT;
	char file[112];

	(void)snprintf(file, sizeof(file), "%s/plein.conf", f->data);
	assert_int_equal(fs_read_at(AT_FDCWD, file, &conf, 65536, NULL), 0);
	buf_printf(&conf, "%s\n", lines);
	assert_int_equal(
		fs_replace_at(AT_FDCWD, file, conf.ptr, conf.len, 0600, NULL),
		0);
	buf_release(&conf);
	buf_reset(&f->seen);
	/* It may log too much in this second to say so: again in the next. */
	for (int i = 0; i < READY_MS / RELOAD_MS; i++) {
		assert_int_equal(kill(f->pid, SIGHUP), 0);
		if (wait_for(f, "wiki.reload", RELOAD_MS))
			return;
	}
	fail_msg("plein.conf was not read again: %s", f->seen.ptr);
}

void
fixture_start(struct fixture *f)
{
	fixture_init(f);
	fixture_serve(f);
}

void
fixture_remove(struct fixture *f)
{
	const char *argv[] = { "rm", "-rf", f->dir, NULL };

	run_or_fail(argv);
	if (f->log >= 0)
		(void)close(f->log);
	buf_release(&f->seen);
}

/* Wait with a deadline; -1 when it had to be killed. */
static int
await_end(pid_t pid, struct fixture *f)
{
	int64_t deadline = clock_mono_ms() + READY_MS;
	int status;

	/* The log ends when the supervisor and all below it are gone. */
	while (read_log(f, deadline))
		;
	if (clock_mono_ms() >= deadline)
		(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
fixture_stop(struct fixture *f)
{
	int status;

	if (f->pid <= 0) /* it was never started: 0 would be all of us */
		return -1;
	(void)kill(f->pid, SIGTERM);
	status = await_end(f->pid, f);
	if (strstr(f->seen.ptr, "Sanitizer"))
		fail_msg("sanitizer: %s", f->seen.ptr);
	(void)close(f->log);
	f->log = -1;
	return status;
}

int
fixture_ssh_argv(const struct fixture *f, const char *key,
		 const char *const extra[], const char *argv[FIXTURE_ARGS])
{
	static char known[128], port[16];
	const char *const first[] = { "ssh",
				      "-F",
				      "/dev/null",
				      "-o",
				      known,
				      "-o",
				      "StrictHostKeyChecking=no",
				      "-o",
				      "IdentitiesOnly=yes",
				      "-o",
				      "BatchMode=yes",
				      "-o",
				      "LogLevel=ERROR",
				      "-i",
				      key,
				      "-p",
				      port,
				      NULL };
	int n = 0, i;

	(void)snprintf(known, sizeof(known), "UserKnownHostsFile=%s/known",
		       f->dir);
	(void)snprintf(port, sizeof(port), "%s", f->port);
	for (i = 0; first[i]; i++)
		argv[n++] = first[i];
	if (f->option) {
		argv[n++] = "-o";
		argv[n++] = f->option;
	}
	for (i = 0; extra[i] && n < FIXTURE_ARGS - 1; i++)
		argv[n++] = extra[i];
	argv[n] = NULL;
	return n;
}

void
fixture_ssh(const struct fixture *f, const char *line, const char *input,
	    struct proc_result *r)
{
	const char *const extra[] = { "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];

	(void)fixture_ssh_argv(f, f->key, extra, argv);
	proc_run_text(r, argv, input ? input : "", input ? strlen(input) : 0);
}

void
fixture_git(const struct fixture *f, const char *const args[],
	    struct proc_result *r)
{
	const char *const none[] = { NULL };
	const char *ssh[FIXTURE_ARGS], *argv[FIXTURE_ARGS];
	struct buf command = BUF_INIT;
	int i, n = 0;

	(void)fixture_ssh_argv(f, f->key, none, ssh);
	buf_str(&command, "GIT_SSH_COMMAND=");
	for (i = 0; ssh[i]; i++)
		buf_printf(&command, "%s ", ssh[i]);
	argv[n++] = "env";
	argv[n++] = command.ptr;
	argv[n++] = "GIT_CONFIG_GLOBAL=/dev/null";
	argv[n++] = "git";
	for (i = 0; args[i] && n < FIXTURE_ARGS - 1; i++)
		argv[n++] = args[i];
	argv[n] = NULL;
	proc_run(r, argv, f->dir, NULL, 120000);
	buf_release(&command);
}

/* Of a process, from /proc/PID/stat; parent 0 when it is gone. */
struct descent {
	pid_t parent;
	unsigned long long began; /* ticks since the machine started */
};

static void
read_descent(pid_t pid, struct descent *d)
{
	char name[64], line[1024];
	char *p;
	FILE *in;
	int i;

	memset(d, 0, sizeof(*d));
	(void)snprintf(name, sizeof(name), "/proc/%d/stat", (int)pid);
	in = fopen(name, "re");
	if (!in)
		return;
	p = fgets(line, sizeof(line), in) ? strrchr(line, ')') : NULL;
	(void)fclose(in);
	if (!p)
		return;
	d->parent = (pid_t)strtol(p + 3, NULL, 10);
	for (i = 2; p && i < 22; i++) /* the name was field 2: proc(5) */
		p = strchr(p + 1, ' ');
	d->began = p ? strtoull(p, NULL, 10) : 0;
}

static bool
title_holds(pid_t pid, const char *title)
{
	char name[64], line[512];
	size_t n, i;
	FILE *in;

	(void)snprintf(name, sizeof(name), "/proc/%d/cmdline", (int)pid);
	in = fopen(name, "re");
	if (!in)
		return false;
	n = fread(line, 1, sizeof(line) - 1, in);
	(void)fclose(in);
	for (i = 0; i < n; i++)
		if (line[i] == '\0')
			line[i] = ' ';
	line[n] = '\0';
	return strstr(line, title) != NULL;
}

void
fixture_expect_whole(const struct fixture *f)
{
	const char *const argv[] = { fixture_program("pleind"), "check",
				     f->data, NULL };
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, 120000);
	if (r.status != 0)
		fail_msg("check: %s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

/* Numbers of processes begin anew when they have run out. */
static bool
is_newer(const struct descent *d, pid_t pid, const struct descent *than,
	 pid_t other)
{
	if (d->began != than->began)
		return d->began > than->began;
	return pid > other;
}

pid_t
fixture_find(const struct fixture *f, const char *title)
{
	DIR *dir = opendir("/proc");
	struct descent d, newest = { 0, 0 };
	pid_t pid, found = 0;
	struct dirent *e;

	if (!dir)
		die("/proc");
	while ((e = readdir(dir))) {
		pid = (pid_t)strtol(e->d_name, NULL, 10);
		if (pid <= 0)
			continue;
		read_descent(pid, &d);
		if (d.parent != f->pid || !title_holds(pid, title) ||
		    (found && !is_newer(&d, pid, &newest, found)))
			continue;
		found = pid;
		newest = d;
	}
	(void)closedir(dir);
	return found;
}
