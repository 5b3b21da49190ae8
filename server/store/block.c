/* block.c - see block.h. */
#include "store/block.h"

#include <stdlib.h>
#include <zlib.h>

#include "plein/buf.h"
#include "plein/mem.h"

#define WINDOW 13 /* 2^13: no block is worth looking back further */
#define MEMORY 6

z_stream *
block_packer_new(void)
{
	z_stream *z = mem_alloc(sizeof(*z));

	if (deflateInit2(z, Z_BEST_SPEED, Z_DEFLATED, -WINDOW, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		die("zlib does not start");
	return z;
}

void
block_packer_free(z_stream *packer)
{
	if (!packer)
		return;
	(void)deflateEnd(packer); /* it says that no stream was ended */
	free(packer);
}

void
block_pack(struct block *b, z_stream *packer, const char *data)
{
	struct buf out = BUF_INIT;
	uLong room = deflateBound(packer, b->len) + 16; /* and a full flush */

	if (deflateReset(packer) != Z_OK)
		die("zlib does not work");
	packer->next_in = (Bytef *)data; /* zlib does not write there */
	packer->avail_in = (uInt)b->len;
	packer->next_out = (Bytef *)buf_room(&out, room);
	packer->avail_out = (uInt)room;
	if (deflate(packer, Z_FULL_FLUSH) != Z_OK || packer->avail_out == 0)
		die("zlib does not work");
	block_forget(b);
	b->z_len = room - packer->avail_out;
	b->z = mem_realloc(buf_take(&out), b->z_len);
	b->adler = (uint32_t)adler32(1, (const Bytef *)data, (uInt)b->len);
	b->crc = (uint32_t)crc32(0, b->z, (uInt)b->z_len);
}

void
block_forget(struct block *b)
{
	free(b->z);
	b->z = NULL;
}
