/*
 * libgit.h - what the files of server/store share about libgit2: starting
 * it, its errors in our numbers, its ids in ours, and one open repository.
 */
#ifndef PLEIN_STORE_LIBGIT_H
#define PLEIN_STORE_LIBGIT_H

#include <git2.h>

#include "plein/err.h"
#include "store/repo.h"
#include "store/tree.h"

struct packs;
struct pending;
struct work;

struct repo {
	git_repository *git;
	git_odb *odb;
	struct packs *packs; /* borrowed: the odb's */
	bool hurry; /* see repo_hurry() */
	struct pending *pending; /* what is not stored yet */
	struct tree_cache trees;
	struct work *work; /* the writer's tree, between batches; or NULL */
};

/* Start libgit2 and set its options, once a process; dies when it cannot. */
void
libgit_start(void);

/*
 * Fill `err` from libgit2's last error on this thread and its result `rc`:
 * "what: libgit2's sentence". Returns the PLEIN_E….
 */
int
libgit_fail(struct err *err, int rc, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* PLEIN_ENOTFOUND when `id` is not 40 hexadecimal digits. */
int
libgit_oid(git_oid *out, const struct repo_id *id, struct err *err);

void
libgit_id(struct repo_id *out, const git_oid *oid);

/* A commit by our id; PLEIN_ENOTFOUND. git_commit_free() it. */
int
libgit_commit(git_commit **out, struct repo *r, const struct repo_id *id,
	      struct err *err);

#endif
