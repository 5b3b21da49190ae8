/*
 * bygone.h - the pages of a story (story.h) as they were at a place on main, in
 * an index in memory that is filled as far as one looks. Old texts were taken in
 * with what they named when (state/past_named.h): that tells which pages those
 * are. What changed between the place up to which they were and that moment is
 * read at the beginning.
 */
#ifndef PLEIN_WIKI_BYGONE_H
#define PLEIN_WIKI_BYGONE_H

#include <jansson.h>
#include <stdint.h>

#include "plein/err.h"
#include "state/index.h"
#include "wiki/desk.h"

#define BYGONE_TEXTS 1000 /* no more are read */

struct bygone {
	struct desk *desk;
	struct index *index; /* NULL: nothing is open */
	int64_t seq;
	int64_t reach; /* old texts tell what was named up to here; 0: nothing */
	long left; /* texts that may yet be read */
	bool complete; /* false: there may be others */
	json_t *seen; /* addresses of then that were looked up */
};

int
bygone_open(struct bygone *b, struct desk *d, int64_t seq, struct err *err);

/* From here on the index has the page at this address of then, those its fields
 * name, those whose fields name it, and those with actions of it. */
int
bygone_reach(struct bygone *b, const char *address, struct err *err);

/* The same, but for the page alone. */
int
bygone_fill(struct bygone *b, const char *address, struct err *err);

/* All zero will do, too. */
void
bygone_close(struct bygone *b);

#endif
