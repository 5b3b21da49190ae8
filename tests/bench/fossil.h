/*
 * fossil.h - Debian's Fossil on a loopback port, for its wiki over HTTP
 * (`/json/wiki/save`, fossil-scm.org/home/doc/trunk/www/json-api): who comes
 * from this machine is signed in. It syncs each save, as SQLite does by
 * default.
 */
#ifndef PLEIN_BENCH_FOSSIL_H
#define PLEIN_BENCH_FOSSIL_H

#include <sys/types.h>

#define FOSSIL_PAGES 8

struct fossil {
	char dir[96];
	int port;
	pid_t pid;
};

/* With FOSSIL_PAGES pages, in a folder below `dir`. */
void
fossil_start(struct fossil *x, const char *dir);

void
fossil_stop(struct fossil *x);

/*
 * Save that page as prose.h has it in that revision. When it is refused
 * ("database is locked") it is tried again; how often that was.
 */
int
fossil_save(const struct fossil *x, int page, int revision);

#endif
