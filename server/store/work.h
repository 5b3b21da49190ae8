/*
 * work.h - the content as the writer is changing it: the folders it touched,
 * in memory, the rest still in the repository. Only folders on the way to a
 * change are read, and written again.
 */
#ifndef PLEIN_STORE_WORK_H
#define PLEIN_STORE_WORK_H

#include <git2.h>
#include <stdbool.h>

#include "plein/err.h"

struct repo;
struct work;

/* Start from a tree, or from nothing when `tree` is all zero. */
int
work_open(struct work **out, struct repo *r, const git_oid *tree,
	  struct err *err);

/* NULL is allowed. */
void
work_close(struct work *w);

/* It belongs to another handle of its repository from now on. */
void
work_move(struct work *w, struct repo *r);

/* Is it just this tree, with nothing put since? */
bool
work_is_at(const struct work *w, const git_oid *tree);

/* The blob at `path`; PLEIN_ENOTFOUND, PLEIN_ECORRUPT. */
int
work_find(struct work *w, const char *path, git_oid *blob, struct err *err);

/*
 * Put a blob at `path`, or take it away (NULL: PLEIN_ENOTFOUND when there is
 * none; folders left empty vanish). PLEIN_ERULE when a part of the path is a
 * file already, or the path is a folder. After any other failure the work is
 * of no use: close it.
 */
int
work_put(struct work *w, const char *path, const git_oid *blob,
	 struct err *err);

/* For each of the folders that were written last: anchor_prepare(). */
void
work_prepare(struct work *w, const char *path);

/* Add the changed folders to what is pending; *tree becomes the root. */
int
work_write(struct work *w, git_oid *tree, struct err *err);

#endif
