/*
 * pack.c - see pack.h. Deltas are those of two texts with one change between
 * a common beginning and a common end: what the trees of a batch are to each
 * other. Anything better is left to git's own repacking.
 */
#include "store/pack.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "store/folder.h"
#include "store/sha.h"

#define COPY_MAX 0x10000U /* bytes one instruction copies */
#define INSERT_MAX 127U
#define STRIDE 256U /* bytes compared at once */
#define ZLIB_HEAD 2U /* bytes before the first block */
#define STORED_MAX 65535U /* bytes of a block that is not deflated */
#define STORED 2048U /* bytes from which a tree is not deflated */
#define ROOM 16384U /* bytes kept free for what comes behind a folder */
#define DELTA_STORED 128U /* bytes up to which a difference is not */
#define SMALL ((uint32_t)1 << 31) /* offsets of an index end there */

struct entry {
	git_oid id;
	uint32_t at; /* offset in the pack */
	uint32_t crc;
};

struct pack {
	struct buf bytes;
	struct entry *entries;
	size_t n, max;
	struct folder *first; /* with which it begins, or NULL */
	size_t blocks_at; /* where its blocks do */
	size_t summed; /* bytes that are in the checksum of their entry */
	z_stream z;
};

static void
add_number(struct buf *out, uint32_t n)
{
	const unsigned char bytes[] = { (unsigned char)(n >> 24),
					(unsigned char)(n >> 16),
					(unsigned char)(n >> 8),
					(unsigned char)n };

	buf_add(out, bytes, sizeof(bytes));
}

struct pack *
pack_new(size_t max)
{
	struct pack *p = mem_alloc(sizeof(*p));

	p->max = max;
	p->entries = mem_array(max, sizeof(*p->entries));
	if (deflateInit(&p->z, Z_BEST_SPEED) != Z_OK)
		die("zlib does not start");
	buf_add(&p->bytes, "PACK", 4);
	add_number(&p->bytes, 2);
	add_number(&p->bytes, 0); /* their number is filled in at the end */
	return p;
}

void
pack_free(struct pack *p)
{
	if (!p)
		return;
	(void)deflateEnd(&p->z); /* what it says of data cut off is no news */
	buf_release(&p->bytes);
	free(p->entries);
	free(p);
}

/* --- entries ------------------------------------------------------------ */

static void
begin_entry(struct pack *p, const git_oid *id, int type, size_t size)
{
	struct entry *e = &p->entries[p->n];
	unsigned char byte = (unsigned char)((type << 4) | (size & 15));

	assert(p->n < p->max && p->bytes.len < SMALL);
	e->id = *id;
	e->at = (uint32_t)p->bytes.len;
	p->summed = p->bytes.len;
	for (size >>= 4; size > 0; size >>= 7) {
		buf_char(&p->bytes, (char)(byte | 0x80));
		byte = size & 0x7f;
	}
	buf_char(&p->bytes, (char)byte);
}

/* How far back the base begins, as git writes that. */
static void
add_distance(struct buf *out, size_t distance)
{
	unsigned char bytes[10];
	size_t i = sizeof(bytes);

	bytes[--i] = distance & 0x7f;
	while (distance >>= 7)
		bytes[--i] = (unsigned char)(0x80 | (--distance & 0x7f));
	buf_add(out, bytes + i, sizeof(bytes) - i);
}

static void
deflate_into(struct pack *p, const void *data, size_t len)
{
	z_stream *z = &p->z;
	uLong room;

	if (deflateReset(z) != Z_OK)
		die("zlib does not work");
	room = deflateBound(z, len);
	z->next_in = (Bytef *)data; /* zlib does not write there */
	z->avail_in = (uInt)len;
	z->next_out = (Bytef *)buf_room(&p->bytes, room);
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END)
		die("zlib does not work");
	p->bytes.len += room - z->avail_out;
}

