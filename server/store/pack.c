/*
 * pack.c - see pack.h. Anything better than its differences is left to git's
 * own repacking.
 */
#include "store/pack.h"

#include <assert.h>
#include <errno.h>
#include <libdeflate.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "store/anchor.h"
#include "store/packform.h"
#include "store/sha.h"
#include "store/spare.h"

#define LEVEL 1 /* of deflating: git packs again later */
#define STORED_MAX 65535U /* bytes of a block that is not deflated */
#define STORED 2048U /* bytes from which a tree is not deflated */
#define DELTA_STORED 128U /* bytes up to which a difference is not */
#define HEAD_LEN 12U
#define NAME_ROOM SPARE_ROOM
#define SMALL ((uint32_t)1 << 31) /* offsets of an index end there */

struct entry {
	git_oid id;
	uint32_t at; /* offset in the pack */
	uint32_t crc;
};

struct pack {
	struct buf head; /* of the pack, made at the end */
	struct tree_anchor *first; /* what follows, or NULL */
	struct buf bytes; /* behind that */
	size_t before; /* bytes before those */
	size_t begun; /* of those, where the entry begins */
	struct entry *entries;
	size_t n, max;
	size_t n_anchors; /* of the entries, the first ones */
	struct libdeflate_compressor *deflater;
};

struct pack *
pack_new(size_t max)
{
	struct pack *p = mem_alloc(sizeof(*p));

	p->max = max;
	p->before = HEAD_LEN;
	p->entries = mem_array(max, sizeof(*p->entries));
	p->deflater = libdeflate_alloc_compressor(LEVEL);
	if (!p->deflater)
		die("out of memory");
	buf_init(&p->head);
	buf_init(&p->bytes);
	return p;
}

void
pack_free(struct pack *p)
{
	if (!p)
		return;
	libdeflate_free_compressor(p->deflater);
	anchor_drop(p->first);
	buf_release(&p->head);
	buf_release(&p->bytes);
	free(p->entries);
	free(p);
}

/* --- entries ------------------------------------------------------------ */

static void
begin_entry(struct pack *p, const git_oid *id, int type, size_t size)
{
	struct entry *e = &p->entries[p->n];

	assert(p->n < p->max && p->before + p->bytes.len < SMALL);
	e->id = *id;
	e->at = (uint32_t)(p->before + p->bytes.len);
	p->begun = p->bytes.len;
	packform_head(&p->bytes, type, size);
}

/* Its number. */
static size_t
end_entry(struct pack *p)
{
	p->entries[p->n].crc = libdeflate_crc32(0, p->bytes.ptr + p->begun,
						p->bytes.len - p->begun);
	return p->n++;
}

static void
deflate_into(struct pack *p, const struct buf *data)
{
	size_t room = libdeflate_zlib_compress_bound(p->deflater, data->len);

	p->bytes.len +=
		libdeflate_zlib_compress(p->deflater, data->ptr, data->len,
					 buf_room(&p->bytes, room), room);
}

/* What is not worth deflating, as zlib would at level 0 without its passing
 * everything on twice. */
static void
store_into(struct pack *p, const struct buf *data)
{
	size_t at = 0, n;
	uint16_t len;

	(void)buf_room(&p->bytes, data->len + data->len / 1024 + STORED);
	buf_add(&p->bytes, "\x78\x01", 2);
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
	packform_number(&p->bytes, libdeflate_adler32(1, data->ptr, data->len));
}

/* A large tree is mostly hashes: deflating those takes longer than all the
 * rest of a save. */
size_t
pack_add(struct pack *p, git_object_t type, const git_oid *id,
	 const struct buf *data)
{
	begin_entry(p, id, type, data->len);
	if (type == GIT_OBJECT_TREE && data->len >= STORED)
		store_into(p, data);
	else
		deflate_into(p, data);
	return end_entry(p);
}

/* --- anchors ------------------------------------------------------------ */

bool
pack_has_anchor(const struct pack *p, const git_oid *id, size_t *n)
{
	for (*n = 0; *n < p->n_anchors; ++*n)
		if (git_oid_equal(&p->entries[*n].id, id))
			return true;
	return false;
}

/* The first one is not copied. */
void
pack_add_anchor(struct pack *p, struct tree_anchor *a)
{
	struct entry *e = &p->entries[p->n];
	size_t n;

	if (pack_has_anchor(p, &a->id, &n))
		return;
	assert(p->n == p->n_anchors && p->n < p->max);
	e->id = a->id;
	e->crc = a->crc;
	e->at = (uint32_t)(p->before + p->bytes.len);
	if (p->n == 0) {
		p->first = anchor_hold(a);
		p->before += a->entry.len;
	} else {
		buf_add(&p->bytes, a->entry.ptr, a->entry.len);
	}
	p->n_anchors = ++p->n;
}

/* --- differences -------------------------------------------------------- */

