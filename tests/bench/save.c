/*
 * A save through the protocol by one client, answered when it is on disk.
 * git commit does not sync.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "figure.h"
#include "gitwork.h"
#include "plein/mem.h"
#include "saver.h"
#include "town.h"

#define SAVES 100
#define MANY 200 /* where it takes little time */
#define FIRST 1000 /* pages of the city that these figures save */

struct comparison
figure_save(const struct side *ours, const struct side *peer)
{
	struct town *city = town_get(TOWN_CITY);
	double x[SAVES], y[SAVES];
	struct saver s;

	(void)ours;
	(void)peer;
	gitwork_make(&city->f);
	for (int i = 0; i < SAVES; i++) {
		saver_init(&s, &city->api, FIRST + i);
		x[i] = saver_save(&s);
		y[i] = gitwork_commit(&city->f, FIRST + i);
	}
	return measure_turns(x, y, SAVES);
}

struct comparison
figure_save_size(const struct side *ours, const struct side *peer)
{
	struct town *big = town_get(TOWN_COUNTRY);
	struct town *small = town_get(TOWN_VILLAGE);
	double x[MANY], y[MANY];
	struct saver s, t;

	(void)ours;
	(void)peer;
	for (int i = 0; i < MANY; i++) {
		saver_init(&s, &big->api, i * 499);
		saver_init(&t, &small->api, i % 100);
		x[i] = saver_save(&s);
		y[i] = saver_save(&t);
	}
	return measure_turns(x, y, MANY);
}

/* A new file of a page's size, in ms; the path is taken away again. */
static double
sync_ms(const char *path)
{
	static const char bytes[3000];
	double begun = measure_now();
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes, sizeof(bytes)) != sizeof(bytes) ||
	    fsync(fd) != 0 || close(fd) != 0)
		die("%s", path);
	begun = (measure_now() - begun) * 1000;
	(void)unlink(path); /* it is written anew */
	return begun;
}

struct comparison
figure_save_sync(const struct side *ours, const struct side *peer)
{
	struct town *city = town_get(TOWN_CITY);
	double x[MANY], y[MANY];
	char path[96];
	struct saver s;

	(void)ours;
	(void)peer;
	(void)snprintf(path, sizeof(path), "%s/proef", city->f.data);
	for (int i = 0; i < MANY; i++) {
		saver_init(&s, &city->api, FIRST + i);
		x[i] = saver_save(&s);
		y[i] = sync_ms(path);
	}
	return measure_turns(x, y, MANY);
}

struct comparison
figure_sync(const struct side *ours, const struct side *peer)
{
	struct comparison c = { 0 };
	double x[MANY];
	char path[96];

	(void)peer;
	(void)snprintf(path, sizeof(path), "%s/proef", ours->at->data);
	for (int i = 0; i < MANY; i++)
		x[i] = sync_ms(path);
	c.ours = measure_median(x, MANY);
	return c;
}
