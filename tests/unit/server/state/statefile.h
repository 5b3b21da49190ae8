/*
 * statefile.h - what tests of state.db share: a file of its own for each
 * test, with the people it is about.
 */
#ifndef PLEIN_TEST_STATEFILE_H
#define PLEIN_TEST_STATEFILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"
#include "state/accounts.h"

struct fixture {
	char dir[SCRATCH_MAX];
	char path[SCRATCH_MAX + 16];
	struct state *s;
	struct err err;
};

/* `people`: handles of readers, NULL behind the last; NULL is nobody. */
static int
statefile_open(void **state, const char *const people[])
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f || scratch_make(f->dir))
		return -1;
	(void)snprintf(f->path, sizeof(f->path), "%s/state.db", f->dir);
	*state = f;
	if (state_open(&f->s, f->path, 1, &f->err))
		return -1;
	for (; people && *people; people++)
		if (account_add(f->s, *people, *people, ROLE_LEZER, "nl",
				&f->err))
			return -1;
	return 0;
}

static int
statefile_close(void **state)
{
	struct fixture *f = *state;

	state_close(f->s);
	(void)scratch_remove(f->dir);
	free(f);
	return 0;
}

#endif