static bool
is_mostly_ids(const struct buf *delta, size_t base, const struct pack *p)
{
	return delta->len < DELTA_STORED || base < p->n_anchors;
}

size_t
pack_add_difference(struct pack *p, const git_oid *id, size_t base,
		    const struct buf *delta)
{
	assert(base < p->n);
	begin_entry(p, id, GIT_OBJECT_OFS_DELTA, delta->len);
	packform_distance(&p->bytes, p->entries[p->n].at - p->entries[base].at);
	if (is_mostly_ids(delta, base, p))
		store_into(p, delta);
	else
		deflate_into(p, delta);
	return end_entry(p);
}

size_t
pack_add_delta(struct pack *p, const git_oid *id, const struct buf *data,
	       size_t base, const struct buf *was)
{
	const struct packform_part all = { 0, was->ptr, data->ptr, was->len,
					   data->len };
	struct buf delta = BUF_INIT;
	size_t n;

	assert(data->len > 0);
	packform_sizes(&delta, was->len, data->len);
	packform_change(&delta, &all);
	n = pack_add_difference(p, id, base, &delta);
	buf_release(&delta);
	return n;
}

/* --- storing ------------------------------------------------------------ */

static void
add_sum(struct buf *out)
{
	unsigned char sum[SHA_LEN];

	sha_sum(out->ptr, out->len, sum);
	buf_add(out, sum, sizeof(sum));
}

static void
seal(struct pack *p)
{
	unsigned char sum[SHA_LEN];
	struct sha sha;

	anchor_head(&p->head, p->n);
	if (p->first) {
		anchor_sum(p->first, p->n, &p->head, &sha);
	} else {
		sha_init(&sha);
		sha_add(&sha, p->head.ptr, p->head.len);
	}
	sha_add(&sha, p->bytes.ptr, p->bytes.len);
	sha_end(&sha, sum);
	buf_add(&p->bytes, sum, sizeof(sum));
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
		packform_number(out, (uint32_t)i);
	}
}

static void
make_index(struct pack *p, struct buf *out)
{
	size_t i;

	qsort(p->entries, p->n, sizeof(*p->entries), compare_ids);
	buf_add(out, "\377tOc", 4);
	packform_number(out, 2);
	add_fanout(p, out);
	for (i = 0; i < p->n; i++)
		buf_add(out, p->entries[i].id.id, GIT_OID_RAWSZ);
	for (i = 0; i < p->n; i++)
		packform_number(out, p->entries[i].crc);
	for (i = 0; i < p->n; i++)
		packform_number(out, p->entries[i].at);
	buf_add(out, p->bytes.ptr + p->bytes.len - SHA_LEN, SHA_LEN);
	add_sum(out);
}

/* Names as git's: pack-SUM.pack and .idx; ending in .tmp until whole. */
struct names {
	char pack[NAME_ROOM], idx[NAME_ROOM];
	char pack_new[NAME_ROOM], idx_new[NAME_ROOM];
};

static void
make_names(const struct pack *p, struct names *names)
{
	git_oid sum;
	const char *hex;

	memcpy(sum.id, p->bytes.ptr + p->bytes.len - SHA_LEN, GIT_OID_RAWSZ);
	hex = git_oid_tostr_s(&sum);
	/* none of these is cut off: 5 + 40 + 9 bytes */
	(void)snprintf(names->pack, NAME_ROOM, "pack-%s.pack", hex);
	(void)snprintf(names->idx, NAME_ROOM, "pack-%s.idx", hex);
	(void)snprintf(names->pack_new, NAME_ROOM, "pack-%s.pack.tmp", hex);
	(void)snprintf(names->idx_new, NAME_ROOM, "pack-%s.idx.tmp", hex);
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

static int
write_whole(const struct pack *p, int folder, const char *name, struct err *err)
{
	const struct iovec parts[] = {
		{ p->head.ptr, p->head.len },
		{ p->first ? p->first->entry.ptr : NULL,
		  p->first ? p->first->entry.len : 0 },
		{ p->bytes.ptr, p->bytes.len },
	};

	return fs_create_parts_at(folder, name, parts,
				  sizeof(parts) / sizeof(parts[0]), 0444, err);
}

/* By what was written of it before, when that is still there. */
static int
write_pack(const struct pack *p, int folder, char name[NAME_ROOM],
	   struct err *err)
{
	struct spare *s = p->first ? p->first->spare : NULL;

	if (s)
		p->first->spare = NULL;
	if (s && spare_is_there(s, name))
		return spare_finish(s, &p->head, &p->bytes, 0444, err);
	spare_free(s);
	return write_whole(p, folder, name, err);
}

int
pack_store(struct pack *p, int folder, struct err *err)
{
	struct buf index = BUF_INIT;
	struct names names = { .pack = "" };
	int rc;

	seal(p);
	make_index(p, &index);
	make_names(p, &names);
	rc = write_pack(p, folder, names.pack_new, err);
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