/* Into the checksum of the entry goes what was added since the last time. */
static void
sum_entry(struct pack *p)
{
	uint32_t *crc = &p->entries[p->n].crc;

	*crc = (uint32_t)crc32(*crc, (const Bytef *)p->bytes.ptr + p->summed,
			       (uInt)(p->bytes.len - p->summed));
	p->summed = p->bytes.len;
}

/* What is not worth deflating, as zlib would at level 0 without its passing
 * everything on twice. */
static void
store_into(struct pack *p, const struct buf *data)
{
	size_t at = 0, n;
	uint16_t len;

	(void)buf_room(&p->bytes, data->len + data->len / 1024 + STORED);
	buf_add(&p->bytes, "\x78\x01", ZLIB_HEAD);
	do {
		n = data->len - at;
		n = n < STORED_MAX ? n : STORED_MAX;
		len = (uint16_t)n;
		buf_char(&p->bytes, at + n == data->len);
		buf_char(&p->bytes, (char)(len & 0xff));
		buf_char(&p->bytes, (char)(len >> 8));
		buf_char(&p->bytes, (char)(~len & 0xff));
		buf_char(&p->bytes, (char)(~len >> 8 & 0xff));
		buf_add(&p->bytes, data->ptr + at, n);
		at += n;
	} while (at < data->len);
	add_number(&p->bytes, (uint32_t)adler32(1, (const Bytef *)data->ptr,
						(uInt)data->len));
}

/* The blocks as they stand ready, and the end of the stream: one more that is
 * empty. */
static void
join_blocks(struct pack *p, const struct folder *f)
{
	uint32_t *crc = &p->entries[p->n].crc;
	size_t i, len = ROOM;
	uLong adler = 1;

	for (i = 0; i < f->n_blocks; i++)
		len += f->blocks[i].z_len;
	(void)buf_room(&p->bytes, len); /* or it grows, copied each time */
	buf_add(&p->bytes, "\x78\x01", ZLIB_HEAD);
	sum_entry(p);
	for (i = 0; i < f->n_blocks; i++) {
		const struct block *b = &f->blocks[i];

		buf_add(&p->bytes, b->z, b->z_len);
		p->summed += b->z_len;
		*crc = (uint32_t)crc32_combine(*crc, b->crc, (z_off_t)b->z_len);
		adler = adler32_combine(adler, b->adler, (z_off_t)b->len);
	}
	buf_add(&p->bytes, "\x03\x00", 2);
	add_number(&p->bytes, (uint32_t)adler);
}

static void
end_entry(struct pack *p)
{
	sum_entry(p);
	p->n++;
}

/* A large tree is mostly hashes: deflating those takes longer than all the
 * rest of a save. */
void
pack_add(struct pack *p, git_object_t type, const git_oid *id,
	 const struct buf *data)
{
	begin_entry(p, id, type, data->len);
	if (type == GIT_OBJECT_TREE && data->len >= STORED)
		store_into(p, data);
	else
		deflate_into(p, data->ptr, data->len);
	end_entry(p);
}

void
pack_add_folder(struct pack *p, const git_oid *id, struct folder *f)
{
	folder_pack(f);
	begin_entry(p, id, GIT_OBJECT_TREE, f->raw.len);
	if (p->n == 0) {
		p->first = f;
		p->blocks_at = p->bytes.len + ZLIB_HEAD;
	}
	join_blocks(p, f);
	end_entry(p);
}

/* --- deltas ------------------------------------------------------------- */

static void
add_size(struct buf *out, size_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_char(out, (char)(0x80 | (n & 0x7f)));
	buf_char(out, (char)n);
}

