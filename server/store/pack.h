/*
 * pack.h - one pack as it is made in memory (gitformat-pack(5), version 2),
 * and stored with its index in few syncs: two files and the folder of both,
 * however many objects there are. Loose objects cost two syncs each.
 */
#ifndef PLEIN_STORE_PACK_H
#define PLEIN_STORE_PACK_H

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

struct tree_anchor;
struct pack;

/* Room for at most `max` objects. */
struct pack *
pack_new(size_t max);

/* NULL is allowed. */
void
pack_free(struct pack *p);

/* A folder as it was once, before anything else; one that is there already is
 * not added again. */
void
pack_add_anchor(struct pack *p, struct tree_anchor *a);

/* Is there one with this id? *n becomes its number. */
bool
pack_has_anchor(const struct pack *p, const git_oid *id, size_t *n);

/*
 * An object as it is. What is added is numbered as it comes, from 0, and each
 * may be added once.
 */
size_t
pack_add(struct pack *p, git_object_t type, const git_oid *id,
	 const struct buf *data);

/*
 * An object as the difference to one that was added before, `base` its number
 * and `was` its data: see packform_change(). It is not empty (git reads no
 * difference that short).
 */
size_t
pack_add_delta(struct pack *p, const git_oid *id, const struct buf *data,
	       size_t base, const struct buf *was);

/* The same when that is known: `delta` begins with packform_sizes(). */
size_t
pack_add_difference(struct pack *p, const git_oid *id, size_t base,
		    const struct buf *delta);

/*
 * Write pack and index into the folder objects/pack, durably. On failure
 * nothing of it is there, or, after a failed sync of the folder (PLEIN_EIO),
 * all of it may be. Nothing can be added afterwards.
 */
int
pack_store(struct pack *p, int folder, struct err *err);

#endif
