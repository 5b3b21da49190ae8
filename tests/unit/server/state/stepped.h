/*
 * stepped.h - an index in memory that counts the steps SQLite takes, for tests
 * of what a question costs: steps are the same on every machine.
 */
#ifndef PLEIN_TEST_STEPPED_H
#define PLEIN_TEST_STEPPED_H

#include <stdlib.h>

#include "plein/mem.h"
#include "state/index_impl.h"

struct fixture {
	struct index *x;
	struct err err;
	int n; /* commits */
	long steps; /* since they were last looked at */
};

static int
count_step(void *steps)
{
	++*(long *)steps;
	return 0;
}

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	*state = f;
	if (index_create_memory(&f->x, &f->err))
		return -1;
	sqlite3_progress_handler(f->x->db.h, 1, count_step, &f->steps);
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	index_close(f->x);
	free(f);
	return 0;
}

static long
take_steps(struct fixture *f)
{
	long steps = f->steps;

	f->steps = 0;
	return steps;
}

#endif