static void
add_copy(struct buf *out, size_t at, size_t len)
{
	unsigned char bytes[8] = { 0x80 };
	size_t n = 1, i;

	if (len == COPY_MAX)
		len = 0; /* no byte of the size stands for just that */
	for (i = 0; i < 4; i++)
		if (at >> (8 * i) & 0xff) {
			bytes[0] |= (unsigned char)(1U << i);
			bytes[n++] = at >> (8 * i) & 0xff;
		}
	for (i = 0; i < 2; i++)
		if (len >> (8 * i) & 0xff) {
			bytes[0] |= (unsigned char)(0x10U << i);
			bytes[n++] = len >> (8 * i) & 0xff;
		}
	buf_add(out, bytes, n);
}

static void
add_copies(struct buf *out, size_t at, size_t len)
{
	size_t part;

	for (; len > 0; at += part, len -= part) {
		part = len < COPY_MAX ? len : COPY_MAX;
		add_copy(out, at, part);
	}
}

static void
add_inserts(struct buf *out, const char *data, size_t len)
{
	size_t part;

	for (; len > 0; data += part, len -= part) {
		part = len < INSERT_MAX ? len : INSERT_MAX;
		buf_char(out, (char)part);
		buf_add(out, data, part);
	}
}

static size_t
count_common_head(const struct buf *a, const struct buf *b)
{
	size_t max = a->len < b->len ? a->len : b->len, n = 0;

	while (max - n >= STRIDE && !memcmp(a->ptr + n, b->ptr + n, STRIDE))
		n += STRIDE;
	while (n < max && a->ptr[n] == b->ptr[n])
		n++;
	return n;
}

static size_t
count_common_tail(const struct buf *a, const struct buf *b, size_t head)
{
	size_t max = (a->len < b->len ? a->len : b->len) - head, n = 0;

	while (max - n >= STRIDE &&
	       !memcmp(a->ptr + a->len - n - STRIDE,
		       b->ptr + b->len - n - STRIDE, STRIDE))
		n += STRIDE;
	while (n < max && a->ptr[a->len - 1 - n] == b->ptr[b->len - 1 - n])
		n++;
	return n;
}

void
pack_add_delta(struct pack *p, const git_oid *id, const struct buf *data,
	       size_t base, const struct buf *was)
{
	size_t head = count_common_head(was, data);
	size_t tail = count_common_tail(was, data, head);
	struct buf delta = BUF_INIT;

	assert(base < p->n && data->len > 0);
	add_size(&delta, was->len);
	add_size(&delta, data->len);
	add_copies(&delta, 0, head);
	add_inserts(&delta, data->ptr + head, data->len - head - tail);
	add_copies(&delta, was->len - tail, tail);
	begin_entry(p, id, GIT_OBJECT_OFS_DELTA, delta.len);
	add_distance(&p->bytes, p->entries[p->n].at - p->entries[base].at);
	if (delta.len < DELTA_STORED) /* an id, mostly */
		store_into(p, &delta);
	else
		deflate_into(p, delta.ptr, delta.len);
	buf_release(&delta);
	end_entry(p);
}

/* --- storing ------------------------------------------------------------ */

static void
add_sum(struct buf *out)
{
	unsigned char sum[SHA_LEN];

	sha_sum(out->ptr, out->len, sum);
	buf_add(out, sum, sizeof(sum));
}

/* As add_sum(), from the last place that is as it was in the pack before. */
static void
add_sum_by_way(struct pack *p, struct folder *f)
{
	struct sha_way *way = &f->pack_way;
	unsigned char sum[SHA_LEN];
	size_t i, at = 0, next = p->blocks_at;
	struct sha sha;

	if (f->pack_len != p->n)
		sha_way_cut(way, 0); /* their number stands before */
	f->pack_len = p->n;
	if (way->n > 0)
		sha_init_copy(&sha, &way->at[way->n - 1]);
	else
		sha_init(&sha);
	for (i = 0; i < f->n_blocks; next += f->blocks[i++].z_len) {
		if (i + 1 < way->n)
			continue;
		if (i == way->n) {
			sha_add(&sha, p->bytes.ptr + at, next - at);
			sha_way_push(way, &sha);
		}
		at = next;
	}
	sha_add(&sha, p->bytes.ptr + at, p->bytes.len - at);
	sha_end(&sha, sum);
	buf_add(&p->bytes, sum, sizeof(sum));
}

