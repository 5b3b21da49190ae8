/*
 * The client program by itself: what it holds, and how long it takes to start
 * where this process plays the supervisor. The wiki answers on a socket of its
 * own, as in a session, but the one that is for the host; the peer, nano,
 * needs no more than its file.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "editing.h"
#include "plein/control.h"
#include "plein/mem.h"
#include "plein/passfd.h"

#define STARTS 41
#define LOOK_MS 50
#define SPARE_FD 100 /* above what a start needs */
#define ADDRESS 64

/* --- memory ---------------------------------------------------------------- */

static pid_t
find_program(const struct side *s, const char *title)
{
	pid_t pid = measure_find(s->server, title);

	if (pid == 0)
		die("no process \"%s\"", title);
	return pid;
}

static void
open_editors(struct editing *e, const struct side *ours,
	     const struct side *peer, const char *address)
{
	editing_open(e, ours, peer, address);
	screen_type(e->ours, "abc");
	screen_type(e->peer, "abc");
	editing_settle(e->ours);
	editing_settle(e->peer);
}

/*
 * Each program while no other of its kind runs, so that the pages of its file
 * count. What one more person costs, while another runs, is a note.
 */
static struct comparison
measure_editors(const struct side *ours, const struct side *peer, size_t len)
{
	char beside[ADDRESS], address[ADDRESS];
	double x, y, more_x, more_y;
	struct editing e, other;
	struct comparison c;
	pid_t a, b;

	(void)snprintf(beside, sizeof(beside), "themas/toets-naast-%zu", len);
	(void)snprintf(address, sizeof(address), "themas/toets-geheugen-%zu",
		       len);
	editing_make(ours, beside, EDITING_SMALL);
	editing_make(ours, address, len);
	open_editors(&e, ours, peer, address);
	a = find_program(ours, "plein screen");
	b = find_program(peer, "nano -I");
	x = measure_private(a);
	y = measure_private(b);
	open_editors(&other, ours, peer, beside);
	more_x = measure_private(a);
	more_y = measure_private(b);
	editing_close(&other);
	editing_close(&e);
	c = measure_turns(&x, &y, 1);
	(void)snprintf(c.note, sizeof(c.note),
		       "while another runs: %.0f kB and %.0f kB, %.2f", more_x,
		       more_y, more_x / more_y);
	return c;
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

/* Whether it is let in: then the wiki knows of it before the clock runs. */
static bool
is_answered(int stream)
{
	static const char ask[] = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":"
				  "\"session.info\",\"params\":{}}\n";
	char byte = 0;

	if (write(stream, ask, strlen(ask)) != (ssize_t)strlen(ask))
		return false;
	while (byte != '\n')
		if (read(stream, &byte, 1) != 1)
			return false;
	return true;
}

static int
knock(const struct fixture *f)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)snprintf(at.sun_path, sizeof(at.sun_path), "%s/admin.sock",
		       f->data);
	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		die("%s", at.sun_path);
	return fd;
}

/* Eight are let in at a time, and one that is gone stays until what it asked
 * last is answered. */
static int
open_stream(const struct fixture *f)
{
	int stream = knock(f);

	while (!is_answered(stream)) {
		(void)close(stream);
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when */
		stream = knock(f);
	}
	return stream;
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
		(void)signal(SIGPIPE, SIG_IGN); /* of one that is not let in */
		(void)setenv("LC_ALL", "C.UTF-8", 1);
		(void)setenv("LANGUAGE", "nl", 1);
		fds[1] = fcntl(fds[1], F_DUPFD_CLOEXEC, SPARE_FD);
		stream = fcntl(open_stream(f), F_DUPFD_CLOEXEC, SPARE_FD);
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
