/* history.h - walking main along first parents, and checking it. */
#ifndef PLEIN_STORE_HISTORY_H
#define PLEIN_STORE_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "store/repo.h"

struct history_change {
	const char *path; /* of the file that changed */
	struct repo_id blob; /* "" = vanished */
	bool appeared; /* was not there in the parent */
	const char *text; /* its content where that is at hand, else NULL */
	size_t len;
};

struct history_commit {
	struct repo_id id;
	const char *author_name;
	const char *author_mail;
	const char *committer_mail;
	const char *message;
	int64_t when; /* committer date */
	const struct history_change *changes;
	size_t n_changes;
	size_t left; /* commits of this walk still to come */
};

/*
 * Call `each` for the commits after `from` ("" = from the first) up to and
 * including `to`, oldest first. PLEIN_ENOTFOUND when `from` is no ancestor
 * of `to` along first parents. A non-zero result of `each` ends the walk.
 */
int
history_walk(struct repo *r, const struct repo_id *from,
	     const struct repo_id *to,
	     int (*each)(void *ctx, const struct history_commit *c), void *ctx,
	     struct err *err);

/* How many commits history_walk() would give; its errors. */
int
history_count(struct repo *r, const struct repo_id *from,
	      const struct repo_id *to, size_t *n, struct err *err);

/* Call `each` for one commit, without what it changed. PLEIN_ENOTFOUND. */
int
history_read(struct repo *r, const struct repo_id *commit,
	     int (*each)(void *ctx, const struct history_commit *c), void *ctx,
	     struct err *err);

/*
 * Read every object reachable from main and compare it with its id; check
 * that main is linear, and that every path and mode obeys plein/path.h.
 * Problems are appended to `problems` as English lines (char *, free()).
 * 0 also when problems were found.
 */
int
history_verify(struct repo *r, struct vec *problems, struct err *err);

#endif