static void
seal(struct pack *p)
{
	struct buf n = BUF_INIT;

	add_number(&n, (uint32_t)p->n);
	memcpy(p->bytes.ptr + 8, n.ptr, n.len);
	buf_release(&n);
	if (p->first)
		add_sum_by_way(p, p->first);
	else
		add_sum(&p->bytes);
}

static int
compare_ids(const void *a, const void *b)
{
	return git_oid_cmp(&((const struct entry *)a)->id,
			   &((const struct entry *)b)->id);
}

static void
add_fanout(const struct pack *p, struct buf *out)
{
	unsigned byte;
	size_t i = 0;

	for (byte = 0; byte < 256; byte++) {
		while (i < p->n && p->entries[i].id.id[0] <= byte)
			i++;
		add_number(out, (uint32_t)i);
	}
}

static void
make_index(struct pack *p, struct buf *out)
{
	size_t i;

	qsort(p->entries, p->n, sizeof(*p->entries), compare_ids);
	buf_add(out, "\377tOc", 4);
	add_number(out, 2);
	add_fanout(p, out);
	for (i = 0; i < p->n; i++)
		buf_add(out, p->entries[i].id.id, GIT_OID_RAWSZ);
	for (i = 0; i < p->n; i++)
		add_number(out, p->entries[i].crc);
	for (i = 0; i < p->n; i++)
		add_number(out, p->entries[i].at);
	buf_add(out, p->bytes.ptr + p->bytes.len - SHA_LEN, SHA_LEN);
	add_sum(out);
}

/* Names as git's: pack-SUM.pack and .idx; ending in .tmp until whole. */
struct names {
	char pack[64], idx[64], pack_new[64], idx_new[64];
};

static void
make_names(const struct pack *p, struct names *names)
{
	git_oid sum;
	const char *hex;

	memcpy(sum.id, p->bytes.ptr + p->bytes.len - SHA_LEN, GIT_OID_RAWSZ);
	hex = git_oid_tostr_s(&sum);
	/* none of these is cut off: 5 + 40 + 9 bytes */
	(void)snprintf(names->pack, 64, "pack-%s.pack", hex);
	(void)snprintf(names->idx, 64, "pack-%s.idx", hex);
	(void)snprintf(names->pack_new, 64, "pack-%s.pack.tmp", hex);
	(void)snprintf(names->idx_new, 64, "pack-%s.idx.tmp", hex);
}

/* Who finds the index must find the pack. */
static int
publish(const struct names *names, int folder, struct err *err)
{
	if (renameat(folder, names->pack_new, folder, names->pack) < 0)
		return err_set_errno(err, errno, "%s", names->pack);
	if (renameat(folder, names->idx_new, folder, names->idx) < 0)
		return err_set_errno(err, errno, "%s", names->idx);
	return 0;
}

int
pack_store(struct pack *p, int folder, struct err *err)
{
	struct buf index = BUF_INIT;
	struct names names;
	int rc;

	seal(p);
	make_index(p, &index);
	make_names(p, &names);
	rc = fs_create_at(folder, names.pack_new, p->bytes.ptr, p->bytes.len,
			  0444, err);
	if (!rc)
		rc = fs_create_at(folder, names.idx_new, index.ptr, index.len,
				  0444, err);
	if (!rc)
		rc = publish(&names, folder, err);
	if (rc) {
		/* the first error counts; a pack without index is not seen */
		(void)unlinkat(folder, names.pack_new, 0);
		(void)unlinkat(folder, names.idx_new, 0);
	} else if (fsync(folder) < 0) {
		rc = err_set_errno(err, errno, "sync the folder of packs");
	}
	buf_release(&index);
	return rc;
}
