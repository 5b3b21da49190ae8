/*
 * moment.h - the pages of the wiki as of a moment in the past. A moment is in
 * seconds since 1970 and goes by committer dates along main.
 */
#ifndef PLEIN_WIKI_MOMENT_H
#define PLEIN_WIKI_MOMENT_H

#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"
#include "wiki/desk.h"

/*
 * All pages that existed then, struct index_page * appended, in address
 * order. Only texts that differ from today's are read.
 */
int
moment_pages(struct desk *d, long when, struct vec *pages, struct err *err);

/* The version a page was in then; PLEIN_ENOTFOUND when there was no such
 * page. */
int
moment_version(struct desk *d, long when, const char *address,
	       struct index_version **out, struct err *err);

/*
 * An index in memory of what the pages that overviews list (and those these
 * are about: themes, organisations) said then; index_close() it. It knows no
 * discussions. Reads every text of theirs.
 */
int
moment_index(struct desk *d, long when, struct index **out, struct err *err);

#endif
