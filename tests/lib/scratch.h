/*
 * scratch.h - a folder of its own for one test, under TMPDIR. In a header,
 * so that unit tests need no other library than their layer's.
 */
#ifndef PLEIN_TEST_SCRATCH_H
#define PLEIN_TEST_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define SCRATCH_MAX 256

static inline int
scratch_remove_one(const char *path, const struct stat *st, int type,
		   struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

/* 0, and the folder's path. */
static inline int
scratch_make(char dir[SCRATCH_MAX])
{
	const char *base = getenv("TMPDIR");

	if (snprintf(dir, SCRATCH_MAX, "%s/plein-unit-XXXXXX",
		     base ? base : "/tmp") >= SCRATCH_MAX)
		return -1;
	return mkdtemp(dir) ? 0 : -1;
}

static inline int
scratch_remove(const char *dir)
{
	return nftw(dir, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
