/*
 * The client program by itself: what it holds, and how long it takes to start
 * where this process plays the supervisor. The wiki's answers come from a
 * server that runs already, through `ssh host api`; the peer, nano, needs no
 * more than its file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "editing.h"
#include "plein/control.h"
#include "plein/mem.h"
#include "plein/passfd.h"

#define STARTS 15
#define SPARE_FD 100 /* above what a start needs */
#define ADDRESS 64

/* --- memory ---------------------------------------------------------------- */

static double
private_of(pid_t server, const char *title)
{
	pid_t pid = measure_find(server, title);

	if (pid == 0)
		die("no process \"%s\"", title);
	return measure_private(pid);
}

static struct comparison
measure_editors(const struct side *ours, const struct side *peer, size_t len)
{
	char address[ADDRESS];
	struct editing e;
	double x, y;

	(void)snprintf(address, sizeof(address), "themas/toets-geheugen-%zu",
		       len);
	editing_make(ours, address, len);
	editing_open(&e, ours, peer, address);
	screen_type(e.ours, "abc");
	screen_type(e.peer, "abc");
	editing_settle(e.ours);
	editing_settle(e.peer);
	x = private_of(ours->server, "plein screen");
	y = private_of(peer->server, "nano -I");
	editing_close(&e);
	return measure_turns(&x, &y, 1);
}

struct comparison
figure_client_memory(const struct side *ours, const struct side *peer)
{
	return measure_editors(ours, peer, EDITING_SMALL);
}

struct comparison
figure_client_memory_big(const struct side *ours, const struct side *peer)
{
	return measure_editors(ours, peer, EDITING_BIG);
}

/* --- starting -------------------------------------------------------------- */

/* A stream of the wiki: both directions on one socket. */
static int
open_stream(const struct fixture *f)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		die("socketpair");
	if (fork() == 0) {
		(void)fixture_ssh_argv(f, f->key, extra, argv);
		if (dup2(pair[1], 0) == 0 && dup2(pair[1], 1) == 1)
			(void)execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(pair[1]);
	return pair[0];
}

/* So that signing in is over when the client asks. */
static void
await_stream(int stream)
{
	static const char ask[] = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":"
				  "\"session.info\",\"params\":{}}\n";
	char byte = 0;

	if (write(stream, ask, strlen(ask)) != (ssize_t)strlen(ask))
		die("the wiki has gone");
	while (byte != '\n')
		if (read(stream, &byte, 1) != 1)
			die("no answer");
}

/* Descriptors 3 and 4 as the supervisor has them for a client. */
static void
play_supervisor(int stream)
{
	static const char notice[] = "{\"op\":\"wiki\"}";
	char locale[512];
	int pair[2], folder;

	(void)snprintf(locale, sizeof(locale), "%s", fixture_program("locale"));
	folder = open(locale, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || passfd_pair(pair, NULL) != 0 ||
	    passfd_send(pair[0], notice, strlen(notice), &stream, 1, NULL) < 0)
		die("no client to serve");
	folder = fcntl(folder, F_DUPFD_CLOEXEC, SPARE_FD);
	pair[0] = fcntl(pair[0], F_DUPFD_CLOEXEC, SPARE_FD);
	pair[1] = fcntl(pair[1], F_DUPFD_CLOEXEC, SPARE_FD);
	if (dup2(pair[1], CLIENT_CONTROL_FD) < 0 ||
	    dup2(folder, CLIENT_LOCALE_FD) < 0)
		die("dup2");
}

static double
start_ms(const char *const argv[])
{
	double begun = measure_now(), took;
	struct screen *s = screen_run(24, 80, NULL, argv);

	if (!screen_wait(s, EDITING_PASSAGE))
		die("%s: no first screen", argv[0]);
	took = (measure_now() - begun) * 1000;
	screen_abandon(s);
	return took;
}

static void
write_number(int fd, double v)
{
	if (write(fd, &v, sizeof(v)) != sizeof(v))
		die("number lost");
}

/* In a process of its own, whose low descriptors are nobody else's. */
static double
client_start_ms(const struct fixture *f, const char *address)
{
	const char *const argv[] = { fixture_program("plein"), "screen",
				     address, NULL };
	int fds[2], stream, status;
	double ms = 0;
	pid_t pid;

	if (pipe(fds) < 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		(void)setenv("LC_ALL", "C.UTF-8", 1);
		(void)setenv("LANGUAGE", "nl", 1);
		fds[1] = fcntl(fds[1], F_DUPFD_CLOEXEC, SPARE_FD);
		stream = fcntl(open_stream(f), F_DUPFD_CLOEXEC, SPARE_FD);
		await_stream(stream);
		play_supervisor(stream);
		write_number(fds[1], start_ms(argv));
		_exit(0);
	}
	(void)close(fds[1]);
	if (read(fds[0], &ms, sizeof(ms)) != sizeof(ms))
		die("the client did not start");
	(void)close(fds[0]);
	(void)waitpid(pid, &status, 0);
	return ms;
}

struct comparison
figure_client_start(const struct side *ours, const struct side *peer)
{
	static const char address[] = "themas/toets-begin";
	char path[96];
	const char *const nano[] = { "nano", "-I", path, NULL };
	double x[STARTS], y[STARTS];

	(void)peer;
	editing_make(ours, address, EDITING_SMALL);
	(void)snprintf(path, sizeof(path), "%s/" EDITING_FILE, ours->at->dir);
	for (int i = 0; i < STARTS; i++) {
		x[i] = client_start_ms(ours->at, address);
		y[i] = start_ms(nano);
	}
	return measure_turns(x, y, STARTS);
}
