/* Coming in: until the first screen is whole, and how many a second. */
#include <sys/wait.h>
#include <unistd.h>

#include "figure.h"
#include "front.h"
#include "plein/mem.h"

#define CLIENTS 2

static double
first_screen_ms(const struct side *s)
{
	double begun = measure_now(), took;
	struct screen *screen = side_open(s);

	if (!screen_wait(screen, s->complete))
		die("no first screen with \"%s\"", s->complete);
	took = (measure_now() - begun) * 1000;
	screen_abandon(screen);
	return took;
}

struct comparison
figure_first_screen(const struct side *ours, const struct side *peer)
{
	enum { TURNS = 15 };
	double x[TURNS], y[TURNS];

	for (int i = 0; i < TURNS; i++) {
		x[i] = first_screen_ms(ours);
		y[i] = first_screen_ms(peer);
	}
	return measure_turns(x, y, TURNS);
}

/* Logins of one client until `end`; writes the count to `fd`. */
static void
login_until(const struct side *s, const char *line, double end, int fd)
{
	const char *const extra[] = { "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	int n = 0;

	(void)fixture_ssh_argv(s->at, s->at->key, extra, argv);
	while (measure_now() < end) {
		proc_run_text(&r, argv, "", 0);
		if (r.status != 0)
			die("login: %d %s%s", r.status, r.out.ptr, r.err.ptr);
		proc_result_release(&r);
		n++;
	}
	if (write(fd, &n, sizeof(n)) != sizeof(n))
		die("count lost");
}

static double
logins_per_second(const struct side *s, const char *line)
{
	const double seconds = 2;
	double begun = measure_now();
	pid_t clients[CLIENTS];
	int fds[2], n, total = 0, status;

	if (pipe(fds) < 0)
		die("pipe");
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = fork();
		if (clients[i] == 0) {
			login_until(s, line, begun + seconds, fds[1]);
			_exit(0);
		}
	}
	for (int i = 0; i < CLIENTS; i++) {
		if (read(fds[0], &n, sizeof(n)) != sizeof(n))
			die("count lost");
		total += n;
	}
	begun = measure_now() - begun;
	for (int i = 0; i < CLIENTS; i++)
		(void)waitpid(clients[i], &status, 0);
	(void)close(fds[0]);
	(void)close(fds[1]);
	return total / begun;
}

struct comparison
figure_logins(const struct side *ours, const struct side *peer)
{
	enum { TURNS = 5 };
	double x[TURNS], y[TURNS];

	for (int i = 0; i < TURNS; i++) {
		x[i] = logins_per_second(ours, "whoami");
		y[i] = logins_per_second(peer, "true");
	}
	return measure_turns(x, y, TURNS);
}

/* ---- OpenSSH in front: the same, through an sshd ---- */

/* Our side of it; the peer is the other sshd, without us. */
static struct comparison
measure_front(const struct side *peer,
	      struct comparison (*measure)(const struct side *ours,
					   const struct side *peer))
{
	struct fixture wiki;
	struct peer sshd;
	struct side front = { &sshd.as, NULL, "? Hulp", 0 };
	struct comparison c;

	fixture_init(&wiki);
	front_serve(&wiki);
	front_start(&sshd, &wiki);
	c = measure(&front, peer);
	peer_stop(&sshd);
	(void)fixture_stop(&wiki);
	fixture_remove(&wiki);
	return c;
}

struct comparison
figure_front_screen(const struct side *ours, const struct side *peer)
{
	(void)ours;
	return measure_front(peer, figure_first_screen);
}

struct comparison
figure_front_logins(const struct side *ours, const struct side *peer)
{
	(void)ours;
	return measure_front(peer, figure_logins);
}
