/*
 * pending.h - the objects of a batch before they are stored. libgit2 finds
 * them through the repository they belong to as if they were stored.
 */
#ifndef PLEIN_STORE_PENDING_H
#define PLEIN_STORE_PENDING_H

#include <git2.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/folder.h"

struct pending;

/* Make `odb` look here too; it owns what comes back. A libgit2 result. */
int
pending_attach(struct pending **out, git_odb *odb);

/*
 * Keep an object, a copy of `data`; *id becomes its id. One that is there
 * already is kept once. `was`, which may be NULL or not be here, is what it
 * replaces: then only the difference is stored.
 */
int
pending_add(struct pending *p, git_object_t type, const struct buf *data,
	    const git_oid *was, git_oid *id, struct err *err);

/* The same for a folder, whose id is known; a large one is lent, not copied. */
void
pending_add_folder(struct pending *p, struct folder *f, const git_oid *was,
		   const git_oid *id);

/* How many there are, and how many bytes. */
size_t
pending_len(const struct pending *p);

size_t
pending_bytes(const struct pending *p);

/* Forget all but the first `n`. */
void
pending_cut(struct pending *p, size_t n);

/*
 * Store all of them as one pack in the repository at `path`, durably. Then none
 * is pending; libgit2 finds the last few hundred here a while longer (not the
 * large folders, which the writer has). On
 * failure they stay as they were; errors as pack_store().
 */
int
pending_store(struct pending *p, const char *path, struct err *err);

#endif
