/*
 * tar.h - the tar format (POSIX.1-1988, "ustar"), as far as we write it:
 * plain files, one header block each. Pure: bytes come out, bytes go in.
 *
 *	tar_header() data tar_pad() … tar_end()
 *
 * Why not a library: docs/adr/0009-tar-without-a-library.md.
 */
#ifndef PLEIN_TAR_H
#define PLEIN_TAR_H

#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define TAR_BLOCK 512
#define TAR_NAME_MAX 256 /* bytes; where it is split decides, see tar_header */
#define TAR_SIZE_MAX ((INT64_C(1) << 33) - 1) /* bytes of one file */

struct tar_entry {
	char name[TAR_NAME_MAX];
	int64_t size;
	int64_t time; /* seconds since 1970 */
	unsigned mode;
};

/*
 * Append a header. PLEIN_ETOOBIG when the name is longer than 100 bytes and
 * has no '/' that leaves at most 155 before and 100 behind it, or when size
 * or time do not fit.
 */
int
tar_header(struct buf *out, const struct tar_entry *e, struct err *err);

/* Append what fills the last block of a file of this size. */
void
tar_pad(struct buf *out, int64_t size);

/* Append the end of the archive. */
void
tar_end(struct buf *out);

/*
 * Read a header block that tar_header() made: 1, 0 for a block of the end,
 * or PLEIN_ECORRUPT for anything that differs in a single bit.
 */
int
tar_parse(const char block[TAR_BLOCK], struct tar_entry *e, struct err *err);

#endif
