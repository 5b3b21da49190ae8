/*
 * packform.h - the parts of a pack as bytes (gitformat-pack(5)): numbers, what
 * stands before an object, and the difference of one to another.
 */
#ifndef PLEIN_STORE_PACKFORM_H
#define PLEIN_STORE_PACKFORM_H

#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"

/* Four bytes, the highest first. */
void
packform_number(struct buf *out, uint32_t n);

/* What stands before an object of this type (git_object_t) and length. */
void
packform_head(struct buf *out, int type, size_t size);

/* How far before a difference the object begins that it is to. */
void
packform_distance(struct buf *out, size_t distance);

/* The beginning of a difference: bytes of the two. */
void
packform_sizes(struct buf *out, size_t was, size_t now);

/* Its instructions: bytes of the base from `at` on; or these. */
void
packform_copy(struct buf *out, size_t at, size_t len);

void
packform_insert(struct buf *out, const char *data, size_t len);

/* A part of the base, and what stands in its place. */
struct packform_part {
	size_t at; /* in the base */
	const char *was, *now;
	size_t was_len, now_len;
};

/*
 * The instructions that make the one of the other. Good for two of one length
 * that differ in some places, and else for two with one change between a
 * common beginning and a common end; git's own repacking is for the rest.
 */
void
packform_change(struct buf *out, const struct packform_part *part);

#endif
