/*
 * crowd.h - several people who save at the same time, each over a connection
 * of their own (`ssh host api`), each a page of their own; and errands that
 * run over and over meanwhile. What they were told is kept, so that a test
 * can look whether it is true.
 */
#ifndef PLEIN_TEST_CROWD_H
#define PLEIN_TEST_CROWD_H

#include <stdbool.h>
#include <stdint.h>

#include "dialog.h"
#include "fixture.h"
#include "plein/buf.h"
#include "plein/vec.h"

#define CROWD_MAX 8

/* A program that is started again whenever it has ended. */
struct errand {
	const char *const *argv;
	const char *dir; /* current folder, NULL: ours */
	/* called before each start, may be NULL: make room */
	void (*prepare)(void *ctx);
	void *ctx;
	pid_t pid;
	int runs, failures;
};

struct crowd {
	const struct fixture *fixture;
	struct person {
		char page[32]; /* address */
		struct dialog line;
		long version; /* newest they know of */
		int64_t asked; /* when; 0 = not waiting */
		int left; /* saves to go */
	} people[CROWD_MAX];
	int n;
	struct vec commits; /* char *: acknowledged, in order */
	int64_t longest; /* ms from asking to the answer */
	int64_t total;
	int saves, refused;
};

/* Connect `n` people and make their pages. */
void
crowd_open(struct crowd *c, const struct fixture *f, int n);

/*
 * Each saves `saves` times, one after the other; longest, total and saves
 * count from here. An answer that is no success fails the test. Errands
 * (may be NULL, `n_errands`) run meanwhile, and to their end.
 */
void
crowd_save(struct crowd *c, int saves, struct errand *errands, int n_errands);

/* The text that person `i` saved last. */
void
crowd_text(const struct crowd *c, int i, struct buf *out);

void
crowd_close(struct crowd *c);

#endif
