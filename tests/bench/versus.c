/*
 * Saving next to Fossil, which has few pages here and no connection to
 * encrypt: one client, and eight on pages of their own. What it refuses since
 * its database is locked is tried again, and told.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figure.h"
#include "fossil.h"
#include "plein/mem.h"
#include "saver.h"
#include "shell.h"
#include "town.h"

#define SAVES 100
#define TURNS 5
#define SECONDS 1.0
#define CLIENTS FOSSIL_PAGES
#define FIRST 3000 /* page of the city */

struct tally {
	int saved, refused;
};

struct comparison
figure_fossil_one(const struct side *ours, const struct side *peer)
{
	struct town *city = town_get(TOWN_CITY);
	double x[SAVES], y[SAVES], begun;
	struct fossil fossil;
	struct saver s;

	(void)ours;
	(void)peer;
	fossil_start(&fossil, city->f.dir);
	for (int i = 0; i < SAVES; i++) {
		saver_init(&s, &city->api, FIRST + i % CLIENTS);
		x[i] = saver_save(&s);
		begun = measure_now();
		(void)fossil_save(&fossil, i % CLIENTS, i + 1);
		y[i] = (measure_now() - begun) * 1000;
	}
	fossil_stop(&fossil);
	shell_remove(fossil.dir);
	return measure_turns(x, y, SAVES);
}

static void
save_until(const struct fossil *x, int page, double end, int fd)
{
	struct tally t = { 0, 0 };
	int revision = (int)(measure_now() * 100) % 1000000;

	while (measure_now() < end) {
		t.refused += fossil_save(x, page, ++revision);
		t.saved++;
	}
	if (write(fd, &t, sizeof(t)) != sizeof(t))
		die("count lost");
	_exit(0);
}

static double
fossil_rate(const struct fossil *x, int *refused)
{
	double begun = measure_now();
	pid_t pids[CLIENTS];
	int fds[2], status, saved = 0, i;
	struct tally t;

	if (pipe(fds) < 0)
		die("pipe");
	for (i = 0; i < CLIENTS; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			save_until(x, i, begun + SECONDS, fds[1]);
	}
	for (i = 0; i < CLIENTS; i++) {
		if (read(fds[0], &t, sizeof(t)) != sizeof(t))
			die("count lost");
		saved += t.saved;
		*refused += t.refused;
	}
	begun = measure_now() - begun;
	for (i = 0; i < CLIENTS; i++)
		(void)waitpid(pids[i], &status, 0);
	(void)close(fds[0]);
	(void)close(fds[1]);
	return saved / begun;
}

struct comparison
figure_fossil_eight(const struct side *ours, const struct side *peer)
{
	struct town *city = town_get(TOWN_CITY);
	double x[TURNS], y[TURNS];
	struct fossil fossil;
	struct comparison c;
	struct savers all;
	int refused = 0;

	(void)ours;
	(void)peer;
	fossil_start(&fossil, city->f.dir);
	savers_open(&all, &city->f, CLIENTS, FIRST);
	for (int i = 0; i < TURNS; i++) {
		x[i] = savers_rate(&all, SECONDS);
		y[i] = fossil_rate(&fossil, &refused);
	}
	savers_close(&all);
	fossil_stop(&fossil);
	shell_remove(fossil.dir);
	c = measure_turns(x, y, TURNS);
	(void)snprintf(c.note, sizeof(c.note),
		       "refused and tried again: 0 by Plein, %d by Fossil",
		       refused);
	return c;
}
