/*
 * block.h - some entries of a folder that stand next to each other, and their
 * bytes as a pack holds them: deflated (RFC 1951) up to a byte's end, so that
 * what stands for one block can be followed by what stands for the next.
 */
#ifndef PLEIN_STORE_BLOCK_H
#define PLEIN_STORE_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#define BLOCK_LEN 8192U /* bytes that a new one has, about */

struct block {
	size_t at, len; /* of the folder's bytes */
	unsigned char *z; /* NULL: not made, or not any more */
	size_t z_len;
	uint32_t adler; /* of the bytes */
	uint32_t crc; /* of z */
};

struct z_stream_s;

/* For block_pack(); block_packer_free() it. */
struct z_stream_s *
block_packer_new(void);

/* NULL is allowed. */
void
block_packer_free(struct z_stream_s *packer);

/* Make z of `data`, which are its bytes. */
void
block_pack(struct block *b, struct z_stream_s *packer, const char *data);

/* Its bytes are others now. */
void
block_forget(struct block *b);

#endif
