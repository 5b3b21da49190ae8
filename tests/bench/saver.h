/*
 * saver.h - somebody who saves one page over and over, with a text of 3 kB
 * that differs in one line each time; and a number of them at once. Anything
 * but a success ends the program.
 */
#ifndef PLEIN_BENCH_SAVER_H
#define PLEIN_BENCH_SAVER_H

#include "api.h"

#define SAVERS_MAX 32

struct saver {
	struct api *api;
	int page; /* as prose.h counts */
	long version; /* the newest */
};

void
saver_init(struct saver *s, struct api *api, int page);

/* Save once, from asking to the answer; in ms. */
double
saver_save(struct saver *s);

/* Several, each with a connection and a page of their own. */
struct savers {
	struct api apis[SAVERS_MAX];
	struct saver each[SAVERS_MAX];
	int n;
};

/* Pages from `first` on. */
void
savers_open(struct savers *all, const struct fixture *f, int n, int first);

/* All at once, each again as soon as it has its answer; saves a second. */
double
savers_rate(struct savers *all, double seconds);

void
savers_close(struct savers *all);

#endif
