/*
 * anchor.h - a folder as it was once, kept as a pack holds it. Git takes no
 * difference to what is in another pack; so one that holds a difference to this
 * begins with it, and nothing of that has to be worked out again: the bytes,
 * their checksum, and where the hash of the pack stands behind them.
 *
 * Of the writer's thread. Shared by counting.
 */
#ifndef PLEIN_STORE_ANCHOR_H
#define PLEIN_STORE_ANCHOR_H

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "store/sha.h"

struct spare;

struct tree_anchor {
	git_oid id;
	struct buf raw; /* the bytes of its tree */
	struct buf entry; /* what a pack holds of it */
	uint32_t crc; /* of that */
	struct sha sum; /* of a pack that begins with it, up to its end, … */
	size_t sum_len; /* … and has this many objects; 0: not known */
	struct spare *spare; /* the next pack that begins with it, or NULL */
	unsigned refs;
};

/* Deflates it: for a folder of 10,000 pages that takes as long as a save. */
struct tree_anchor *
anchor_new(const git_oid *id, const struct buf *raw);

struct tree_anchor *
anchor_hold(struct tree_anchor *a);

/* Give back one reference; NULL is allowed. */
void
anchor_drop(struct tree_anchor *a);

/* The hash of a pack of `n` objects that begins with `head` and it; sha_end()
 * or sha_release() it. */
void
anchor_sum(struct tree_anchor *a, size_t n, const struct buf *head,
	   struct sha *sum);

/* What a pack of so many objects begins with, appended. */
void
anchor_head(struct buf *out, size_t n);

/*
 * Begin the next pack in this folder, when the last one is stored and nobody
 * waits: a large one, of which that saves a good part. True when there is one
 * now.
 */
bool
anchor_prepare(struct tree_anchor *a, const char *path);

#endif
