/* anchor.c - see anchor.h. */
#include "store/anchor.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "plein/mem.h"
#include "store/packform.h"
#include "store/spare.h"

#define SPARE_MIN 65536U /* bytes that are worth being written before */
#define LEVEL 5 /* a folder is mostly hashes: more effort finds nothing */

static void
deflate_raw(struct tree_anchor *a)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(LEVEL);
	size_t room;

	if (!c)
		die("out of memory");
	room = libdeflate_zlib_compress_bound(c, a->raw.len);
	a->entry.len += libdeflate_zlib_compress(
		c, a->raw.ptr, a->raw.len, buf_room(&a->entry, room), room);
	libdeflate_free_compressor(c);
}

struct tree_anchor *
anchor_new(const git_oid *id, const struct buf *raw)
{
	struct tree_anchor *a = mem_alloc(sizeof(*a));

	a->refs = 1;
	a->id = *id;
	buf_init(&a->raw);
	buf_init(&a->entry);
	buf_add(&a->raw, raw->ptr, raw->len);
	packform_head(&a->entry, GIT_OBJECT_TREE, raw->len);
	deflate_raw(a);
	a->crc = libdeflate_crc32(0, a->entry.ptr, a->entry.len);
	return a;
}

struct tree_anchor *
anchor_hold(struct tree_anchor *a)
{
	a->refs++;
	return a;
}

static void
forget_sum(struct tree_anchor *a)
{
	if (a->sum_len > 0)
		sha_release(&a->sum);
	a->sum_len = 0;
}

void
anchor_drop(struct tree_anchor *a)
{
	if (!a || --a->refs > 0)
		return;
	forget_sum(a);
	spare_free(a->spare);
	buf_release(&a->raw);
	buf_release(&a->entry);
	free(a);
}

void
anchor_sum(struct tree_anchor *a, size_t n, const struct buf *head,
	   struct sha *sum)
{
	if (a->sum_len != n) {
		forget_sum(a);
		sha_init(&a->sum);
		sha_add(&a->sum, head->ptr, head->len);
		sha_add(&a->sum, a->entry.ptr, a->entry.len);
		a->sum_len = n;
	}
	sha_init_copy(sum, &a->sum);
}

void
anchor_head(struct buf *out, size_t n)
{
	buf_str(out, "PACK");
	packform_number(out, 2);
	packform_number(out, (uint32_t)n);
}

bool
anchor_prepare(struct tree_anchor *a, const char *path)
{
	struct buf head = BUF_INIT;

	if (a->spare || a->sum_len == 0 || a->entry.len < SPARE_MIN)
		return a->spare != NULL;
	anchor_head(&head, a->sum_len); /* as many as the last time, mostly */
	a->spare = spare_new(path, git_oid_tostr_s(&a->id), &head, &a->entry);
	buf_release(&head);
	return a->spare != NULL;
}
