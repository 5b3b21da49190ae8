/*
 * packs.h - reading the packs of a folder without trusting their indexes.
 *
 * libgit2 1.5 believes the offsets in the index of a pack: a damaged one makes
 * it read outside of all memory. It also never closes a pack that was
 * replaced, and compares each name with each other when it looks for new ones.
 */
#ifndef PLEIN_STORE_PACKS_H
#define PLEIN_STORE_PACKS_H

#include <git2.h>

#include "plein/buf.h"

/* Belongs to the odb it is attached to. */
struct packs;

/*
 * Make `odb` read the packs below this folder of objects; each index is
 * looked through first (packidx.h), and what is in a damaged one is not
 * found. A libgit2 result. `out` may be NULL.
 */
int
packs_attach(git_odb *odb, const char *objects, struct packs **out);

/*
 * The object as it is in a pack (packread.h), without comparing its hash.
 * GIT_ENOTFOUND when it is in none, not of this type, longer than `max` bytes
 * or not to be read so: libgit2 may find it, or says what is wrong. Appended
 * to `raw`.
 */
int
packs_read(struct packs *p, const git_oid *id, git_object_t type, size_t max,
	   struct buf *raw);

#endif
