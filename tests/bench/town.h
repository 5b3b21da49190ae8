/*
 * town.h - wikis with a big repository, each made once in a run, when a
 * figure first asks for it, and shared by all figures after that. Their
 * history comes from git fast-import, their pages from prose.h.
 */
#ifndef PLEIN_BENCH_TOWN_H
#define PLEIN_BENCH_TOWN_H

#include "api.h"
#include "fixture.h"

enum town_name {
	TOWN_VILLAGE, /* 100 pages */
	TOWN_CITY, /* 10,000 pages */
	TOWN_COUNTRY, /* 100,000 short pages */
	TOWN_ARCHIVE, /* 2,000 pages, changed in 100,000 commits */
	TOWN_COUNCIL, /* 10,000 short pages, and 50,000 remarks about them */
	N_TOWNS
};

#define TOWN_CITY_PAGES 10000
#define TOWN_THREAD "5eed00000000" /* about page 0: 1,000 remarks */
#define TOWN_THREAD_REMARKS 1000
#define TOWN_DECISION "besluiten/verhaal" /* of a question: 500 events */
#define TOWN_EVENTS 500
#define TOWN_COMMITS 100000 /* of the archive */
#define TOWN_BUSY 0 /* page of the archive with 500 versions */
#define TOWN_USUAL 1 /* page of the archive with some 60 */

struct town {
	struct fixture f;
	struct api api; /* a connection to ask one thing at a time */
};

/*
 * Served, with its index; also with its old texts complete, but for the
 * archive's, which take minutes. Ends the program on errors.
 */
struct town *
town_get(enum town_name name);

/*
 * Its repository for git: "git -C REPO …"; the same as town_get() but for
 * the server, which need not run yet.
 */
const struct fixture *
town_ground(enum town_name name);

/* Ends the servers and removes all that was made. */
void
town_close_all(void);

#endif
