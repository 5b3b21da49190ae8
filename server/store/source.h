/*
 * source.h - a repository of somebody else, to take over into a wiki: opened
 * to be read, whether it has a work tree or not; and what of it a wiki holds
 * already.
 */
#ifndef PLEIN_STORE_SOURCE_H
#define PLEIN_STORE_SOURCE_H

#include <stdbool.h>

#include "plein/err.h"
#include "store/repo.h"

/* In the message of each commit taken over: the id it had there. */
#define SOURCE_TRAILER "Plein-Source: "
#define SOURCE_PIECE "(deel)" /* behind the id: not yet all of it */

/*
 * Open it; *head becomes what is checked out there. PLEIN_ENOTFOUND when
 * there is no repository, or no commit in it. Whoever it belongs to: for a
 * process that opens nothing else.
 */
int
source_open(struct repo **out, const char *path, struct repo_id *head,
	    struct err *err);

/* Is `id` on the line of first parents from `head`? */
int
source_holds(struct repo *r, const struct repo_id *head,
	     const struct repo_id *id, bool *holds, struct err *err);

/*
 * Look along main for what was taken over: *newest is the id of the last of
 * it, there (by its trailer, in commits the wiki signed), *before the commit
 * of main below the first of it; both "" when there is none.
 */
int
source_find_taken(struct repo *main_repo, struct repo_id *newest,
		  struct repo_id *before, struct err *err);

#endif
