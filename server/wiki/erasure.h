/*
 * erasure.h - one erasure of content by law: what is to go, and what has
 * become of it so far. It outlives the process that began it, as a file.
 */
#ifndef PLEIN_WIKI_ERASURE_H
#define PLEIN_WIKI_ERASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/vec.h"
#include "store/repo.h"
#include "store/rewrite.h"

#define ERASURE_KEY 32 /* hexadecimal digits */
#define ERASURE_LINE_MIN 16 /* bytes; shorter lines say little */
#define ERASURE_LINES_MAX 5000

/* What one became, or the number of its tombstone. */
struct erasure_pair {
	struct repo_id old, now;
	long n;
};

struct erasure {
	char *key, *reason, *who;
	char *words; /* only these; NULL: whole files, or an address */
	char *version; /* only this file, by its id, or NULL */
	char *address, *becomes; /* this address, in all of it; or NULL */
	struct vec scope; /* char *: paths, folders end in '/'; none: all */
	bool dutch;
	int64_t time; /* seconds since 1970 */
	long n; /* tombstones so far */
	struct repo_id from, to; /* main so far, and what it became */
	struct vec texts, commits; /* struct erasure_pair *: erased, remade */
	struct vec addresses; /* char *: of the pages */
	struct vec lines; /* char *: of what was erased, to be looked for */
	struct repo *repo; /* borrowed: where texts are read */
	void *judged; /* files that were looked at; a tree of tsearch(3) */
};

void
erasure_init(struct erasure *e);

void
erasure_release(struct erasure *e);

/* Read what was written to `file`, into an empty one. PLEIN_ENOTFOUND when it
 * is not there, PLEIN_ECORRUPT. */
int
erasure_read(struct erasure *e, const char *file, struct err *err);

/* Into the folder `dir`, durably, in place of what was there. 0600. */
int
erasure_write(const struct erasure *e, const char *dir, const char *name,
	      struct err *err);

/* Rules that make main without it; e->repo must be set. */
void
erasure_rules(struct erasure *e, struct rewrite_rules *rules);

/* Is its address in these bytes? Without one nothing is. */
bool
erasure_names(const struct erasure *e, const char *text, size_t len);

/* Is this path among what is to go? */
bool
erasure_covers(const struct erasure *e, const char *path);

#endif
