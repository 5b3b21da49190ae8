/*
 * packread.h - objects out of one pack (gitformat-pack(5)), mapped. libgit2
 * reads them too, but says how long one is only by going through all that it
 * is made of, and inflates with zlib; here nothing longer than asked for is
 * made, and libdeflate does it in half the time. What is out of the ordinary
 * is left to libgit2.
 */
#ifndef PLEIN_STORE_PACKREAD_H
#define PLEIN_STORE_PACKREAD_H

#include <git2.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "store/packidx.h"

/* What was read last, and what inflates; for all packs of one handle. */
struct packcache;

struct packcache *
packcache_new(void);

/* NULL is allowed. */
void
packcache_free(struct packcache *c);

/* To be told before a pack is closed. */
void
packcache_forget(struct packcache *c);

struct packread;

/* Map the pack of an index, which must stay open, in the folder `dir`.
 * PLEIN_ENOTFOUND, PLEIN_EIO, or PLEIN_ECORRUPT when it has another length. */
int
packread_open(struct packread **out, int dir, const struct packidx *idx,
	      struct err *err);

/* NULL is allowed. */
void
packread_close(struct packread *p);

/*
 * Append the object that begins at `offset` to `raw` and tell its type; its
 * hash is not compared. PLEIN_ETOOBIG when it, or what it is the difference
 * to, has more than `max` bytes; PLEIN_ECORRUPT when it cannot be read.
 */
int
packread_object(struct packread *p, struct packcache *c, size_t offset,
		size_t max, git_object_t *type, struct buf *raw);

#endif
