/*
 * pack.h - one pack as it is made in memory (gitformat-pack(5), version 2),
 * and stored with its index in few syncs: two files and the folder of both,
 * however many objects there are. Loose objects cost two syncs each.
 */
#ifndef PLEIN_STORE_PACK_H
#define PLEIN_STORE_PACK_H

#include <git2.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

struct folder;
struct pack;

/* Room for at most `max` objects. */
struct pack *
pack_new(size_t max);

/* NULL is allowed. */
void
pack_free(struct pack *p);

/* An object as it is. They are numbered as they come, from 0. */
void
pack_add(struct pack *p, git_object_t type, const git_oid *id,
	 const struct buf *data);

/*
 * The same for a folder; it must stay as it is until the pack was stored. The
 * sum of a pack that begins with one goes by what did not change since the
 * last such pack.
 */
void
pack_add_folder(struct pack *p, const git_oid *id, struct folder *f);

/*
 * An object as the difference to one that was added before, `base` its number
 * and `was` its data: for two that have long ends in common. It is not empty
 * (git reads no difference that short).
 */
void
pack_add_delta(struct pack *p, const git_oid *id, const struct buf *data,
	       size_t base, const struct buf *was);

/*
 * Write pack and index into the folder objects/pack, durably. On failure
 * nothing of it is there, or, after a failed sync of the folder (PLEIN_EIO),
 * all of it may be. Nothing can be added afterwards.
 */
int
pack_store(struct pack *p, int folder, struct err *err);

#endif
